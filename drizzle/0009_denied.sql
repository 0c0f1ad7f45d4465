CREATE TABLE "denied" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "denied_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"standing" text NOT NULL,
	"what" text NOT NULL,
	"needs" text,
	"source" text NOT NULL,
	"incident_id" uuid
);
--> statement-breakpoint
CREATE INDEX "denied_workspace" ON "denied" USING btree ("workspace","id");
--> statement-breakpoint
-- As of audit and revision: rows are only ever added, and go when the owner purges their whole workspace. ALWAYS: also where a session calls itself a replica.
CREATE FUNCTION muster_denied_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' THEN
    IF current_setting('muster.purging_workspace', true) = old.workspace THEN
      RETURN old;
    END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are only ever added: % refused', tg_table_name, lower(tg_op)
    USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER denied_append_only BEFORE UPDATE OR DELETE ON denied
  FOR EACH ROW EXECUTE FUNCTION muster_denied_append_only();--> statement-breakpoint
CREATE TRIGGER denied_never_truncated BEFORE TRUNCATE ON denied
  FOR EACH STATEMENT EXECUTE FUNCTION muster_denied_append_only();--> statement-breakpoint
ALTER TABLE denied ENABLE ALWAYS TRIGGER denied_append_only;--> statement-breakpoint
ALTER TABLE denied ENABLE ALWAYS TRIGGER denied_never_truncated;
