-- The mapping of expenditure: a municipality sees its own; what it has sent, the committee sees (IMDi's lead as its
-- secretariat, the ministry and KS as its parties); a draft is the municipality's alone; a scenario its party's.

CREATE FUNCTION bosett_party() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE bosett_role() WHEN 'imdi_lead' THEN 'state' WHEN 'ministry' THEN 'state' WHEN 'ks' THEN 'municipal' END $$;

CREATE FUNCTION bosett_in_committee() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_is('imdi_lead', 'ministry', 'ks', 'system') $$;

CALL bosett_guard('records_expenditureround',
  $$ (SELECT bosett_in_committee()) OR (state <> 'planned' AND (SELECT bosett_is('imdi_caseworker',
     'municipality_coordinator', 'municipality_decider', 'county'))) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead')) AND state = 'planned' $$);

CALL bosett_guard('records_expenditureframerow',
  $$ (SELECT bosett_in_committee()) OR (municipality_id = ANY ((SELECT bosett_municipalities())::text[])
     AND EXISTS (SELECT 1 FROM records_expenditureround r WHERE r.id = round_id)) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

CALL bosett_guard('records_expenditureresponse',
  $$ (SELECT bosett_in_committee()) OR municipality_id = ANY ((SELECT bosett_municipalities())::text[]) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) OR municipality_id = ANY ((SELECT bosett_municipalities())::text[]) $$);

CALL bosett_guard('records_expenditureanswer',
  $$ EXISTS (SELECT 1 FROM records_expenditureresponse r WHERE r.id = response_id
       AND (r.municipality_id = ANY ((SELECT bosett_municipalities())::text[]) OR (SELECT bosett_is('system'))
            OR ((SELECT bosett_in_committee()) AND r.state IN ('sent', 'approved')))) $$,
  $$ EXISTS (SELECT 1 FROM records_expenditureresponse r WHERE r.id = response_id
       AND (r.municipality_id = ANY ((SELECT bosett_municipalities())::text[]) OR (SELECT bosett_is('system')))) $$,
  $$ EXISTS (SELECT 1 FROM records_expenditureresponse r WHERE r.id = response_id
       AND (r.municipality_id = ANY ((SELECT bosett_municipalities())::text[]) OR (SELECT bosett_is('system')))) $$);

CALL bosett_guard('records_expenditurerevision',
  $$ EXISTS (SELECT 1 FROM records_expenditureresponse r WHERE r.id = response_id
       AND (r.municipality_id = ANY ((SELECT bosett_municipalities())::text[]) OR (SELECT bosett_is('system'))
            OR ((SELECT bosett_in_committee()) AND (area = '' OR r.state IN ('sent', 'approved'))))) $$,
  'false', 'false');

CALL bosett_guard('records_expenditureknown',
  $$ (SELECT bosett_in_committee()) OR municipality_id = ANY ((SELECT bosett_municipalities())::text[]) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, 'false', $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

CALL bosett_guard('records_expenditurebaseline',
  $$ EXISTS (SELECT 1 FROM records_expenditureround r WHERE r.id = round_id) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, 'false');

CALL bosett_guard('records_expenditurescenario',
  $$ party = (SELECT bosett_party()) OR (shared_at IS NOT NULL AND (SELECT bosett_in_committee())) $$,
  $$ party = (SELECT bosett_party()) $$, $$ party = (SELECT bosett_party()) $$,
  $$ party = (SELECT bosett_party()) AND shared_at IS NULL $$);

-- The sample stands still once the round is open; registers and totals once it is closed.
CREATE FUNCTION bosett_expenditure_frame_is_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE of_round bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.round_id ELSE NEW.round_id END; now_state text;
BEGIN
  SELECT state INTO now_state FROM records_expenditureround WHERE id = of_round FOR SHARE;
  IF now_state = 'closed' OR (TG_TABLE_NAME = 'records_expenditureframerow' AND now_state = 'open') THEN
    RAISE EXCEPTION 'expenditure_sample_stands' USING ERRCODE = 'BS003';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER expenditure_frame_is_kept BEFORE INSERT OR UPDATE OR DELETE ON records_expenditureframerow
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_frame_is_kept();
CREATE TRIGGER expenditure_known_is_kept BEFORE INSERT OR UPDATE OR DELETE ON records_expenditureknown
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_frame_is_kept();

-- A round only goes on: planned, open, closed; what was drawn is not redrawn.
CREATE FUNCTION bosett_expenditure_round_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (('planned', 'planned'), ('planned', 'open'), ('open', 'open'), ('open', 'closed'))
     OR (OLD.state <> 'planned' AND (OLD.year, OLD.kind, OLD.seed, OLD.asked, OLD.synthetic)
         IS DISTINCT FROM (NEW.year, NEW.kind, NEW.seed, NEW.asked, NEW.synthetic)) THEN
    RAISE EXCEPTION 'expenditure_round_moved_on' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER expenditure_round_goes_on BEFORE UPDATE ON records_expenditureround
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_round_goes_on();

-- What is sent or approved is not written over: it is reopened first, and only while the round is open.
CREATE FUNCTION bosett_expenditure_answer_is_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE response_state text; round_state text;
BEGIN
  SELECT p.state, r.state INTO response_state, round_state FROM records_expenditureresponse p
    JOIN records_expenditureround r ON r.id = p.round_id WHERE p.id = NEW.response_id FOR SHARE OF p;
  IF round_state <> 'open' THEN
    RAISE EXCEPTION 'expenditure_round_not_open' USING ERRCODE = 'BS003';
  ELSIF response_state = 'approved' THEN
    RAISE EXCEPTION 'expenditure_answer_approved' USING ERRCODE = 'BS003';
  ELSIF response_state = 'sent' THEN
    RAISE EXCEPTION 'expenditure_answer_sent' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER expenditure_answer_is_open BEFORE INSERT OR UPDATE ON records_expenditureanswer
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_answer_is_open();

-- The municipality moves its own answer on; nobody approves what they sent themselves.
CREATE FUNCTION bosett_expenditure_response_goes_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF (OLD.round_id, OLD.municipality_id) IS DISTINCT FROM (NEW.round_id, NEW.municipality_id)
     OR (OLD.state, NEW.state) NOT IN (('open', 'open'), ('open', 'sent'), ('sent', 'sent'), ('sent', 'approved'),
                                       ('sent', 'open'), ('approved', 'approved'), ('approved', 'open')) THEN
    RAISE EXCEPTION 'expenditure_answer_moved_on' USING ERRCODE = 'BS003';
  END IF;
  IF OLD.state <> NEW.state AND NOT bosett_is('system')
     AND (SELECT state FROM records_expenditureround WHERE id = NEW.round_id) <> 'open' THEN
    RAISE EXCEPTION 'expenditure_round_not_open' USING ERRCODE = 'BS003';
  END IF;
  IF NEW.state = 'approved' AND OLD.state = 'sent' AND NEW.approved_by_id IS NOT DISTINCT FROM NEW.sent_by_id
     AND NOT bosett_is('system') THEN
    RAISE EXCEPTION 'expenditure_approved_by_sender' USING ERRCODE = 'BS002';
  END IF;
  IF NEW.state = 'open' AND OLD.state <> 'open' AND NEW.reopened_reason = '' THEN
    RAISE EXCEPTION 'expenditure_reason_missing' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER expenditure_response_goes_on BEFORE UPDATE ON records_expenditureresponse
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_response_goes_on();

-- The revision log: what was said, when and by whom; it has no other way in.
CREATE FUNCTION bosett_expenditure_answer_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE kept text[] := ARRAY['amount_typed', 'share_typed', 'whole_typed', 'explanation', 'value', 'via'];
        told jsonb := (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(to_jsonb(NEW)) e WHERE e.key = ANY (kept));
BEGIN
  IF TG_OP = 'UPDATE' AND told = (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(to_jsonb(OLD)) e
                                  WHERE e.key = ANY (kept)) THEN
    RETURN NULL;
  END IF;
  INSERT INTO records_expenditurerevision (response_id, area, step, told, by_id, at)
    VALUES (NEW.response_id, NEW.area, 'saved', told, NEW.saved_by_id, NEW.saved_at);
  RETURN NULL;
END $$;
CREATE TRIGGER expenditure_answer_said AFTER INSERT OR UPDATE ON records_expenditureanswer
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_answer_said();

CREATE FUNCTION bosett_expenditure_response_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.state <> OLD.state THEN
    INSERT INTO records_expenditurerevision (response_id, area, step, told, by_id, at)
    VALUES (NEW.id, '', CASE NEW.state WHEN 'open' THEN 'reopened' ELSE NEW.state END,
      CASE NEW.state WHEN 'open' THEN jsonb_build_object('reason', NEW.reopened_reason) ELSE '{}' END,
      CASE NEW.state WHEN 'open' THEN NEW.reopened_by_id WHEN 'sent' THEN NEW.sent_by_id ELSE NEW.approved_by_id END,
      CASE NEW.state WHEN 'open' THEN NEW.reopened_at WHEN 'sent' THEN NEW.sent_at ELSE NEW.approved_at END);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER expenditure_response_said AFTER UPDATE ON records_expenditureresponse
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_response_said();

-- A baseline is never touched again; a shared scenario neither.
CREATE FUNCTION bosett_expenditure_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'expenditure_baseline_stands' USING ERRCODE = 'BS003';
END $$;
CREATE TRIGGER expenditure_baseline_stands BEFORE UPDATE OR DELETE ON records_expenditurebaseline
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_is_frozen();
CREATE TRIGGER expenditure_revision_stands BEFORE UPDATE OR DELETE ON records_expenditurerevision
  FOR EACH ROW EXECUTE FUNCTION bosett_expenditure_is_frozen();
CREATE TRIGGER expenditure_scenario_stands BEFORE UPDATE ON records_expenditurescenario
  FOR EACH ROW WHEN (OLD.shared_at IS NOT NULL) EXECUTE FUNCTION bosett_expenditure_is_frozen();

-- Persons who may release the grant in a year, by municipality and residence year: sums, nobody with a protected
-- address, nobody counted twice.  Residence year 1 is the year of settlement.
CREATE FUNCTION bosett_expenditure_persons(y integer, minors boolean)
RETURNS TABLE (municipality text, residence_year integer, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.municipality_id::text, y - extract(year FROM s.settled_on)::integer + 1, count(*)
  FROM records_settlement s JOIN records_assignment a ON a.id = s.assignment_id
  WHERE s.settled_on >= make_date(y - 4, 1, 1) AND s.settled_on < make_date(y + 1, 1, 1) AND NOT a.sealed
    AND (a."group" <> 'all') = minors AND bosett_is('imdi_lead', 'system')
  GROUP BY 1, 2
$$;
