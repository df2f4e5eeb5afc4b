-- Rates are public law: everybody reads those applied; only the lead loads them, nobody changes a loaded rate.

CALL bosett_guard('records_ratetable',
  $$ (SELECT bosett_role()) IS NOT NULL AND (state <> 'checked' OR (SELECT bosett_is('imdi_lead', 'system'))) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

CALL bosett_guard('records_loadedrate',
  $$ EXISTS (SELECT 1 FROM records_ratetable t WHERE t.id = table_id) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, 'false');

-- A table goes from checked to applied to undone; who, when and what was loaded stay.
CREATE FUNCTION bosett_rate_table_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - ARRAY['state', 'applied_by_id', 'applied_at', 'undone_by_id', 'undone_at']
       IS DISTINCT FROM to_jsonb(NEW) - ARRAY['state', 'applied_by_id', 'applied_at', 'undone_by_id', 'undone_at']
     OR (OLD.state, NEW.state) NOT IN (('checked', 'applied'), ('applied', 'undone')) THEN
    RAISE EXCEPTION 'rate_table_moved_on' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rate_table_is_kept BEFORE UPDATE ON records_ratetable
  FOR EACH ROW EXECUTE FUNCTION bosett_rate_table_is_kept();
