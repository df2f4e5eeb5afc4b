-- The second wall.  One block a table: who reads, who writes.  FORCE, so that owning a table is no way round;
-- the owner's own functions pass by the policy `owner_all`.  (SELECT f()) lets the planner ask once a statement.

CREATE PROCEDURE bosett_guard(table_name text, reads text, inserts text, updates text, deletes text DEFAULT 'false')
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format('CREATE POLICY owner_all ON %I TO {owner} USING (true) WITH CHECK (true)', table_name);
  EXECUTE format('CREATE POLICY app_reads ON %I FOR SELECT TO {app} USING (%s)', table_name, reads);
  EXECUTE format('CREATE POLICY app_inserts ON %I FOR INSERT TO {app} WITH CHECK (%s)', table_name, inserts);
  EXECUTE format('CREATE POLICY app_updates ON %I FOR UPDATE TO {app} USING (%s) WITH CHECK (true)',
                 table_name, updates);
  EXECUTE format('CREATE POLICY app_deletes ON %I FOR DELETE TO {app} USING (%s)', table_name, deletes);
END $$;

CALL bosett_guard('records_household', $$
  (protection = 'none' OR id = ANY ((SELECT bosett_named())::uuid[]) OR (SELECT bosett_is('system')))
  AND CASE (SELECT bosett_role())
    WHEN 'imdi_caseworker' THEN true
    WHEN 'imdi_lead' THEN true
    WHEN 'system' THEN true
    WHEN 'udi_reception' THEN stage NOT IN ('settled')
    WHEN 'bufetat' THEN "group" = 'em_under15'
    WHEN 'centre' THEN centre_id = (SELECT bosett_centre()) AND stage NOT IN ('settled', 'left')
    WHEN 'municipality_coordinator' THEN assigned_municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    WHEN 'household' THEN id = (SELECT bosett_household())
    WHEN 'representative' THEN id = (SELECT bosett_household())
    ELSE false END $$,
  $$ (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'system', 'centre', 'bufetat',
                       'municipality_coordinator')) $$);

CALL bosett_guard('records_person',
  $$ EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'system', 'centre',
                       'municipality_coordinator'))
     AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'system', 'centre',
                       'municipality_coordinator')) $$);

CALL bosett_guard('records_interview',
  $$ EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('centre', 'bufetat', 'imdi_caseworker', 'imdi_lead', 'system'))
     AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('centre', 'bufetat', 'household', 'representative', 'system')) $$);

CALL bosett_guard('records_lifeevent',
  $$ EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ NOT (SELECT bosett_is('public', 'auditor', 'admin')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'bufetat', 'system')) $$);

-- A stay is taken away only when a move between centres is undone before anything has built on it.
CALL bosett_guard('records_stay',
  $$ EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('udi_reception', 'system')) $$,
  $$ (SELECT bosett_is('udi_reception', 'imdi_caseworker', 'imdi_lead', 'municipality_coordinator', 'system')) $$,
  $$ (SELECT bosett_is('udi_reception')) AND left_on IS NULL $$);

CALL bosett_guard('records_placementrun',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$);

CALL bosett_guard('records_proposal',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system'))
     AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$);

CALL bosett_guard('records_assignment', $$
  CASE (SELECT bosett_role())
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
      AND (NOT sealed OR household_id = ANY ((SELECT bosett_named())::uuid[]))
    ELSE EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) END $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'municipality_coordinator', 'system')) $$);

CALL bosett_guard('records_enquiry',
  $$ EXISTS (SELECT 1 FROM records_assignment a WHERE a.id = assignment_id) $$,
  $$ (SELECT bosett_is('municipality_coordinator', 'system'))
     AND EXISTS (SELECT 1 FROM records_assignment a WHERE a.id = assignment_id) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$);

CALL bosett_guard('records_selfsettlement', $$
  CASE (SELECT bosett_role())
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    ELSE EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) END $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'municipality_coordinator', 'system')) $$);

CALL bosett_guard('records_settlement',
  $$ EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id) $$,
  $$ (SELECT bosett_is('municipality_coordinator', 'system'))
     AND EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id) $$,
  'false');

CALL bosett_guard('records_move', $$
  EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id) $$,
  $$ (SELECT bosett_is('municipality_coordinator', 'imdi_caseworker', 'imdi_lead', 'system')) $$,
  'false');

