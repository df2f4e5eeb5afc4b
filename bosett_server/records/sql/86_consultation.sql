-- The consultation room.  Meetings and matters are open to those who work with the agreement; who stands behind a
-- matter without a name, and what a party has not shared, is seen by that body alone.

CREATE FUNCTION bosett_at_the_table() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_is('ministry', 'ks', 'imdi_lead', 'imdi_caseworker', 'udi_reception', 'bufetat', 'system') $$;

CREATE FUNCTION bosett_secretary() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_is('ministry', 'ks', 'imdi_lead') $$;

CREATE FUNCTION bosett_works_with_agreement() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT bosett_at_the_table() OR bosett_is('municipality_coordinator', 'municipality_decider', 'county', 'nav',
    'husbanken', 'statsforvalter') $$;

CALL bosett_guard('records_consultationmeeting',
  $$ (SELECT bosett_works_with_agreement()) $$,
  $$ (SELECT bosett_secretary()) AND parties::text[] && (SELECT bosett_voices()) $$,
  $$ (SELECT bosett_secretary()) AND parties::text[] && (SELECT bosett_voices()) $$);
CALL bosett_guard('records_consultationmatter',
  $$ (SELECT bosett_works_with_agreement()) $$,
  $$ cardinality((SELECT bosett_voices())) > 0 $$,
  $$ (SELECT bosett_secretary()) OR EXISTS (SELECT 1 FROM records_consultationvoice v
       WHERE v.matter_id = records_consultationmatter.id AND v.raises AND v.voice = ANY ((SELECT bosett_voices())::text[])) $$);
CALL bosett_guard('records_consultationvoice',
  $$ (SELECT bosett_is('system')) OR voice = ANY ((SELECT bosett_voices())::text[])
     OR (named AND (SELECT bosett_works_with_agreement())) $$,
  $$ voice = ANY ((SELECT bosett_voices())::text[]) $$, 'false',
  $$ voice = ANY ((SELECT bosett_voices())::text[]) AND NOT raises $$);
CALL bosett_guard('records_consultationtext', $$
  CASE kind
    WHEN 'matter' THEN (SELECT bosett_works_with_agreement())
    WHEN 'minutes' THEN EXISTS (SELECT 1 FROM records_consultationmeeting m
      WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices()))
    WHEN 'protocol' THEN EXISTS (SELECT 1 FROM records_consultationmeeting m
      WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices()))
    ELSE party = ANY ((SELECT bosett_voices())::text[])
      OR (shared_at IS NOT NULL AND (SELECT bosett_at_the_table())) END $$,
  $$ shared_at IS NULL AND CASE kind
    WHEN 'matter' THEN EXISTS (SELECT 1 FROM records_consultationvoice v WHERE v.matter_id = records_consultationtext.matter_id
      AND v.raises AND v.voice = ANY ((SELECT bosett_voices())::text[]))
      OR ((SELECT bosett_secretary()) AND EXISTS (SELECT 1 FROM records_consultationmatter c
        WHERE c.id = matter_id AND c.indicator <> ''))
    WHEN 'position' THEN (SELECT bosett_at_the_table()) AND party = ANY ((SELECT bosett_voices())::text[])
    WHEN 'proposal' THEN (SELECT bosett_at_the_table()) AND party = ANY ((SELECT bosett_voices())::text[])
    ELSE (SELECT bosett_secretary()) AND EXISTS (SELECT 1 FROM records_consultationmeeting m
      WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) END $$,
  $$ kind IN ('position', 'proposal') AND party = ANY ((SELECT bosett_voices())::text[]) $$);
CALL bosett_guard('records_consultationitem',
  $$ (SELECT bosett_works_with_agreement()) $$,
  $$ EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) AND (SELECT bosett_secretary()) $$,
  'false');
CALL bosett_guard('records_consultationpack',
  $$ (SELECT bosett_at_the_table()) $$,
  $$ EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) AND (SELECT bosett_secretary()) $$,
  'false');
CALL bosett_guard('records_consultationdecision',
  $$ (SELECT bosett_at_the_table()) $$,
  $$ EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) AND (SELECT bosett_secretary()) $$,
  $$ EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) AND (SELECT bosett_secretary()) $$);
-- What is to be done is open to those who work with the agreement, as the agenda is.
CALL bosett_guard('records_consultationaction',
  $$ (SELECT bosett_works_with_agreement()) $$,
  $$ EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) AND (SELECT bosett_secretary()) $$,
  $$ owner = ANY ((SELECT bosett_voices())::text[]) OR ((SELECT bosett_secretary())
     AND EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices()))) $$);
