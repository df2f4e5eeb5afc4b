-- Pulses: a municipality answers for itself; the parties see all, a county and its governor their own.
CREATE TRIGGER keep_history AFTER UPDATE ON records_pulse
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();

CALL bosett_guard('records_pulse',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'ks', 'ministry', 'system'))
     OR bosett_own_place(municipality_id)
     OR ((SELECT bosett_is('county')) AND left(municipality_id, 2) = (SELECT bosett_county())) $$,
  $$ bosett_own_place(municipality_id) $$,
  $$ bosett_own_place(municipality_id) $$);

-- Alerts: raised by the clock's job; seen by whoever sees the answers they rest on.  A county's own by its
-- municipalities too.
CALL bosett_guard('records_pressurealert',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'ks', 'ministry', 'system'))
     OR bosett_own_place(municipality_id)
     OR ((SELECT bosett_is('county')) AND county_id = (SELECT bosett_county())) $$,
  $$ (SELECT bosett_is('system')) $$, $$ (SELECT bosett_is('system')) $$);