-- A municipality sees its own lines, also for somebody who has moved on; a sealed line only who sees the person.
CALL bosett_guard('records_grantline', $$
  CASE (SELECT bosett_role())
    WHEN 'system' THEN true
    WHEN 'imdi_caseworker' THEN NOT sealed OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id)
    WHEN 'imdi_lead' THEN NOT sealed OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id)
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
      AND (NOT sealed OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id))
    ELSE false END $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

-- A claim: the municipality that claims, IMDi, and UDI for what it pays; a sealed one only who sees the person.
CALL bosett_guard('records_grantclaim', $$
  CASE (SELECT bosett_role())
    WHEN 'system' THEN true
    WHEN 'udi_reception' THEN bosett_claim_of_udi(scheme)
    WHEN 'imdi_caseworker' THEN NOT sealed OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id)
    WHEN 'imdi_lead' THEN NOT sealed OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id)
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
      AND (NOT sealed OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id))
    ELSE false END $$,
  $$ state <> 'granted' AND state <> 'refused' AND CASE (SELECT bosett_role())
       WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
         AND (person_id IS NULL OR EXISTS (SELECT 1 FROM records_person p WHERE p.id = person_id))
       ELSE bosett_decides_claims(scheme) END $$,
  $$ bosett_decides_claims(scheme)
     OR ((SELECT bosett_is('municipality_coordinator'))
         AND municipality_id = ANY ((SELECT bosett_municipalities())::text[])) $$);

-- Numbers: everybody who works with them; the household and the public do not read them raw.
CALL bosett_guard('records_versionedfigure',
  $$ NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin')) $$,
  $$ CASE (SELECT bosett_role())
       WHEN 'imdi_lead' THEN true
       WHEN 'system' THEN true
       WHEN 'municipality_decider' THEN what = 'voted' AND municipality_id = ANY (bosett_municipalities())
       ELSE false END $$,
  $$ CASE (SELECT bosett_role())
       WHEN 'imdi_lead' THEN true
       WHEN 'system' THEN true
       WHEN 'municipality_decider' THEN what = 'voted' AND municipality_id = ANY (bosett_municipalities())
       ELSE false END $$);

CALL bosett_guard('records_round',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system'))
     OR (state = 'sent' AND NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin'))) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead')) AND state = 'draft' $$);

CALL bosett_guard('records_roundline',
  $$ EXISTS (SELECT 1 FROM records_round r WHERE r.id = round_id)
     AND (NOT (SELECT bosett_is('county'))
          OR left(municipality_id, 2) = (SELECT bosett_county())) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead')) $$);

-- Criteria under trial are their author's until shared, and then IMDi's.
CALL bosett_guard('records_criteriaset',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead'))
     AND (owner_id = (SELECT bosett_user()) OR shared_at IS NOT NULL)
     OR (SELECT bosett_is('system')) $$,
  $$ owner_id = (SELECT bosett_user()) OR (SELECT bosett_is('system')) $$,
  $$ owner_id = (SELECT bosett_user()) $$, $$ owner_id = (SELECT bosett_user()) $$);
CALL bosett_guard('records_indicator',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead'))
     AND (owner_id = (SELECT bosett_user()) OR shared_at IS NOT NULL)
     OR (SELECT bosett_is('system')) $$,
  $$ owner_id = (SELECT bosett_user()) OR (SELECT bosett_is('system')) $$,
  $$ owner_id = (SELECT bosett_user()) $$, $$ owner_id = (SELECT bosett_user()) $$);

-- A body that is heard sees what was put before it, and writes its own word.
CALL bosett_guard('records_hearing', $$
  CASE (SELECT bosett_role())
    WHEN 'imdi_caseworker' THEN true
    WHEN 'imdi_lead' THEN true
    WHEN 'system' THEN true
    WHEN 'ministry' THEN true
    WHEN 'ks' THEN body = 'ks'
    WHEN 'county' THEN body = (SELECT bosett_county())
    ELSE false END $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) OR (heard = 'ks' AND (SELECT bosett_is('ks')))
     OR (heard = 'county' AND (SELECT bosett_is('county')) AND body = (SELECT bosett_county())) $$,
  $$ (SELECT bosett_is('imdi_lead')) $$);

-- Letters of a round are open papers between State and municipality; KS has a copy, a county those of its own.
CALL bosett_guard('records_letterjob',
  $$ (SELECT bosett_is('imdi_caseworker', 'imdi_lead', 'system')) $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$);
