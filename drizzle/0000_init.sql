CREATE TABLE "draft" (
	"incident_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"markdown" text NOT NULL,
	"message" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"based_on" integer NOT NULL,
	CONSTRAINT "draft_incident_id_version_pk" PRIMARY KEY("incident_id","version")
);
--> statement-breakpoint
CREATE TABLE "gate" (
	"scope" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbound" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"actor" text NOT NULL,
	"typed" text NOT NULL,
	"outcome" text NOT NULL,
	"reply" jsonb NOT NULL,
	"pending" jsonb,
	"incident_id" uuid,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbound_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace" text NOT NULL,
	"incident_id" uuid,
	"dest" text NOT NULL,
	"to" jsonb NOT NULL,
	"what" jsonb NOT NULL,
	"key" text NOT NULL,
	"collapse" text,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"unsure_since" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"lease_owner" text,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "person" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"zone" text,
	"admin" boolean NOT NULL,
	"guest" boolean NOT NULL,
	"bot" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "person_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "post" (
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	CONSTRAINT "post_incident_id_name_pk" PRIMARY KEY("incident_id","name")
);
--> statement-breakpoint
CREATE TABLE "work" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"gen" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"lease_until" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"incident_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text,
	"source" text NOT NULL,
	"action" jsonb NOT NULL,
	CONSTRAINT "audit_incident_id_seq_pk" PRIMARY KEY("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"workspace" text PRIMARY KEY NOT NULL,
	"next" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"incident_id" uuid NOT NULL,
	"no" integer NOT NULL,
	"at" timestamp with time zone,
	"time" jsonb,
	"question" jsonb,
	"after" integer,
	"kinds" text[] NOT NULL,
	"text" text NOT NULL,
	"detail" jsonb,
	"author" text,
	"source" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"struck" jsonb,
	"revision" integer NOT NULL,
	CONSTRAINT "entry_incident_id_no_pk" PRIMARY KEY("incident_id","no")
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"severity" text NOT NULL,
	"status" text NOT NULL,
	"private" boolean NOT NULL,
	"recorded" boolean NOT NULL,
	"channel_id" text,
	"channel_name" text NOT NULL,
	"channel_state" text NOT NULL,
	"declared_by" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"roles" jsonb NOT NULL,
	"header" jsonb NOT NULL,
	"round" integer NOT NULL,
	"armed_at" timestamp with time zone NOT NULL,
	"severity_changed_at" timestamp with time zone,
	"last_update_at" timestamp with time zone,
	"acknowledged_by" text,
	"next_entry" integer NOT NULL,
	"counts" jsonb NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "milestone" (
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL,
	"round" integer NOT NULL,
	"entry" integer NOT NULL,
	CONSTRAINT "milestone_incident_id_name_round_pk" PRIMARY KEY("incident_id","name","round")
);
--> statement-breakpoint
CREATE TABLE "revision" (
	"incident_id" uuid NOT NULL,
	"entry" integer NOT NULL,
	"revision" integer NOT NULL,
	"before" jsonb NOT NULL,
	"by" text,
	"at" timestamp with time zone NOT NULL,
	"change" text NOT NULL,
	"reason" text,
	"seq" integer NOT NULL,
	CONSTRAINT "revision_incident_id_entry_revision_pk" PRIMARY KEY("incident_id","entry","revision")
);
--> statement-breakpoint
CREATE TABLE "timer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL,
	"step" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"basis" timestamp with time zone NOT NULL,
	"span" bigint NOT NULL,
	"gen" integer NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "work" ADD CONSTRAINT "work_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timer" ADD CONSTRAINT "timer_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbound_actor" ON "inbound" USING btree ("workspace","actor","received_at");--> statement-breakpoint
CREATE INDEX "inbound_received" ON "inbound" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_key" ON "outbox" USING btree ("key");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("dest","id") WHERE state in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "outbox_incident" ON "outbox" USING btree ("incident_id") WHERE state in ('pending', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "work_kind" ON "work" USING btree ("incident_id","kind");--> statement-breakpoint
CREATE INDEX "work_due" ON "work" USING btree ("due_at") WHERE state = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "incident_number" ON "incident" USING btree ("workspace","number");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_channel" ON "incident" USING btree ("workspace","channel_id");--> statement-breakpoint
CREATE INDEX "incident_open" ON "incident" USING btree ("workspace","opened_at") WHERE status not in ('resolved', 'cancelled');--> statement-breakpoint
CREATE UNIQUE INDEX "timer_name" ON "timer" USING btree ("incident_id","name");--> statement-breakpoint
CREATE INDEX "timer_due" ON "timer" USING btree ("due_at") WHERE state = 'pending';