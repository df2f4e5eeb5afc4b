-- Counts that parties may see although they see no household: sums only, never a row of a person.
-- Sealed places are left out below national level.

-- Persons agreed (accepted with a day, or settled) of a year's places, as it stands now.
CREATE FUNCTION bosett_agreed(y integer) RETURNS TABLE (municipality text, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.municipality_id::text, sum(a.persons)
  FROM records_assignment a
  WHERE a.year = y AND NOT a.sealed AND a.state IN ('accepted', 'settled')
    -- looked up for each accepted one, since joining would read every household in the country
    AND CASE WHEN a.state = 'settled' THEN true
             ELSE (SELECT h.planned_settlement_on IS NOT NULL FROM records_household h WHERE h.id = a.household_id) END
    AND NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre'))
  GROUP BY a.municipality_id
$$;

-- Persons settled of a year's places, as recorded before a moment (what is settled now stands beside the vedtak).
CREATE FUNCTION bosett_settled_before(y integer, until timestamptz) RETURNS TABLE (municipality text, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.municipality_id::text, count(*)
  FROM records_assignment a JOIN records_settlement s ON s.assignment_id = a.id
  WHERE a.year = y AND NOT a.sealed AND a.state IN ('accepted', 'settled') AND s.recorded_at < until
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  GROUP BY a.municipality_id
$$;

-- Persons with a permit by stage, for the whole country: what is known of the need's first part.
CREATE FUNCTION bosett_waiting_with_permit() RETURNS TABLE (stage text, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.stage::text, sum(h.persons_count) FROM records_household h
  WHERE h.permit_on IS NOT NULL AND h.stage NOT IN ('settled', 'left') AND h.merged_into_id IS NULL
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  GROUP BY h.stage
$$;

-- How long ready households have waited, for the whole country: (days, how many households).
CREATE FUNCTION bosett_ready_waits(today date) RETURNS TABLE (wait_days integer, households bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT greatest(0, today - h.ready_on), count(*) FROM records_household h
  WHERE h.stage IN ('ready', 'proposed') AND h.ready_on IS NOT NULL AND h.merged_into_id IS NULL
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  GROUP BY 1
$$;

-- Persons in centres by the day they are to move out, as sums, so that an overview reads no household: a centre's own,
-- for Bufetat those of care centres.  Nobody with a protected address is counted,
-- and nobody settled, whose stay has ended.
CREATE FUNCTION bosett_residents(today date) RETURNS TABLE (centre bigint, leaves_on date, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.centre_id,
    CASE WHEN h.stage = 'date_agreed' AND h.planned_settlement_on > today THEN h.planned_settlement_on END,
    sum(h.persons_count)
  FROM records_stay s JOIN records_household h ON h.id = s.household_id JOIN records_centre c ON c.id = s.centre_id
  WHERE s.left_on IS NULL AND s.arrived_on <= today AND h.protection = 'none' AND h.stage <> 'settled'
    AND CASE WHEN (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'system')) THEN true
             WHEN (SELECT bosett_is('bufetat')) THEN c.kind = 'care_centre'
             WHEN (SELECT bosett_is('centre')) THEN c.id = (SELECT bosett_centre())
             ELSE false END
  GROUP BY 1, 2
$$;
