-- What municipalities tell for the placement: homes they offer (never where they are) and what they can best receive.

CALL bosett_guard('records_homeoffer',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) OR bosett_own_place(municipality_id) $$,
  $$ bosett_own_place(municipality_id) AND (SELECT bosett_is('municipality_coordinator', 'system'))
     AND EXISTS (SELECT 1 FROM records_home h WHERE h.id = home_id AND h.sealed_for = '{}'
                 AND h.municipality_id = records_homeoffer.municipality_id) $$,
  $$ bosett_own_place(municipality_id) AND (SELECT bosett_is('municipality_coordinator', 'system')) $$);

CALL bosett_guard('records_hostpriority',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) OR bosett_own_place(municipality_id) $$,
  $$ bosett_own_place(municipality_id) AND (SELECT bosett_is('municipality_coordinator', 'system')) $$,
  $$ bosett_own_place(municipality_id) AND (SELECT bosett_is('municipality_coordinator', 'system')) $$);

-- An offer and a priority are ended, never rewritten.
CREATE FUNCTION bosett_host_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL
     OR to_jsonb(OLD) - ARRAY['ended_at', 'ended_why'] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['ended_at', 'ended_why'] THEN
    RAISE EXCEPTION 'host_row_has_ended' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER host_row_is_kept BEFORE UPDATE ON records_homeoffer
  FOR EACH ROW EXECUTE FUNCTION bosett_host_row_is_kept();
CREATE TRIGGER host_row_is_kept BEFORE UPDATE ON records_hostpriority
  FOR EACH ROW EXECUTE FUNCTION bosett_host_row_is_kept();

-- A home that somebody gets is no longer offered, nor one that is not as it was told.
CREATE FUNCTION bosett_end_home_offer(wanted bigint, why text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE records_homeoffer SET ended_at = clock_timestamp(), ended_why = why
  WHERE home_id = wanted AND ended_at IS NULL
$$;
REVOKE ALL ON FUNCTION bosett_end_home_offer(bigint, text) FROM PUBLIC;

CREATE FUNCTION bosett_hold_ends_offer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_end_home_offer(NEW.home_id, 'let');
  RETURN NULL;
END $$;
CREATE TRIGGER hold_ends_offer AFTER INSERT ON records_homehold
  FOR EACH ROW EXECUTE FUNCTION bosett_hold_ends_offer();

CREATE FUNCTION bosett_change_ends_offer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_end_home_offer(NEW.id, 'changed');
  RETURN NULL;
END $$;
CREATE TRIGGER change_ends_offer AFTER UPDATE ON records_home FOR EACH ROW
  WHEN (OLD.bedrooms IS DISTINCT FROM NEW.bedrooms OR OLD.step_free IS DISTINCT FROM NEW.step_free
        OR OLD.free_from IS DISTINCT FROM NEW.free_from OR OLD.free_until IS DISTINCT FROM NEW.free_until
        OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)
  EXECUTE FUNCTION bosett_change_ends_offer();
