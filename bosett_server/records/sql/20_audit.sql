-- The log: appended through one function of the owner, never changed.

CREATE FUNCTION bosett_audit(verb text, object_type text, object_id text, outcome text, facts jsonb)
RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO records_auditevent
    (at, user_id, role, scope, verb, object_type, object_id, outcome, facts, request_id)
  VALUES (clock_timestamp(), bosett_user(), bosett_role(), coalesce(current_setting('bosett.scope', true), ''),
          verb, object_type, object_id, outcome, facts, coalesce(current_setting('bosett.request_id', true), ''))
  RETURNING id
$$;

CREATE FUNCTION bosett_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'log_is_append_only' USING ERRCODE = 'BS003', DETAIL = format('table=%s', TG_TABLE_NAME);
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON records_auditevent
  FOR EACH ROW EXECUTE FUNCTION bosett_never_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON records_auditseal
  FOR EACH ROW EXECUTE FUNCTION bosett_never_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON records_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION bosett_never_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON records_auditseal
  FOR EACH STATEMENT EXECUTE FUNCTION bosett_never_change();

REVOKE INSERT, UPDATE, DELETE ON records_auditevent, records_auditseal FROM {app};

-- Events that no seal holds yet.  The SHARE lock waits for writers under way, so no id can appear later
-- below the last one; it gives up soon rather than hold up the house.
CREATE FUNCTION bosett_unsealed(at_most integer) RETURNS SETOF records_auditevent
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET lock_timeout = '500ms' AS $$
BEGIN
  IF NOT bosett_is('system') THEN
    RAISE EXCEPTION 'only_the_sealer_seals' USING ERRCODE = 'BS003';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('bosett_seal'));
  LOCK TABLE records_auditevent IN SHARE MODE;
  RETURN QUERY SELECT * FROM records_auditevent
    WHERE id > coalesce((SELECT max(to_id) FROM records_auditseal), 0) ORDER BY id LIMIT at_most;
END $$;

CREATE FUNCTION bosett_add_seal(from_id bigint, to_id bigint, row_count integer, root text, previous_head text,
                                head text, signature text, sealed_at timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_variable
DECLARE made bigint;
BEGIN
  IF NOT bosett_is('system') THEN
    RAISE EXCEPTION 'only_the_sealer_seals' USING ERRCODE = 'BS003';
  END IF;
  INSERT INTO records_auditseal (from_id, to_id, rows, root, previous_head, head, signature, sealed_at)
  VALUES (from_id, to_id, row_count, root, previous_head, head, signature, sealed_at)
  RETURNING records_auditseal.id INTO made;
  RETURN made;
END $$;

-- Earlier states of rows that change.  `wished` is a copy of what the interview says, which has its own history.
CREATE FUNCTION bosett_keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF to_jsonb(OLD) - 'wished' IS DISTINCT FROM to_jsonb(NEW) - 'wished' THEN
    INSERT INTO records_rowhistory (table_name, row_id, replaced_at, user_id, old_row)
    VALUES (TG_TABLE_NAME, OLD.id::text, clock_timestamp(), bosett_user(), to_jsonb(OLD));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER keep_history AFTER UPDATE ON records_household
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_person
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_interview
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_assignment
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
CREATE TRIGGER keep_history AFTER UPDATE ON records_centre
  FOR EACH ROW EXECUTE FUNCTION bosett_keep_history();
REVOKE ALL ON records_rowhistory FROM {app};
