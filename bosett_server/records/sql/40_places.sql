-- Nobody is placed where the council said no: the last word on places is the database's.
-- These functions see all rows (the caller sees few), so they are the owner's, with a fixed search path;
-- the quota row of (municipality, year, group) is locked first, "all" before the minor groups.

CREATE FUNCTION bosett_lock_quota(m text, y integer, g text) RETURNS records_quota
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE quota records_quota;
BEGIN
  INSERT INTO records_quota (municipality_id, year, "group", opened, assigned, assigned_general, settled)
    VALUES (m, y, g, 0, 0, 0, 0) ON CONFLICT (municipality_id, year, "group") DO NOTHING;
  SELECT * INTO quota FROM records_quota
    WHERE municipality_id = m AND year = y AND "group" = g FOR UPDATE;
  RETURN quota;
END $$;

CREATE FUNCTION bosett_refresh_quota(m text, y integer, g text) RETURNS records_quota
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE quota records_quota;
BEGIN
  PERFORM bosett_lock_quota(m, y, g);
  UPDATE records_quota q SET
    vedtak = (SELECT f.value FROM records_versionedfigure f
              WHERE f.what = 'voted' AND f.municipality_id = m AND f.year = y AND f."group" = g
                AND f.approved_at IS NOT NULL ORDER BY f.approved_at DESC, f.id DESC LIMIT 1),
    opened = (SELECT coalesce(sum(o.places), 0) FROM records_openedplace o
              WHERE o.municipality_id = m AND o.year = y AND (g = 'all' OR o."group" = g) AND o.household_id IS NULL
                AND NOT o.sealed AND o.withdrawn_at IS NULL),
    assigned = a.persons, assigned_general = a.general,
    settled = (SELECT count(*) FROM records_settlement s JOIN records_assignment t ON t.id = s.assignment_id
               WHERE t.municipality_id = m AND t.year = y AND NOT t.sealed AND (g = 'all' OR t."group" = g))
  FROM (SELECT coalesce(sum(persons), 0) AS persons, coalesce(sum(persons_general), 0) AS general
        FROM records_assignment WHERE municipality_id = m AND year = y AND NOT sealed
          AND (g = 'all' OR "group" = g) AND state IN ('offered', 'accepted', 'settled')) a
  WHERE q.municipality_id = m AND q.year = y AND q."group" = g
  RETURNING q.* INTO quota;
  RETURN quota;
END $$;

CREATE FUNCTION bosett_figure_changes_quota() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.what = 'voted' AND NEW.municipality_id IS NOT NULL AND NEW.approved_at IS NOT NULL THEN
    PERFORM bosett_refresh_quota(NEW.municipality_id, NEW.year, NEW."group");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER figure_changes_quota AFTER INSERT OR UPDATE OF approved_at ON records_versionedfigure
  FOR EACH ROW EXECUTE FUNCTION bosett_figure_changes_quota();

-- A figure is never overwritten: only the mark that a newer one took its place, and its approval, are set once.
CREATE FUNCTION bosett_figure_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb := to_jsonb(OLD) - ARRAY['superseded_at', 'approved_at', 'approved_by_id'];
        after jsonb := to_jsonb(NEW) - ARRAY['superseded_at', 'approved_at', 'approved_by_id'];
BEGIN
  IF TG_OP = 'DELETE' OR before IS DISTINCT FROM after
     OR (OLD.approved_at IS NOT NULL AND NEW.approved_at IS DISTINCT FROM OLD.approved_at)
     OR (OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at) THEN
    RAISE EXCEPTION 'figure_is_never_overwritten' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER figure_is_kept BEFORE UPDATE OR DELETE ON records_versionedfigure
  FOR EACH ROW EXECUTE FUNCTION bosett_figure_is_kept();

CREATE FUNCTION bosett_opening_changes_quota() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_refresh_quota(NEW.municipality_id, NEW.year, 'all');
  IF NEW."group" <> 'all' THEN
    PERFORM bosett_refresh_quota(NEW.municipality_id, NEW.year, NEW."group");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER opening_changes_quota AFTER INSERT OR UPDATE ON records_openedplace
  FOR EACH ROW EXECUTE FUNCTION bosett_opening_changes_quota();

-- Only the municipality itself opens places above or before its vedtak.
CREATE FUNCTION bosett_only_own_openings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (bosett_is('municipality_coordinator', 'municipality_decider')
          AND NEW.municipality_id = ANY (bosett_municipalities())) AND NOT bosett_is('system') THEN
    RAISE EXCEPTION 'only_the_municipality_opens_places' USING ERRCODE = 'BS002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_own_openings BEFORE INSERT OR UPDATE ON records_openedplace
  FOR EACH ROW EXECUTE FUNCTION bosett_only_own_openings();

