ALTER TABLE "incident" ADD COLUMN "links" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- A third thing may happen to rows of audit and revision: what they say of one entry is taken out, by
-- muster_redact. The trigger itself sees to it that nothing but a taking out passes, and only where a
-- row of the audit says who redacted which entry, and why: names, digests and hashes stay.
CREATE OR REPLACE FUNCTION muster_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND tg_table_name = 'audit' THEN
    IF to_jsonb(old) ->> 'hash' IS NULL AND to_jsonb(new) ->> 'hash' LIKE '@%'
      AND to_jsonb(old) - 'hash' = to_jsonb(new) - 'hash' THEN
      RETURN new;
    END IF;
    IF to_jsonb(old) - 'action' - 'seals' = to_jsonb(new) - 'action' - 'seals'
      AND (new.action = old.action OR new.action = jsonb_build_object(
        'type', old.action -> 'type', 'redacted', new.action -> 'redacted'))
      AND jsonb_path_query_array(new.seals, '$[*].digest') IS NOT DISTINCT FROM jsonb_path_query_array(old.seals, '$[*].digest')
      AND jsonb_path_query_array(new.seals, '$[*].of') IS NOT DISTINCT FROM jsonb_path_query_array(old.seals, '$[*].of')
      AND NOT EXISTS (
        SELECT 1 FROM jsonb_array_elements(new.seals) WITH ORDINALITY n(seal, place)
          JOIN jsonb_array_elements(old.seals) WITH ORDINALITY o(seal, place) USING (place)
          WHERE n.seal ->> 'salt' NOT IN ('', o.seal ->> 'salt') OR n.seal - 'salt' <> o.seal - 'salt')
      AND muster_redacts(new.incident_id, current_setting('muster.redacting', true)) THEN
      RETURN new;
    END IF;
  END IF;
  IF tg_op = 'UPDATE' AND tg_table_name = 'revision' THEN
    IF to_jsonb(old) - 'before' - 'reason' = to_jsonb(new) - 'before' - 'reason'
      AND to_jsonb(new) -> 'reason' = 'null'::jsonb
      AND to_jsonb(new) -> 'before' ->> 'text' = 'Redacted'
      AND muster_redacts(new.incident_id, current_setting('muster.redacting', true)) THEN
      RETURN new;
    END IF;
  END IF;
  IF tg_op = 'DELETE' THEN
    IF current_setting('muster.purging', true) = old.incident_id::text THEN
      RETURN old;
    END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are only ever added: % refused', tg_table_name, lower(tg_op)
    USING ERRCODE = 'insufficient_privilege',
      HINT = 'To remove an incident whose time is up: select muster_purge(workspace, number, drill, reason)';
END $$;
--> statement-breakpoint
-- Whether the change `seq` of an incident is a redaction, as the audit tells it.
CREATE FUNCTION muster_redacts(redacted_incident uuid, redaction text)
RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM audit WHERE incident_id = redacted_incident
    AND seq = nullif(redaction, '')::int AND action ->> 'type' = 'redact' AND actor IS NOT NULL);
$$;
--> statement-breakpoint
-- Takes what one entry said out of audit and revision. With the rights of the owner, so that the role
-- that Muster works as can do this and nothing else to them; what to put in the place of each revision
-- is handed over, and verify holds it against what a redaction leaves. `redaction` is the change of the
-- audit that says it. Whatever wrote the entry loses its action and the salts of its digests: without a
-- salt nobody can guess from a digest what was there.
CREATE FUNCTION muster_redact(redacted_incident uuid, redaction integer, left_over jsonb)
RETURNS TABLE (seq integer, at timestamp with time zone, actor text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  entry_no integer;
  writers integer[];
BEGIN
  SELECT (a.action ->> 'entry')::int INTO entry_no FROM audit a
    WHERE a.incident_id = redacted_incident AND a.seq = redaction AND a.action ->> 'type' = 'redact';
  IF entry_no IS NULL OR NOT muster_redacts(redacted_incident, redaction::text) THEN
    RAISE EXCEPTION 'change % is no redaction', redaction USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- What wrote it: by its seals; with a version that had none, by when it was written or corrected.
  SELECT coalesce(array_agg(a.seq), '{}') INTO writers FROM audit a
    WHERE a.incident_id = redacted_incident AND a.seq < redaction
      AND a.action ->> 'type' NOT IN ('seal', 'redact')
      AND (EXISTS (SELECT 1 FROM jsonb_array_elements(a.seals) s
          WHERE s ->> 'of' ~ ('^(entry|revision) ' || entry_no || '\.'))
        OR (a.seals IS NULL AND (a.at = (SELECT e.recorded_at FROM entry e
              WHERE e.incident_id = redacted_incident AND e.no = entry_no)
          OR a.seq IN (SELECT r.seq FROM revision r
              WHERE r.incident_id = redacted_incident AND r.entry = entry_no))));
  PERFORM set_config('muster.redacting', redaction::text, true);
  UPDATE audit a SET
    action = CASE WHEN a.seq = ANY(writers)
      THEN jsonb_build_object('type', a.action -> 'type', 'redacted', redaction) ELSE a.action END,
    seals = (SELECT jsonb_agg(CASE
        WHEN s.seal ->> 'of' ~ ('^(entry|revision) ' || entry_no || '\.') OR s.seal ->> 'of' = 'incident'
          OR (s.seal ->> 'of' = 'action' AND a.seq = ANY(writers))
          OR (s.seal ->> 'of' LIKE 'change %' AND substr(s.seal ->> 'of', 8)::int = ANY(writers))
        THEN s.seal || '{"salt":""}' ELSE s.seal END ORDER BY s.place)
      FROM jsonb_array_elements(a.seals) WITH ORDINALITY s(seal, place))
    WHERE a.incident_id = redacted_incident AND a.seq < redaction
      AND a.seq >= (SELECT min(w) FROM unnest(writers) w)
      AND (a.seals IS NOT NULL OR a.seq = ANY(writers));
  UPDATE revision r SET before = left_over -> r.revision::text, reason = NULL
    WHERE r.incident_id = redacted_incident AND r.entry = entry_no AND r.seq < redaction;
  PERFORM set_config('muster.redacting', '', true);
  RETURN QUERY SELECT a.seq, a.at, a.actor FROM audit a
    WHERE a.incident_id = redacted_incident AND a.seq = ANY(writers);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION muster_redact(uuid, integer, jsonb) FROM PUBLIC;
