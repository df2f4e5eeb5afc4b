-- Matters between sectors.  A matter has one desk that holds it; only an accepted hand-over moves it.

CREATE FUNCTION bosett_desks() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE bosett_role()
    WHEN 'imdi_caseworker' THEN ARRAY['imdi']
    WHEN 'imdi_lead' THEN ARRAY['imdi']
    WHEN 'udi_reception' THEN ARRAY['udi']
    WHEN 'bufetat' THEN ARRAY['bufetat']
    WHEN 'nav' THEN ARRAY['nav']
    WHEN 'husbanken' THEN ARRAY['husbanken']
    WHEN 'county' THEN ARRAY['county:' || bosett_county()]
    WHEN 'statsforvalter' THEN ARRAY['statsforvalter:' || bosett_county()]
    WHEN 'municipality_coordinator' THEN ARRAY(SELECT 'municipality:' || one FROM unnest(bosett_municipalities()) one)
    WHEN 'municipality_decider' THEN ARRAY(SELECT 'municipality:' || one FROM unnest(bosett_municipalities()) one)
    ELSE '{}'::text[] END $$;

-- Who takes part sees it; IMDi sees that every matter is somebody's.  About a household: only who sees that household.
CALL bosett_guard('records_matter', $$
  (SELECT bosett_is('system')) OR (
    ((SELECT bosett_is('imdi_caseworker', 'imdi_lead')) OR desks && (SELECT bosett_desks())::varchar[])
    AND (household_id IS NULL OR EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id))) $$,
  $$ holder = ANY ((SELECT bosett_desks())::text[]) AND holder = opened_desk AND desks = ARRAY[holder]
     AND offered_to = '' AND closed_at IS NULL
     AND (household_id IS NULL OR EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id))
     OR (SELECT bosett_is('system')) $$,
  $$ holder = ANY ((SELECT bosett_desks())::text[]) OR (SELECT bosett_is('system')) $$);

CALL bosett_guard('records_handover',
  $$ EXISTS (SELECT 1 FROM records_matter m WHERE m.id = matter_id) $$,
  $$ from_desk = ANY ((SELECT bosett_desks())::text[]) OR (SELECT bosett_is('system')) $$,
  $$ to_desk = ANY ((SELECT bosett_desks())::text[]) OR from_desk = ANY ((SELECT bosett_desks())::text[])
     OR (SELECT bosett_is('system')) $$);

-- The matter follows its hand-overs.  The matter's row is locked, so that of two steps at once one is refused.
CREATE FUNCTION bosett_follow_hand_over() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE it records_matter;
BEGIN
  SELECT * INTO it FROM records_matter WHERE id = NEW.matter_id FOR UPDATE;
  IF it.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'matter_closed' USING ERRCODE = 'BS003';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'offered' OR it.holder <> NEW.from_desk THEN
      RAISE EXCEPTION 'matter_not_yours' USING ERRCODE = 'BS003';
    END IF;
    IF it.offered_to <> '' THEN
      RAISE EXCEPTION 'matter_on_its_way' USING ERRCODE = 'BS003';
    END IF;
    UPDATE records_matter SET offered_to = NEW.to_desk, desks =
      CASE WHEN NEW.to_desk = ANY (desks) THEN desks ELSE array_append(desks, NEW.to_desk) END
      WHERE id = it.id;
    RETURN NEW;
  END IF;
  IF NEW.matter_id <> OLD.matter_id OR NEW.from_desk <> OLD.from_desk OR NEW.to_desk <> OLD.to_desk THEN
    RAISE EXCEPTION 'hand_over_answered' USING ERRCODE = 'BS003';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF OLD.state <> 'offered' THEN
    RAISE EXCEPTION 'hand_over_answered' USING ERRCODE = 'BS003';
  END IF;
  -- The receiver answers, the sender takes back; nobody answers for another.
  IF NOT (CASE NEW.state WHEN 'withdrawn' THEN NEW.from_desk ELSE NEW.to_desk END = ANY (bosett_desks()))
     AND NOT bosett_is('system') THEN
    RAISE EXCEPTION 'matter_not_yours' USING ERRCODE = 'BS003';
  END IF;
  IF NEW.state = 'accepted' THEN
    UPDATE records_matter SET holder = NEW.to_desk, offered_to = '', held_since = NEW.answered_at,
      reminded_on = NULL WHERE id = it.id;
  ELSE
    UPDATE records_matter SET offered_to = '' WHERE id = it.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER matter_follows AFTER INSERT OR UPDATE ON records_handover
  FOR EACH ROW EXECUTE FUNCTION bosett_follow_hand_over();

-- Nothing but the trigger above moves a matter, and what it is about does not change.
CREATE FUNCTION bosett_matter_moves_by_hand_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() = 1 AND (
     NEW.holder <> OLD.holder OR NEW.offered_to <> OLD.offered_to OR NEW.desks <> OLD.desks
     OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.sector <> OLD.sector
     OR NEW.municipality_id IS DISTINCT FROM OLD.municipality_id) THEN
    RAISE EXCEPTION 'matter_moves_by_acceptance' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER moves_by_hand_over BEFORE UPDATE ON records_matter
  FOR EACH ROW EXECUTE FUNCTION bosett_matter_moves_by_hand_over();
CREATE TRIGGER keep_history AFTER UPDATE ON records_matter
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