CALL bosett_guard('records_roundletter', $$
  CASE (SELECT bosett_role())
    WHEN 'imdi_caseworker' THEN true
    WHEN 'imdi_lead' THEN true
    WHEN 'system' THEN true
    WHEN 'ks' THEN true
    WHEN 'county' THEN left(municipality_id, 2) = (SELECT bosett_county())
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    WHEN 'municipality_decider' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    ELSE false END $$,
  $$ (SELECT bosett_is('imdi_lead', 'system')) $$, $$ (SELECT bosett_is('imdi_lead', 'system')) $$);

-- What came with an answer is for those who follow the answers up, and the municipality itself: not for its neighbours.
CALL bosett_guard('records_answerdetail', $$
  CASE (SELECT bosett_role())
    WHEN 'imdi_caseworker' THEN true
    WHEN 'imdi_lead' THEN true
    WHEN 'system' THEN true
    WHEN 'ks' THEN true
    WHEN 'ministry' THEN true
    WHEN 'county' THEN EXISTS (SELECT 1 FROM records_versionedfigure f
      WHERE f.id = figure_id AND left(f.municipality_id, 2) = (SELECT bosett_county()))
    WHEN 'municipality_coordinator' THEN EXISTS (SELECT 1 FROM records_versionedfigure f
      WHERE f.id = figure_id AND f.municipality_id = ANY ((SELECT bosett_municipalities())::text[]))
    WHEN 'municipality_decider' THEN EXISTS (SELECT 1 FROM records_versionedfigure f
      WHERE f.id = figure_id AND f.municipality_id = ANY ((SELECT bosett_municipalities())::text[]))
    ELSE false END $$,
  $$ (SELECT bosett_is('imdi_lead', 'system'))
     OR ((SELECT bosett_is('municipality_decider')) AND EXISTS (SELECT 1 FROM records_versionedfigure f
         WHERE f.id = figure_id AND f.municipality_id = ANY ((SELECT bosett_municipalities())::text[]))) $$,
  'false');

CALL bosett_guard('records_quota',
  $$ NOT (SELECT bosett_is('household', 'representative', 'public', 'auditor', 'admin', 'centre')) $$,
  'false', 'false');

CALL bosett_guard('records_openedplace', $$
  CASE (SELECT bosett_role())
    WHEN 'imdi_caseworker' THEN true
    WHEN 'imdi_lead' THEN true
    WHEN 'system' THEN true
    WHEN 'municipality_coordinator' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    WHEN 'municipality_decider' THEN municipality_id = ANY ((SELECT bosett_municipalities())::text[])
    ELSE false END
  AND (NOT sealed OR household_id = ANY ((SELECT bosett_named())::uuid[]) OR (SELECT bosett_is('system'))) $$,
  $$ (SELECT bosett_is('system')) OR municipality_id = ANY ((SELECT bosett_municipalities())::text[]) $$,
  $$ (SELECT bosett_is('system')) OR municipality_id = ANY ((SELECT bosett_municipalities())::text[]) $$);

-- Reception: an opening not yet announced is UDI's alone, and so is every contract.
CALL bosett_guard('records_centre',
  $$ (SELECT bosett_is('udi_reception', 'system'))
     OR (announced_on IS NOT NULL AND NOT (SELECT bosett_is('public', 'auditor'))) $$,
  $$ (SELECT bosett_is('udi_reception', 'system')) $$, $$ (SELECT bosett_is('udi_reception', 'system')) $$);
CALL bosett_guard('records_centreplaces',
  $$ EXISTS (SELECT 1 FROM records_centre c WHERE c.id = centre_id) AND NOT (SELECT bosett_is('admin')) $$,
  $$ (SELECT bosett_is('udi_reception', 'system')) $$, $$ (SELECT bosett_is('udi_reception', 'system')) $$);
CALL bosett_guard('records_contract', $$ (SELECT bosett_is('udi_reception', 'system')) $$,
  $$ (SELECT bosett_is('udi_reception', 'system')) $$, $$ (SELECT bosett_is('udi_reception', 'system')) $$);

-- The household's printed way in: made by its centre, redeemed only through `bosett_redeem_code`.
CALL bosett_guard('records_onetimecode',
  $$ (SELECT bosett_is('centre', 'system')) AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('centre')) AND EXISTS (SELECT 1 FROM records_household h WHERE h.id = household_id) $$,
  $$ (SELECT bosett_is('centre', 'system')) $$);