-- Before an assignment is stored: what it draws on.  Its identity never changes afterwards.
CREATE FUNCTION bosett_assignment_draws() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE own integer; protected boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.household_id, OLD.municipality_id, OLD.year, OLD."group", OLD.card, OLD.decided_by_id)
     IS DISTINCT FROM (NEW.household_id, NEW.municipality_id, NEW.year, NEW."group", NEW.card, NEW.decided_by_id) THEN
    RAISE EXCEPTION 'assignment_is_not_rewritten' USING ERRCODE = 'BS003';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state IN ('declined', 'expired', 'withdrawn') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'assignment_has_ended' USING ERRCODE = 'BS003';
  END IF;
  PERFORM bosett_lock_quota(NEW.municipality_id, NEW.year, 'all');
  SELECT h.protection <> 'none' INTO protected FROM records_household h WHERE h.id = NEW.household_id FOR UPDATE;
  NEW.sealed := protected;
  SELECT coalesce(sum(o.places), 0) INTO own FROM records_openedplace o
    WHERE o.municipality_id = NEW.municipality_id AND o.year = NEW.year AND o.household_id = NEW.household_id
      AND o.withdrawn_at IS NULL AND o.sealed = protected;
  IF protected AND own < NEW.persons AND NEW.state IN ('offered', 'accepted') THEN
    RAISE EXCEPTION 'no_sealed_place' USING ERRCODE = 'BS001',
      DETAIL = format('municipality=%s year=%s', NEW.municipality_id, NEW.year);
  END IF;
  NEW.persons_general := CASE WHEN protected THEN 0 ELSE greatest(0, NEW.persons - own) END;
  RETURN NEW;
END $$;
CREATE TRIGGER assignment_draws BEFORE INSERT OR UPDATE ON records_assignment
  FOR EACH ROW EXECUTE FUNCTION bosett_assignment_draws();

