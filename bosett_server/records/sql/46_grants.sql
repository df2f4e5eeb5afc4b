-- A computed line is a record: it is replaced by a newer one, never changed or deleted.
-- Whether it is sealed follows the household's protection, also when that is set later.

CREATE FUNCTION bosett_grant_line_is_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.sealed := coalesce((SELECT h.protection <> 'none'
    FROM records_person p JOIN records_household h ON h.id = p.household_id WHERE p.id = NEW.person_id), false);
  RETURN NEW;
END $$;
CREATE TRIGGER grant_line_is_sealed BEFORE INSERT ON records_grantline
  FOR EACH ROW EXECUTE FUNCTION bosett_grant_line_is_sealed();
CREATE TRIGGER grant_claim_is_sealed BEFORE INSERT ON records_grantclaim
  FOR EACH ROW EXECUTE FUNCTION bosett_grant_line_is_sealed();

CREATE FUNCTION bosett_protection_seals_grants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE records_grantline g SET sealed = (NEW.protection <> 'none')
    FROM records_person p WHERE p.id = g.person_id AND p.household_id = NEW.id;
  UPDATE records_grantclaim c SET sealed = (NEW.protection <> 'none')
    FROM records_person p WHERE p.id = c.person_id AND p.household_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER protection_seals_grants AFTER UPDATE OF protection ON records_household
  FOR EACH ROW WHEN (OLD.protection IS DISTINCT FROM NEW.protection)
  EXECUTE FUNCTION bosett_protection_seals_grants();

CREATE FUNCTION bosett_grant_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR to_jsonb(OLD) - ARRAY['superseded_at', 'sealed'] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['superseded_at', 'sealed']
     OR (OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at) THEN
    RAISE EXCEPTION 'grant_line_is_never_overwritten' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grant_line_is_kept BEFORE UPDATE OR DELETE ON records_grantline
  FOR EACH ROW EXECUTE FUNCTION bosett_grant_line_is_kept();

