-- Who is asking.  The service sets these per transaction (access/context.py); a missing context raises.

CREATE FUNCTION bosett_role() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE role text := nullif(current_setting('bosett.role', true), '');
BEGIN
  IF role IS NULL THEN
    RAISE EXCEPTION 'no_access_context' USING ERRCODE = 'BS100';
  END IF;
  RETURN role;
END $$;

CREATE FUNCTION bosett_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('bosett.user_id', true), '')::bigint $$;

CREATE FUNCTION bosett_municipalities() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('bosett.municipalities', true), ''), '{}')::text[] $$;

CREATE FUNCTION bosett_county() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('bosett.county', true), '') $$;

CREATE FUNCTION bosett_centre() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('bosett.centre_id', true), '')::bigint $$;

CREATE FUNCTION bosett_household() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('bosett.household_id', true), '')::uuid $$;

CREATE FUNCTION bosett_named() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('bosett.named', true), ''), '{}')::uuid[] $$;

-- In whose name the user speaks in the agreement: a party's code, municipalities' or a county's.
CREATE FUNCTION bosett_voices() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('bosett.voices', true), ''), '{}')::text[] $$;

CREATE FUNCTION bosett_is(VARIADIC roles text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT bosett_role() = ANY (roles) $$;
