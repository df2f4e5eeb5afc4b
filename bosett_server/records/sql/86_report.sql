-- The year's report: the parties and IMDi as their secretariat write it; everybody reads what is published.

CREATE FUNCTION bosett_writes_report() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_is('imdi_lead', 'ministry', 'ks', 'system') $$;

CALL bosett_guard('records_yearreport', $$ (SELECT bosett_writes_report()) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_writes_report()) $$);
CALL bosett_guard('records_reportgeneration', $$ (SELECT bosett_writes_report()) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, 'false');
CALL bosett_guard('records_reporttext', $$ (SELECT bosett_writes_report()) $$,
  $$ (SELECT bosett_writes_report()) AND party = ANY ((SELECT bosett_voices())::text[]) $$, 'false');
-- An approval is a party's own: IMDi keeps the paper and signs nothing.
CALL bosett_guard('records_reportstep', $$ (SELECT bosett_writes_report()) $$,
  $$ (SELECT bosett_writes_report()) AND party = ANY ((SELECT bosett_voices())::text[])
     AND (step <> 'approved' OR (SELECT bosett_is('ministry', 'ks'))) $$, 'false');
CALL bosett_guard('records_reportpublication', 'true', $$ (SELECT bosett_is('imdi_lead', 'system')) $$, 'false');

-- What was generated, written, approved and published stands; words and facts change in a draft only.
CREATE FUNCTION bosett_report_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'report_stands' USING ERRCODE = 'BS003';
END $$;
CREATE TRIGGER report_stands BEFORE UPDATE OR DELETE ON records_reportgeneration
  FOR EACH ROW EXECUTE FUNCTION bosett_report_stands();
CREATE TRIGGER report_stands BEFORE UPDATE OR DELETE ON records_reporttext
  FOR EACH ROW EXECUTE FUNCTION bosett_report_stands();
CREATE TRIGGER report_stands BEFORE UPDATE OR DELETE ON records_reportstep
  FOR EACH ROW EXECUTE FUNCTION bosett_report_stands();
CREATE TRIGGER report_stands BEFORE UPDATE OR DELETE ON records_reportpublication
  FOR EACH ROW EXECUTE FUNCTION bosett_report_stands();

CREATE FUNCTION bosett_report_is_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE now_state text;
BEGIN
  SELECT state INTO now_state FROM records_yearreport WHERE id = NEW.report_id FOR SHARE;
  IF now_state <> 'draft' THEN
    RAISE EXCEPTION 'report_is_published' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_is_open BEFORE INSERT ON records_reporttext
  FOR EACH ROW EXECUTE FUNCTION bosett_report_is_open();
CREATE TRIGGER report_is_open BEFORE INSERT ON records_reportgeneration
  FOR EACH ROW EXECUTE FUNCTION bosett_report_is_open();
