-- A household's wishes stand on its own row, so that a list filtered by wish reads no interviews.
CREATE FUNCTION bosett_wishes_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE records_household h SET wished = newest.wishes
  FROM (SELECT ARRAY(SELECT jsonb_array_elements_text(i.wishes))::varchar[] AS wishes FROM records_interview i
        WHERE i.household_id = NEW.household_id AND i.closed_at IS NOT NULL
        ORDER BY i.held_on DESC, i.id DESC LIMIT 1) newest
  WHERE h.id = NEW.household_id AND h.wished IS DISTINCT FROM newest.wishes;
  RETURN NULL;
END $$;
CREATE TRIGGER wishes_follow AFTER INSERT OR UPDATE OF wishes, closed_at, held_on ON records_interview
  FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL) EXECUTE FUNCTION bosett_wishes_follow();