-- What a statement adds to one quota is counted once, however many rows it stores: a recount per row
-- would read a municipality's whole year for each.
CREATE FUNCTION bosett_take_places(m text, y integer, g text, taken bigint, general bigint, asked bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE before records_quota; now_assigned integer; allowed integer;
BEGIN
  before := bosett_lock_quota(m, y, g);
  now_assigned := before.assigned_general + general;
  allowed := coalesce(before.vedtak, 0) + before.opened;
  IF asked > 0 AND general > 0 AND now_assigned > allowed THEN
    RAISE EXCEPTION '%', CASE WHEN before.vedtak IS NULL AND before.opened = 0 THEN 'no_vedtak_in_force'
                              ELSE 'no_places_left' END
      USING ERRCODE = 'BS001', DETAIL = format('municipality=%s year=%s group=%s left=%s asked_for=%s',
        m, y, g, greatest(0, allowed - before.assigned_general), asked);
  END IF;
  UPDATE records_quota SET assigned = before.assigned + taken, assigned_general = now_assigned
    WHERE municipality_id = m AND year = y AND "group" = g;
END $$;

-- The household's row follows its assignment; of several stored at once the open one before the ended ones.
CREATE FUNCTION bosett_households_follow(assignments bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE records_household h SET
    offered_municipality_id = CASE WHEN n.state = 'offered' THEN n.municipality_id END,
    assigned_municipality_id = CASE WHEN n.state IN ('accepted', 'settled') THEN n.municipality_id END,
    stage = CASE n.state WHEN 'offered' THEN 'proposed' WHEN 'accepted' THEN 'assigned' WHEN 'settled' THEN 'settled'
                         ELSE CASE WHEN h.stage = 'left' THEN 'left' ELSE 'ready' END END,
    planned_settlement_on = CASE WHEN n.state IN ('accepted', 'settled') THEN h.planned_settlement_on END,
    version = h.version + 1
  FROM (SELECT DISTINCT ON (household_id) * FROM records_assignment WHERE id = ANY (assignments)
        ORDER BY household_id, state IN ('offered', 'accepted', 'settled') DESC, id DESC) n
  WHERE h.id = n.household_id
$$;

-- After: count, refuse what is too many, and let the household's row follow its assignment.
CREATE FUNCTION bosett_assignments_stored() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_take_places(t.m, t.y, t.g, t.taken, t.general, t.asked)
    FROM (SELECT municipality_id AS m, year AS y, q.g, sum(persons) AS taken, sum(persons_general) AS general,
                 coalesce(sum(persons_general) FILTER (WHERE state IN ('offered', 'accepted')), 0) AS asked
          FROM stored, LATERAL (SELECT DISTINCT unnest(ARRAY['all', "group"::text]) AS g) q
          WHERE NOT sealed AND state IN ('offered', 'accepted', 'settled')
          GROUP BY municipality_id, year, q.g ORDER BY municipality_id, year, q.g <> 'all', q.g) t;
  PERFORM bosett_households_follow(ARRAY(SELECT id FROM stored));
  RETURN NULL;
END $$;

CREATE FUNCTION bosett_assignments_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_take_places(t.m, t.y, t.g, t.taken, t.general, t.asked)
    FROM (SELECT n.municipality_id AS m, n.year AS y, q.g,
                 sum(n.persons * c.now - o.persons * c.before) AS taken,
                 sum(n.persons_general * c.now - o.persons_general * c.before) AS general,
                 coalesce(sum(n.persons_general * c.now - o.persons_general * c.before)
                          FILTER (WHERE n.state IN ('offered', 'accepted')), 0) AS asked
          FROM changed n JOIN was o ON o.id = n.id,
               LATERAL (SELECT (NOT n.sealed AND n.state IN ('offered', 'accepted', 'settled'))::integer AS now,
                               (NOT o.sealed AND o.state IN ('offered', 'accepted', 'settled'))::integer AS before) c,
               LATERAL (SELECT DISTINCT unnest(ARRAY['all', n."group"::text]) AS g) q
          WHERE c.now + c.before > 0
          GROUP BY n.municipality_id, n.year, q.g ORDER BY n.municipality_id, n.year, q.g <> 'all', q.g) t;
  -- A household that became protected: its settled persons leave the count that others see.
  PERFORM bosett_refresh_quota(t.municipality_id, t.year, t.g)
    FROM (SELECT DISTINCT n.municipality_id, n.year, q.g FROM changed n JOIN was o ON o.id = n.id,
                 LATERAL (SELECT unnest(ARRAY['all', n."group"::text]) AS g) q
          WHERE n.sealed <> o.sealed ORDER BY n.municipality_id, n.year, q.g) t;
  PERFORM bosett_households_follow(ARRAY(SELECT n.id FROM changed n JOIN was o ON o.id = n.id WHERE n.state <> o.state));
  RETURN NULL;
END $$;

CREATE TRIGGER assignments_stored AFTER INSERT ON records_assignment
  REFERENCING NEW TABLE AS stored FOR EACH STATEMENT EXECUTE FUNCTION bosett_assignments_stored();
CREATE TRIGGER assignments_changed AFTER UPDATE ON records_assignment
  REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bosett_assignments_changed();

CREATE FUNCTION bosett_settlements_stored() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM stored s WHERE NOT EXISTS (
      SELECT FROM records_assignment t JOIN records_person p ON p.household_id = t.household_id
      WHERE t.id = s.assignment_id AND p.id = s.person_id AND t.municipality_id = s.municipality_id
        AND t.state IN ('accepted', 'settled'))) THEN
    RAISE EXCEPTION 'settlement_before_assignment' USING ERRCODE = 'BS002';
  END IF;
  PERFORM bosett_count_settled(t.municipality_id, t.year, t.g, t.persons)
    FROM (SELECT a.municipality_id, a.year, q.g, count(*) AS persons
          FROM stored s JOIN records_assignment a ON a.id = s.assignment_id AND NOT a.sealed,
               LATERAL (SELECT DISTINCT unnest(ARRAY['all', a."group"::text]) AS g) q
          GROUP BY a.municipality_id, a.year, q.g ORDER BY a.municipality_id, a.year, q.g <> 'all', q.g) t;
  RETURN NULL;
END $$;

CREATE FUNCTION bosett_count_settled(m text, y integer, g text, persons bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM bosett_lock_quota(m, y, g);
  UPDATE records_quota SET settled = settled + persons WHERE municipality_id = m AND year = y AND "group" = g;
END $$;
CREATE TRIGGER settlements_stored AFTER INSERT ON records_settlement
  REFERENCING NEW TABLE AS stored FOR EACH STATEMENT EXECUTE FUNCTION bosett_settlements_stored();
CREATE TRIGGER settled_is_a_fact BEFORE DELETE ON records_settlement
  FOR EACH ROW EXECUTE FUNCTION bosett_never_change();

-- When everybody left in a household has moved to the same municipality, that one holds the file.
CREATE FUNCTION bosett_file_follows_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE home uuid; lives_in text[];
BEGIN
  SELECT household_id INTO home FROM records_person WHERE id = NEW.person_id;
  SELECT array_agg(DISTINCT coalesce((SELECT m.to_municipality_id FROM records_move m WHERE m.person_id = p.id
                                      ORDER BY m.moved_on DESC LIMIT 1), s.municipality_id))
    INTO lives_in FROM records_person p JOIN records_settlement s ON s.person_id = p.id
    WHERE p.household_id = home AND p.left_on IS NULL;
  IF cardinality(lives_in) = 1 THEN
    UPDATE records_household SET assigned_municipality_id = lives_in[1], version = version + 1 WHERE id = home;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER file_follows_move AFTER INSERT ON records_move
  FOR EACH ROW EXECUTE FUNCTION bosett_file_follows_move();

-- Spans of one thing do not overlap (no btree_gist in the embedded server, so a trigger under a lock).
CREATE FUNCTION bosett_spans_do_not_overlap() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM 1 FROM records_centre WHERE id = NEW.centre_id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM records_centreplaces o WHERE o.centre_id = NEW.centre_id AND o.kind = NEW.kind
             AND o.id <> NEW.id AND daterange(o.starts_on, o.ends_on) && daterange(NEW.starts_on, NEW.ends_on)) THEN
    RAISE EXCEPTION 'spans_overlap' USING ERRCODE = 'BS004', DETAIL = format('centre=%s', NEW.centre_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER spans_do_not_overlap AFTER INSERT OR UPDATE ON records_centreplaces
  FOR EACH ROW EXECUTE FUNCTION bosett_spans_do_not_overlap();

REVOKE INSERT, UPDATE, DELETE ON records_quota FROM {app};
