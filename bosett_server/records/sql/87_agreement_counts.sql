-- What the agreement's commitments are measured by, for the whole country and the same for every party: sums only.

-- Centres opened or closed in a year, as they were announced: was the municipality told before, how many days before,
-- and do notice and announcement each stand with a document.
CREATE FUNCTION bosett_centre_dialogue(y integer, today date)
RETURNS TABLE (direction text, done_on date, informed_days integer, documented boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.direction::text, d."on",
    CASE WHEN p.informed_on < d."on" THEN d."on" - p.informed_on END,
    (SELECT count(*) FROM records_centrestep s WHERE s.process_id = p.id AND s.document <> ''
       AND s.step IN ('informed', 'announced')) = 2
  FROM records_centreprocess p JOIN records_centrestep d ON d.process_id = p.id AND d.step = 'done'
  WHERE p.announced_on IS NOT NULL AND NOT p.given_up AND extract(year FROM d."on")::integer = y AND d."on" <= today
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
$$;

-- Questions about a card, and answers to a card: how many were due in the year, how many came by the municipality's
-- own deadline.  A question is in time when it is answered by the day the municipality itself must answer.
CREATE FUNCTION bosett_answers_in_time(y integer, today date)
RETURNS TABLE (what text, due bigint, in_time bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT 'questions', count(*), count(*) FILTER (WHERE (e.answered_at AT TIME ZONE 'Europe/Oslo')::date <= a.answer_due_on)
  FROM records_enquiry e JOIN records_assignment a ON a.id = e.assignment_id
  WHERE extract(year FROM e.asked_at AT TIME ZONE 'Europe/Oslo')::integer = y
    AND (e.answered_at IS NOT NULL OR a.answer_due_on < today)
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  UNION ALL
  SELECT 'answers', count(*), count(*) FILTER (WHERE (a.answered_at AT TIME ZONE 'Europe/Oslo')::date <= a.answer_due_on)
  FROM records_assignment a
  WHERE extract(year FROM a.answer_due_on)::integer = y AND a.state <> 'withdrawn' AND NOT a.self_settled
    AND (a.answered_at IS NOT NULL OR a.answer_due_on < today)
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
$$;

-- Days from permit to settlement of the persons settled in a year, by group; who came without a permit day is not here.
CREATE FUNCTION bosett_settled_waits(y integer, today date)
RETURNS TABLE (person_group text, days integer, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h."group"::text, greatest(0, s.settled_on - h.permit_on), count(*)
  FROM records_settlement s JOIN records_person p ON p.id = s.person_id JOIN records_household h ON h.id = p.household_id
  WHERE s.settled_on >= make_date(y, 1, 1) AND s.settled_on < make_date(y + 1, 1, 1) AND s.settled_on <= today
    AND h.permit_on IS NOT NULL
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  GROUP BY 1, 2
$$;

-- Meetings of the parties held in a year, and what they agreed to do that was due in it.
CREATE FUNCTION bosett_meetings_counted(y integer, today date)
RETURNS TABLE (what text, many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT 'called', count(*) FROM records_consultationmeeting m
  WHERE m.state <> 'cancelled' AND extract(year FROM m.starts AT TIME ZONE 'Europe/Oslo')::integer = y
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  UNION ALL
  SELECT 'meetings', count(*) FROM records_consultationmeeting m
  WHERE m.state = 'held' AND extract(year FROM m.starts AT TIME ZONE 'Europe/Oslo')::integer = y
    AND (m.starts AT TIME ZONE 'Europe/Oslo')::date <= today
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  UNION ALL
  SELECT 'actions_due', count(*) FROM records_consultationaction a
  WHERE extract(year FROM a.due)::integer = y AND (a.due < today OR a.done_on <= today)
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
  UNION ALL
  SELECT 'actions_done_in_time', count(*) FROM records_consultationaction a
  WHERE extract(year FROM a.due)::integer = y AND a.done_on <= least(a.due, today)
    AND NOT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')
$$;