CALL bosett_guard('records_consultationapproval',
  $$ (SELECT bosett_at_the_table()) AND EXISTS (SELECT 1 FROM records_consultationtext t WHERE t.id = text_id) $$,
  $$ party = ANY ((SELECT bosett_voices())::text[])
     AND EXISTS (SELECT 1 FROM records_consultationtext t WHERE t.id = text_id AND t.kind = 'protocol') $$,
  'false');
CALL bosett_guard('records_consultationprotocol',
  $$ (SELECT bosett_role()) IS NOT NULL $$,
  $$ EXISTS (SELECT 1 FROM records_consultationmeeting m
       WHERE m.id = meeting_id AND m.parties::text[] && (SELECT bosett_voices())) AND (SELECT bosett_secretary()) $$,
  'false');

-- Earlier states of what can be changed.
CREATE TRIGGER keep_history AFTER UPDATE ON records_consultationmeeting
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_consultationmatter
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_consultationaction
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_consultationdecision
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();

-- A version says for ever what it said, and what was shared stays shared.
CREATE FUNCTION bosett_texts_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.shared_at IS NOT NULL
     OR (to_jsonb(OLD) - ARRAY['shared_at', 'shared_by_id']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['shared_at', 'shared_by_id'])
  THEN
    RAISE EXCEPTION 'consultation_text_stands' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER texts_stand BEFORE UPDATE ON records_consultationtext
  FOR EACH ROW EXECUTE FUNCTION bosett_texts_stand();

-- Nobody is called to two meetings at once, also when two are called in the same moment.
CREATE FUNCTION bosett_one_meeting_at_a_time() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE busy text;
BEGIN
  IF NEW.state = 'cancelled' THEN
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('bosett_meetings'));
  SELECT (SELECT p FROM unnest(m.parties) p WHERE p = ANY (NEW.parties) LIMIT 1) INTO busy
  FROM records_consultationmeeting m
  WHERE m.id <> NEW.id AND m.state <> 'cancelled' AND m.starts < NEW.ends AND NEW.starts < m.ends
    AND m.parties && NEW.parties LIMIT 1;
  IF busy IS NOT NULL THEN
    RAISE EXCEPTION 'consultation_busy_then' USING ERRCODE = 'BS001', DETAIL = format('party=%s', busy);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_meeting_at_a_time BEFORE INSERT OR UPDATE ON records_consultationmeeting
  FOR EACH ROW EXECUTE FUNCTION bosett_one_meeting_at_a_time();

-- Who stands behind each matter, told over rows that nobody may list.  A body without a name is told as a mark that
-- is the same within one matter (the merged ones with it), means nothing outside it and is never joined to a name:
-- one that has raised the same thing both with and without its name counts as two rather than be found out.
CREATE FUNCTION bosett_behind() RETURNS TABLE (matter_id bigint, body text, raises boolean, named boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT bosett_works_with_agreement() THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT v.matter_id,
      CASE WHEN v.named OR v.voice = ANY (bosett_voices()) THEN v.voice::text
        ELSE '?' || coalesce(m.into_id, m.id) || '-' || dense_rank() OVER (
          PARTITION BY coalesce(m.into_id, m.id), v.named ORDER BY md5(coalesce(m.into_id, m.id) || v.voice)) END,
      v.raises, v.named
    FROM records_consultationvoice v JOIN records_consultationmatter m ON m.id = v.matter_id;
END $$;

-- How a meeting, an action or a matter was before it was changed, for whoever may see it now; in whose name it was
-- changed, where the one who did it speaks for one body; never of a matter, whose raiser may have given no name.
-- Texts have versions of their own and are not told of here.
CREATE FUNCTION bosett_consultation_history(wanted_table text, wanted bigint)
RETURNS TABLE (replaced_at timestamptz, body text, old_row jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT bosett_works_with_agreement() OR wanted_table NOT IN
     ('records_consultationmeeting', 'records_consultationaction', 'records_consultationmatter') THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT r.replaced_at, (
      SELECT CASE count(DISTINCT b.code) WHEN 1 THEN min(b.code) END FROM (
        SELECT CASE g.role WHEN 'ks' THEN 'KS' WHEN 'imdi_lead' THEN 'IMDi' WHEN 'udi_reception' THEN 'UDI'
               WHEN 'bufetat' THEN 'Bufetat'
               WHEN 'ministry' THEN nullif(g.party, '')::text END AS code
        FROM records_rolegrant g
        WHERE wanted_table <> 'records_consultationmatter' AND g.user_id = r.user_id AND g.starts_on <= (r.replaced_at AT TIME ZONE 'Europe/Oslo')::date
          AND (g.ends_on IS NULL OR g.ends_on > (r.replaced_at AT TIME ZONE 'Europe/Oslo')::date)) b),
      r.old_row
    FROM records_rowhistory r WHERE r.table_name = wanted_table AND r.row_id = wanted::text ORDER BY r.id DESC;
END $$;
