-- Opening and closing: UDI plans alone; the host municipality sees what is its own once it is informed; everybody
-- who works with reception sees it once it is announced.  A step about plan, contract or notice is never shown outside.

CALL bosett_guard('records_centreprocess', $$
  CASE (SELECT bosett_role())
    WHEN 'udi_reception' THEN true
    WHEN 'system' THEN true
    WHEN 'municipality_coordinator' THEN informed_on IS NOT NULL AND municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    WHEN 'municipality_decider' THEN informed_on IS NOT NULL AND municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    WHEN 'county' THEN announced_on IS NOT NULL AND left(municipality_id, 2) = (SELECT bosett_county())
    WHEN 'statsforvalter' THEN announced_on IS NOT NULL AND left(municipality_id, 2) = (SELECT bosett_county())
    ELSE announced_on IS NOT NULL AND bosett_is('imdi_caseworker', 'imdi_lead', 'bufetat', 'ministry') END $$,
  $$ (SELECT bosett_is('udi_reception', 'system')) $$, $$ (SELECT bosett_is('udi_reception', 'system')) $$);

CALL bosett_guard('records_centrestep', $$
  EXISTS (SELECT 1 FROM records_centreprocess p WHERE p.id = process_id)
  AND (step IN ('informed', 'consulted', 'announced', 'done') OR (SELECT bosett_is('udi_reception', 'system'))) $$,
  $$ (SELECT bosett_is('udi_reception', 'system'))
     OR (step = 'consulted' AND (SELECT bosett_is('municipality_coordinator', 'municipality_decider'))
         AND EXISTS (SELECT 1 FROM records_centreprocess p WHERE p.id = process_id AND p.ended_on IS NULL)) $$,
  'false');

-- A process is only moved forward: what it is about, and a day that is set, stay.
CREATE FUNCTION bosett_process_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - ARRAY['informed_on', 'announced_on', 'ended_on', 'given_up']
       IS DISTINCT FROM to_jsonb(NEW) - ARRAY['informed_on', 'announced_on', 'ended_on', 'given_up']
     OR (OLD.informed_on IS NOT NULL AND NEW.informed_on IS DISTINCT FROM OLD.informed_on)
     OR (OLD.announced_on IS NOT NULL AND NEW.announced_on IS DISTINCT FROM OLD.announced_on)
     OR OLD.ended_on IS NOT NULL
     OR (NEW.announced_on IS NOT NULL AND NEW.informed_on IS NULL) THEN
    RAISE EXCEPTION 'process_is_never_changed_back' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER process_is_kept BEFORE UPDATE ON records_centreprocess
  FOR EACH ROW EXECUTE FUNCTION bosett_process_is_kept();

-- The ledger of forecasts: stored, never changed.  Internal ones stay with those who plan for the State.
CALL bosett_guard('records_ledgerforecast', $$
  NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre'))
  AND (NOT internal OR (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'udi_reception', 'bufetat', 'ministry', 'system'))) $$,
  $$ (SELECT bosett_is('imdi_lead', 'udi_reception', 'system')) $$, 'false');
CALL bosett_guard('records_ledgeroutcome',
  $$ NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'udi_reception', 'system')) $$, 'false');

-- Months as they were published: a revision is a new row, and no row is ever changed.
CALL bosett_guard('records_monthlyfigure',
  $$ NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'udi_reception', 'system')) $$, 'false');

-- A comparison is its owner's until it is shared; then all who work with scenarios read it.
CALL bosett_guard('records_savedscenario', $$
  owner_id = (SELECT bosett_user())
  OR (shared_at IS NOT NULL
      AND (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'udi_reception', 'ministry', 'ks'))) $$,
  $$ owner_id = (SELECT bosett_user())
     AND (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'udi_reception', 'ministry', 'ks')) $$,
  $$ owner_id = (SELECT bosett_user()) $$, $$ owner_id = (SELECT bosett_user()) $$);

-- Persons in the chain before settlement, for the whole country: where the scenario workbench begins.  Who has a
-- permit counts as ready; who comes straight to a municipality (resettlement, family) is not in this chain.
CREATE FUNCTION bosett_chain_stocks() RETURNS TABLE (person_group text, ready boolean, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN h."group" <> 'all' THEN h."group"::text WHEN h.track = 'collective' THEN 'collective' ELSE 'asylum' END,
         h.permit_on IS NOT NULL, sum(h.persons_count)
  FROM records_household h
  WHERE h.stage NOT IN ('settled', 'left') AND h.merged_into_id IS NULL AND h.track IN ('asylum', 'collective')
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  GROUP BY 1, 2
$$;

-- Who waits with a permit, by group and the day of the permit, for the whole country: sums only.
CREATE FUNCTION bosett_waiting_since() RETURNS TABLE (person_group text, since date, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h."group"::text, h.permit_on, sum(h.persons_count)
  FROM records_household h
  WHERE h.stage NOT IN ('settled', 'left') AND h.merged_into_id IS NULL AND h.permit_on IS NOT NULL
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  GROUP BY 1, 2
$$;

-- Alerts of reception, raised by the clock: a kind of centre by those who count residents, a household by whoever sees
-- the household.
CALL bosett_guard('records_receptionalert',
  $$ CASE WHEN household_id IS NOT NULL THEN EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id)
          ELSE (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'system'))
            OR (kind = 'care_centre' AND (SELECT bosett_is('bufetat'))) END $$,
  $$ (SELECT bosett_is('system')) $$, $$ (SELECT bosett_is('system')) $$);
