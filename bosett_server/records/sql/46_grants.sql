-- A computed line is a record: it is replaced by a newer one, never changed or deleted.
-- Whether it is sealed follows the household's protection, also when that is set later.

CREATE FUNCTION bosett_grant_line_is_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  SELECT h.protection <> 'none' INTO NEW.sealed
    FROM records_person p JOIN records_household h ON h.id = p.household_id WHERE p.id = NEW.person_id;
  RETURN NEW;
END $$;
CREATE TRIGGER grant_line_is_sealed BEFORE INSERT ON records_grantline
  FOR EACH ROW EXECUTE FUNCTION bosett_grant_line_is_sealed();

CREATE FUNCTION bosett_protection_seals_grants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE records_grantline g SET sealed = (NEW.protection <> 'none')
    FROM records_person p WHERE p.id = g.person_id AND p.household_id = NEW.id;
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
