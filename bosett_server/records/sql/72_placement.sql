-- What is kept of a placement run: IMDi's alone, never changed once it is done.

CALL bosett_guard('records_placementfile',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$);

-- A municipality sees the price of its own places and nobody else's.
CALL bosett_guard('records_placementprice', $$
  CASE (SELECT bosett_role())
    WHEN 'imdi_caseworker' THEN true
    WHEN 'imdi_lead' THEN true
    WHEN 'system' THEN true
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    WHEN 'municipality_decider' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    ELSE false END $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$, 'false');

CALL bosett_guard('records_placementchoice',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system'))
     AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead'))
     AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$);

CALL bosett_guard('records_placementscores',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead')) $$, $$ (SELECT bosett_is('imdi_lead')) $$);

-- What a run gave stands: a run that has ended is not changed (its price of fairness comes once, later),
-- and its files are filled once.
CREATE FUNCTION bosett_run_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('done', 'cancelled', 'failed')
     AND (to_jsonb(OLD) - 'curve' IS DISTINCT FROM to_jsonb(NEW) - 'curve' OR OLD.curve <> '[]') THEN
    RAISE EXCEPTION 'run_has_ended' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_is_kept BEFORE UPDATE ON records_placementrun
  FOR EACH ROW EXECUTE FUNCTION bosett_run_is_kept();

CREATE FUNCTION bosett_run_files_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.answer IS NOT NULL OR OLD.run_id <> NEW.run_id THEN
    RAISE EXCEPTION 'run_has_ended' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_files_are_kept BEFORE UPDATE ON records_placementfile
  FOR EACH ROW EXECUTE FUNCTION bosett_run_files_are_kept();

-- A choice is lifted, never rewritten.
CREATE FUNCTION bosett_choice_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NOT NULL OR to_jsonb(OLD) - ARRAY['lifted_by_id', 'lifted_at']
     IS DISTINCT FROM to_jsonb(NEW) - ARRAY['lifted_by_id', 'lifted_at'] THEN
    RAISE EXCEPTION 'choice_is_lifted_already' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER choice_is_kept BEFORE UPDATE ON records_placementchoice
  FOR EACH ROW EXECUTE FUNCTION bosett_choice_is_kept();