-- Inbox and work habits.
CALL bosett_guard('records_notice', $$
  to_user_id = (SELECT bosett_user())
  OR (to_user_id IS NULL AND to_role = (SELECT bosett_role())
      AND (municipality_id IS NULL OR municipality_id = ANY ((SELECT bosett_municipalities())::text[]))
      AND (centre_id IS NULL OR centre_id = (SELECT bosett_centre()))
      AND (county_id IS NULL OR county_id = (SELECT bosett_county()))
      AND (household_id IS NULL OR household_id = (SELECT bosett_household())))
  OR (SELECT bosett_is('system')) $$,
  'false',
  $$ true $$);
CALL bosett_guard('records_noticeread', $$ user_id = (SELECT bosett_user()) $$,
  $$ user_id = (SELECT bosett_user()) $$, 'false');
CALL bosett_guard('records_savedview', $$
  owner_id = (SELECT bosett_user())
  OR (shared_role = (SELECT bosett_role())
      AND (shared_municipality_id IS NULL
           OR shared_municipality_id = ANY ((SELECT bosett_municipalities())::text[]))) $$,
  $$ owner_id = (SELECT bosett_user()) $$, $$ owner_id = (SELECT bosett_user()) $$,
  $$ owner_id = (SELECT bosett_user()) $$);

-- The log: the auditor reads it, nobody writes it (bosett_audit does).
CALL bosett_guard('records_auditevent', $$ (SELECT bosett_is('auditor', 'system')) $$, 'false', 'false');
CALL bosett_guard('records_auditseal', $$ (SELECT bosett_is('auditor', 'system')) $$, 'false', 'false');
CALL bosett_guard('records_rowhistory', 'false', 'false', 'false');

CALL bosett_guard('records_publishedtable', $$ (SELECT bosett_role()) IS NOT NULL $$,
  $$ (SELECT bosett_is('system', 'imdi_lead')) $$, 'false');

-- Notices are written for others to read, so the sender must not need to see them.
CREATE FUNCTION bosett_notify(notices jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE written integer;
BEGIN
  PERFORM bosett_role();
  INSERT INTO records_notice (code, to_role, municipality_id, centre_id, county_id, household_id, to_user_id,
                              facts, url, due_on, created_at)
  SELECT n.code, n.to_role, n.municipality_id, n.centre_id, n.county_id, n.household_id, n.to_user_id,
         coalesce(n.facts, '{}'), n.url, n.due_on, n.created_at
  FROM jsonb_to_recordset(notices) AS n(code text, to_role text, municipality_id text, centre_id bigint,
    county_id text, household_id uuid, to_user_id bigint, facts jsonb, url text, due_on date,
    created_at timestamptz);
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;

-- One way in for a household: a code that is right, unused, unexpired and goes with the second fact.
-- Gives the household and role once, or nothing; never for a protected address.
CREATE FUNCTION bosett_redeem_code(given_hash text, given_birth_date date, at timestamptz, tries integer,
                                   OUT household uuid, OUT role text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found_code records_onetimecode; fits boolean;
BEGIN
  SELECT * INTO found_code FROM records_onetimecode WHERE code_hash = given_hash FOR UPDATE;
  IF NOT FOUND OR found_code.used_at IS NOT NULL OR found_code.revoked_at IS NOT NULL
     OR found_code.expires_at <= at OR found_code.failed_attempts >= tries THEN
    RETURN;
  END IF;
  SELECT EXISTS (SELECT 1 FROM records_person p JOIN records_household h ON h.id = p.household_id
                 WHERE h.id = found_code.household_id AND h.protection = 'none' AND h.merged_into_id IS NULL
                   AND p.birth_date = given_birth_date AND p.left_on IS NULL) INTO fits;
  IF NOT fits THEN
    UPDATE records_onetimecode SET failed_attempts = failed_attempts + 1 WHERE id = found_code.id;
    RETURN;
  END IF;
  UPDATE records_onetimecode SET used_at = at WHERE id = found_code.id;
  household := found_code.household_id;
  role := found_code.for_role;
END $$;

-- The history of one household (its row and its persons' rows), for whoever may see that household now.
CREATE FUNCTION bosett_household_history(wanted uuid) RETURNS SETOF records_rowhistory
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT bosett_is('imdi_caseworker', 'imdi_lead')
     OR EXISTS (SELECT 1 FROM records_household WHERE id = wanted AND protection <> 'none'
                AND NOT (id = ANY (bosett_named()))) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT r.* FROM records_rowhistory r
    WHERE (r.table_name = 'records_household' AND r.row_id = wanted::text)
       OR (r.table_name = 'records_person'
           AND r.row_id IN (SELECT p.id::text FROM records_person p WHERE p.household_id = wanted))
    ORDER BY r.id;
END $$;