-- Sums for lists: the same rows as the reader's own policy would show, without asking it for each of them.
-- Sealed lines are in no sum; a municipality gets its own.
CREATE FUNCTION bosett_grant_sums(years integer[], place text)
RETURNS TABLE (municipality text, year integer, scheme text, status text, rule text, lines bigint, amount_nok bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT g.municipality_id::text, g.year::integer, g.scheme::text, g.status::text, g.rule::text,
         count(*), sum(g.amount_nok)
  FROM records_grantline g
  WHERE g.year = ANY (years) AND g.superseded_at IS NULL AND NOT g.sealed
    AND (place = '' OR g.municipality_id = place)
    AND ((SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system'))
         OR ((SELECT bosett_is('municipality_coordinator'))
             AND g.municipality_id = ANY ((SELECT bosett_municipalities())::text[])))
  GROUP BY g.municipality_id, g.year, g.scheme, g.status, g.rule
$$;

-- Settled persons on family ground of whom it is not stored whom they joined, by municipality of settlement.
CREATE FUNCTION bosett_ground_not_stored(before date, place text) RETURNS TABLE (municipality text, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.municipality_id::text, count(*)
  FROM records_person p JOIN records_settlement s ON s.person_id = p.id
    JOIN records_household h ON h.id = p.household_id
  WHERE p.basis = 'family' AND p.reference_basis = '' AND p.mother_settled_on IS NULL AND h.protection = 'none'
    AND s.settled_on < before AND (place = '' OR s.municipality_id = place)
    AND ((SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system'))
         OR ((SELECT bosett_is('municipality_coordinator'))
             AND s.municipality_id = ANY ((SELECT bosett_municipalities())::text[])))
  GROUP BY s.municipality_id
$$;

-- Claims.  The agency of a scheme decides; what is decided or withdrawn stays; nobody decides on what they recorded.
CREATE FUNCTION bosett_claim_of_udi(scheme text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT scheme IN ('host_base', 'host_place', 'amot', 'mamot') $$;

CREATE FUNCTION bosett_decides_claims(scheme text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT bosett_is('system') OR (bosett_claim_of_udi(scheme) AND bosett_is('udi_reception'))
       OR (NOT bosett_claim_of_udi(scheme) AND bosett_is('imdi_caseworker', 'imdi_lead')) $$;

CREATE FUNCTION bosett_grant_claim_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'sealed' IS NOT DISTINCT FROM to_jsonb(NEW) - 'sealed' THEN
    RETURN NEW;
  END IF;
  IF OLD.state IN ('refused', 'withdrawn') OR (OLD.state = 'granted' AND NEW.state <> 'withdrawn') THEN
    RAISE EXCEPTION 'claim_decided_already' USING ERRCODE = 'BS003';
  END IF;
  IF ROW (NEW.municipality_id, NEW.scheme, NEW.person_id)
     IS DISTINCT FROM ROW (OLD.municipality_id, OLD.scheme, OLD.person_id) THEN
    RAISE EXCEPTION 'claim_is_for_somebody_else' USING ERRCODE = 'BS003';
  END IF;
  IF NEW.state IN ('granted', 'refused') AND NOT bosett_decides_claims(NEW.scheme) THEN
    RAISE EXCEPTION 'claim_of_another_agency' USING ERRCODE = 'BS003';
  END IF;
  IF NEW.state IN ('granted', 'refused') AND NEW.decided_by_id = OLD.recorded_by_id THEN
    RAISE EXCEPTION 'decided_by_who_recorded' USING ERRCODE = 'BS003';
  END IF;
  IF NEW.extended_to IS DISTINCT FROM OLD.extended_to AND NOT bosett_decides_claims(NEW.scheme) THEN
    RAISE EXCEPTION 'claim_of_another_agency' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grant_claim_is_kept BEFORE UPDATE ON records_grantclaim
  FOR EACH ROW EXECUTE FUNCTION bosett_grant_claim_is_kept();
CREATE TRIGGER keep_history AFTER UPDATE ON records_grantclaim
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();

-- Frames: those with the same course of grants, counted without asking each row's policy; for the service itself only.
-- Protected persons count in the country (place = '') only.  Family, and who has moved, come one by one.
CREATE FUNCTION bosett_course_groups(place text, first_july date)
RETURNS TABLE (settled_year integer, age integer, basis text, single_adult boolean, counted boolean, minor boolean,
               born integer, settled_month integer, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT extract(year FROM s.settled_on)::integer, extract(year FROM age(s.settled_on, p.birth_date))::integer,
         p.basis::text, p.single_adult, s.settled_on <= first_july, p.unaccompanied_minor,
         CASE WHEN p.unaccompanied_minor THEN extract(year FROM p.birth_date)::integer END,
         CASE WHEN p.unaccompanied_minor THEN extract(month FROM s.settled_on)::integer END, count(*)
  FROM records_settlement s JOIN records_person p ON p.id = s.person_id
    JOIN records_household h ON h.id = p.household_id
  WHERE (SELECT bosett_is('system')) AND p.left_on IS NULL AND p.basis <> 'family'
    AND NOT EXISTS (SELECT 1 FROM records_move m WHERE m.person_id = p.id)
    AND (place = '' OR (s.municipality_id = place AND h.protection = 'none'))
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
$$;

CREATE FUNCTION bosett_settled_apart(place text)
RETURNS TABLE (person_id uuid, municipality_id text, settled_on date, birth_date date, household_id uuid,
               single_adult boolean, unaccompanied_minor boolean, basis text, reference_basis text,
               reference_settled_on date, family_applied_on date, mother_settled_on date, left_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, s.municipality_id::text, s.settled_on, p.birth_date, p.household_id, p.single_adult,
         p.unaccompanied_minor, p.basis::text, p.reference_basis::text, p.reference_settled_on,
         p.family_applied_on, p.mother_settled_on, p.left_on
  FROM records_settlement s JOIN records_person p ON p.id = s.person_id
    JOIN records_household h ON h.id = p.household_id
    -- Joined, not asked for each person: the plan is then as good when it is kept for every place.
    LEFT JOIN (SELECT m.person_id AS id, bool_or(m.to_municipality_id = place) AS hither
               FROM records_move m GROUP BY m.person_id) moved ON moved.id = p.id
  WHERE (SELECT bosett_is('system')) AND p.left_on IS NULL
    AND (p.basis = 'family' OR moved.id IS NOT NULL)
    AND (place = '' OR (h.protection = 'none' AND (s.municipality_id = place OR moved.hither)))
  ORDER BY p.id
$$;

-- What changes when a settlement, a move, a leaving or a protection does: frames are then made anew.
CREATE FUNCTION bosett_settled_version() RETURNS TABLE (settled bigint, moved bigint, gone bigint, protected bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT (SELECT max(id) FROM records_settlement), (SELECT max(id) FROM records_move),
         (SELECT count(*) FROM records_person WHERE left_on IS NOT NULL),
         (SELECT count(*) FROM records_household WHERE protection <> 'none')
  WHERE (SELECT bosett_is('system'))
$$;
