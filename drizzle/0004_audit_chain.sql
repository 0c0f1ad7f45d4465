CREATE TABLE "purged" (
	"workspace" text NOT NULL,
	"drill" boolean NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"chain" text NOT NULL,
	CONSTRAINT "purged_workspace_drill_number_pk" PRIMARY KEY("workspace","drill","number")
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "seals" jsonb;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "chain" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("incident_id") WHERE hash is null;--> statement-breakpoint
-- Rows of audit and revision are only ever added. Two things may happen to them besides: a row that a
-- version without the chain wrote is given its place in it, once; and the owner removes a whole
-- incident with muster_purge. ALWAYS: also where a session calls itself a replica.
CREATE FUNCTION muster_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND tg_table_name = 'audit' THEN
    IF to_jsonb(old) ->> 'hash' IS NULL AND to_jsonb(new) ->> 'hash' LIKE '@%'
      AND to_jsonb(old) - 'hash' = to_jsonb(new) - 'hash' THEN
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
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION muster_append_only();--> statement-breakpoint
CREATE TRIGGER audit_never_truncated BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION muster_append_only();--> statement-breakpoint
CREATE TRIGGER revision_append_only BEFORE UPDATE OR DELETE ON revision
  FOR EACH ROW EXECUTE FUNCTION muster_append_only();--> statement-breakpoint
CREATE TRIGGER revision_never_truncated BEFORE TRUNCATE ON revision
  FOR EACH STATEMENT EXECUTE FUNCTION muster_append_only();--> statement-breakpoint
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_append_only;--> statement-breakpoint
ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_never_truncated;--> statement-breakpoint
ALTER TABLE revision ENABLE ALWAYS TRIGGER revision_append_only;--> statement-breakpoint
ALTER TABLE revision ENABLE ALWAYS TRIGGER revision_never_truncated;--> statement-breakpoint
-- Removes one incident that is over, with everything of it, and leaves a row that says so. With the
-- rights of whoever calls it: a role that may not delete from audit cannot purge either.
CREATE FUNCTION muster_purge(purged_workspace text, purged_number integer, purged_drill boolean, purged_reason text)
RETURNS text LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  found_one incident%ROWTYPE;
BEGIN
  SELECT * INTO found_one FROM incident
    WHERE workspace = purged_workspace AND number = purged_number AND drill = purged_drill FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such incident';
  END IF;
  IF found_one.status NOT IN ('resolved', 'cancelled') THEN
    RAISE EXCEPTION 'it is not over: resolve or cancel it first';
  END IF;
  IF trim(coalesce(purged_reason, '')) = '' THEN
    RAISE EXCEPTION 'say why: the reason is kept';
  END IF;
  INSERT INTO purged (workspace, drill, number, at, by, reason, chain)
    VALUES (purged_workspace, purged_drill, purged_number, now(), session_user, purged_reason, found_one.chain);
  PERFORM set_config('muster.purging', found_one.id::text, true);
  DELETE FROM revision WHERE incident_id = found_one.id;
  DELETE FROM audit WHERE incident_id = found_one.id;
  PERFORM set_config('muster.purging', '', true);
  DELETE FROM outbox WHERE incident_id = found_one.id;
  DELETE FROM inbound WHERE incident_id = found_one.id;
  DELETE FROM post WHERE incident_id = found_one.id;
  DELETE FROM draft WHERE incident_id = found_one.id;
  DELETE FROM work WHERE incident_id = found_one.id;
  DELETE FROM timer WHERE incident_id = found_one.id;
  DELETE FROM milestone WHERE incident_id = found_one.id;
  DELETE FROM entry WHERE incident_id = found_one.id;
  DELETE FROM incident WHERE id = found_one.id;
  RETURN (CASE WHEN purged_drill THEN 'DRILL-' ELSE 'INC-' END) || purged_number || ' is purged';
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION muster_purge(text, integer, boolean, text) FROM PUBLIC;
