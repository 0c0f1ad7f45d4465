CREATE TABLE "on_call_override" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"schedule" text NOT NULL,
	"person" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"arranged_by" text NOT NULL,
	"arranged_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "incident_number";--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "drill" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "last_sign_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "delays" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "called" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "open_actions" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "incident" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "timer" ADD COLUMN "delay" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "on_call_override_until" ON "on_call_override" USING btree ("workspace","until_at");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_number" ON "incident" USING btree ("workspace","drill","number");