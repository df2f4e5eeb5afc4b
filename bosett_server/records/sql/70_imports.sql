-- Published figures and facts: read by all, stored only by those who import, never overwritten.
-- What names persons is seen only by those who may store it.

CREATE FUNCTION bosett_may_import(subject text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE subject
    WHEN 'households' THEN bosett_is('imdi_caseworker', 'imdi_lead', 'system')
    WHEN 'assignments' THEN bosett_is('imdi_caseworker', 'imdi_lead', 'system')
    ELSE bosett_is('imdi_lead', 'system') END $$;

CALL bosett_guard('records_importbatch',
  $$ bosett_may_import(subject) OR (subject IN ('figures', 'facts') AND state IN ('applied', 'undoing', 'undone')) $$,
  $$ bosett_may_import(subject) $$, $$ bosett_may_import(subject) $$);

CALL bosett_guard('records_importfile',
  $$ EXISTS (SELECT 1 FROM records_importbatch b WHERE b.id = batch_id AND bosett_may_import(b.subject)) $$,
  $$ EXISTS (SELECT 1 FROM records_importbatch b WHERE b.id = batch_id AND bosett_may_import(b.subject)) $$,
  'false',
  $$ EXISTS (SELECT 1 FROM records_importbatch b WHERE b.id = batch_id AND bosett_may_import(b.subject)) $$);

CALL bosett_guard('records_importdefect',
  $$ EXISTS (SELECT 1 FROM records_importbatch b WHERE b.id = batch_id) $$,
  $$ EXISTS (SELECT 1 FROM records_importbatch b WHERE b.id = batch_id AND bosett_may_import(b.subject)) $$,
  'false',
  $$ EXISTS (SELECT 1 FROM records_importbatch b WHERE b.id = batch_id AND bosett_may_import(b.subject)) $$);

CALL bosett_guard('records_importline',
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  'false', $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

-- A figure or fact is superseded once; nothing else about it ever changes.
CALL bosett_guard('records_observation', $$ (SELECT bosett_role()) IS NOT NULL $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) AND superseded_by_id IS NULL $$);
CALL bosett_guard('records_importedfact', $$ (SELECT bosett_role()) IS NOT NULL $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) AND superseded_by_id IS NULL $$);
REVOKE UPDATE ON records_observation, records_importedfact FROM {app};
GRANT UPDATE (superseded_by_id) ON records_observation, records_importedfact TO {app};
