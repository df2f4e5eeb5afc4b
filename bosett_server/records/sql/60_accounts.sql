-- Rights: given by somebody else, in one's own name, and seen by those who give them.

CREATE FUNCTION bosett_rights_are_given_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.user_id = bosett_user() OR (TG_OP = 'UPDATE' AND OLD.user_id = bosett_user()) THEN
    RAISE EXCEPTION 'nobody_changes_own_rights' USING ERRCODE = 'BS003';
  END IF;
  IF TG_OP = 'INSERT' AND bosett_user() IS NOT NULL AND NEW.granted_by_id IS DISTINCT FROM bosett_user() THEN
    RAISE EXCEPTION 'granted_in_own_name_only' USING ERRCODE = 'BS003';
  END IF;
  IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) - ARRAY['ends_on', 'reviewed_on', 'reviewed_by_id'])
     IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['ends_on', 'reviewed_on', 'reviewed_by_id']) THEN
    RAISE EXCEPTION 'a_grant_is_ended_not_changed' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER rights_are_given_by_others BEFORE INSERT OR UPDATE ON records_rolegrant
  FOR EACH ROW EXECUTE FUNCTION bosett_rights_are_given_by_others();
CREATE TRIGGER rights_are_given_by_others BEFORE INSERT OR UPDATE ON records_namedaccess
  FOR EACH ROW EXECUTE FUNCTION bosett_rights_are_given_by_others();

-- Who holds which role is read at log-in, before there is a context.
CALL bosett_guard('records_rolegrant', 'true',
  $$ (SELECT bosett_is('admin', 'system')) $$, $$ (SELECT bosett_is('admin', 'system')) $$);
-- Which households are protected is itself protected; who is named for one sees who else is.
CALL bosett_guard('records_namedaccess',
  $$ (SELECT bosett_is('imdi_lead', 'system')) OR household_id = ANY ((SELECT bosett_named())::uuid[]) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

-- A lead names users for a protected household by its reference without seeing the household.
CREATE FUNCTION bosett_protected_household(wanted text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT bosett_is('imdi_lead') THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT h.id FROM records_household h WHERE h.reference = wanted AND h.protection <> 'none');
END $$;

CREATE FUNCTION bosett_named_references() RETURNS TABLE (id bigint, reference text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT bosett_is('imdi_lead') THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT n.id, h.reference::text FROM records_namedaccess n JOIN records_household h ON h.id = n.household_id;
END $$;

-- The household's own page: it asks, the centre or IMDi answers.
CALL bosett_guard('records_householdrequest',
  $$ EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id)
     AND (SELECT bosett_is('household', 'representative', 'imdi_caseworker', 'imdi_lead', 'centre', 'bufetat', 'system')) $$,
  $$ (SELECT bosett_is('household', 'representative')) AND household_id = (SELECT bosett_household()) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'centre', 'bufetat')) $$);

-- Of its interview a household writes its comment and nothing else.
CREATE FUNCTION bosett_household_only_comments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF bosett_is('household', 'representative')
     AND (to_jsonb(OLD) - ARRAY['comment', 'comment_at']) IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['comment', 'comment_at']) THEN
    RAISE EXCEPTION 'only_the_comment_is_yours' USING ERRCODE = 'BS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER household_only_comments BEFORE UPDATE ON records_interview
  FOR EACH ROW EXECUTE FUNCTION bosett_household_only_comments();
