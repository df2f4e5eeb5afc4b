-- The municipality's own planner.  Homes, plans and case papers are each municipality's own: nobody else reads
-- them.  Weeks are read by IMDi, and by the county for its own municipalities.

-- A home holds one household at a time.  Ranges stand in for the equality of ids, which GiST alone does not know.
ALTER TABLE records_homehold ADD CONSTRAINT one_household_at_a_time EXCLUDE USING gist (
  int8range(home_id, home_id, '[]') WITH &&, daterange(starts_on, ends_on) WITH &&) WHERE (withdrawn_at IS NULL);

-- Whose protection seals the home: every protected household that has it and has not moved out.
CREATE FUNCTION bosett_seal_home(wanted bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE records_home SET sealed_for = coalesce((
    SELECT array_agg(DISTINCT h.household_id) FROM records_homehold h JOIN records_household p ON p.id = h.household_id
    WHERE h.home_id = wanted AND h.withdrawn_at IS NULL AND h.moved_out_at IS NULL AND p.protection <> 'none'), '{}')
  WHERE id = wanted
$$;
REVOKE ALL ON FUNCTION bosett_seal_home(bigint) FROM PUBLIC;

CREATE FUNCTION bosett_hold_seals_home() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_seal_home(NEW.home_id);
  RETURN NULL;
END $$;
CREATE TRIGGER hold_seals_home AFTER INSERT OR UPDATE ON records_homehold
  FOR EACH ROW WHEN (NEW.household_id IS NOT NULL) EXECUTE FUNCTION bosett_hold_seals_home();

CREATE FUNCTION bosett_protection_seals_homes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_seal_home(h.home_id) FROM records_homehold h WHERE h.household_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER protection_seals_homes AFTER UPDATE OF protection ON records_household
  FOR EACH ROW WHEN (OLD.protection IS DISTINCT FROM NEW.protection)
  EXECUTE FUNCTION bosett_protection_seals_homes();

CREATE TRIGGER keep_history AFTER UPDATE ON records_home
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_homehold
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_plan
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_planresource
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();

CREATE FUNCTION bosett_own_place(municipality text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_is('system') OR (bosett_is('municipality_coordinator', 'municipality_decider')
    AND municipality = ANY (bosett_municipalities()::text[])) $$;

CALL bosett_guard('records_home',
  $$ bosett_own_place(municipality_id)
     AND (sealed_for <@ (SELECT bosett_named())::uuid[] OR (SELECT bosett_is('system'))) $$,
  $$ bosett_own_place(municipality_id) AND (SELECT bosett_is('municipality_coordinator', 'system'))
     AND sealed_for = '{}' $$,
  $$ bosett_own_place(municipality_id) AND (SELECT bosett_is('municipality_coordinator', 'system')) $$);

CALL bosett_guard('records_homehold',
  $$ EXISTS (SELECT 1 FROM records_home h WHERE h.id = home_id) $$,
  $$ (SELECT bosett_is('municipality_coordinator', 'system'))
     AND EXISTS (SELECT 1 FROM records_home h WHERE h.id = home_id
                 AND h.municipality_id = records_homehold.municipality_id)
     AND (household_id IS NULL OR EXISTS (SELECT 1 FROM records_household p WHERE p.id = household_id)) $$,
  $$ (SELECT bosett_is('municipality_coordinator', 'system')) $$);

CALL bosett_guard('records_plan', $$ bosett_own_place(municipality_id) $$,
  $$ bosett_own_place(municipality_id) $$, $$ bosett_own_place(municipality_id) $$);
CALL bosett_guard('records_planresource',
  $$ EXISTS (SELECT 1 FROM records_plan p WHERE p.id = plan_id) $$,
  $$ EXISTS (SELECT 1 FROM records_plan p WHERE p.id = plan_id) $$,
  $$ EXISTS (SELECT 1 FROM records_plan p WHERE p.id = plan_id) $$);
CALL bosett_guard('records_plancommitment',
  $$ EXISTS (SELECT 1 FROM records_plan p WHERE p.id = plan_id) $$,
  $$ EXISTS (SELECT 1 FROM records_plan p WHERE p.id = plan_id) $$, 'false',
  $$ EXISTS (SELECT 1 FROM records_plan p WHERE p.id = plan_id) $$);

CREATE FUNCTION bosett_sees_weeks(municipality text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_is('imdi_caseworker', 'imdi_lead') OR bosett_own_place(municipality)
    OR (bosett_is('county') AND left(municipality, 2) = bosett_county()) $$;
CALL bosett_guard('records_weekcapacity', $$ bosett_sees_weeks(municipality_id) $$,
  $$ bosett_own_place(municipality_id) $$, $$ bosett_own_place(municipality_id) $$,
  $$ bosett_own_place(municipality_id) $$);
CALL bosett_guard('records_weekconfirmation', $$ bosett_sees_weeks(municipality_id) $$,
  $$ bosett_own_place(municipality_id) $$, $$ bosett_own_place(municipality_id) $$);
