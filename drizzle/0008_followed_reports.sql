CREATE TABLE "report_member" (
	"workspace" text NOT NULL,
	"drill" boolean NOT NULL,
	"number" integer NOT NULL,
	"lead_id" uuid NOT NULL,
	CONSTRAINT "report_member_workspace_drill_number_lead_id_pk" PRIMARY KEY("workspace","drill","number","lead_id")
);
--> statement-breakpoint
ALTER TABLE "report_member" ADD CONSTRAINT "report_member_lead_id_incident_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."incident"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What the reports are about, and what they once were about, as their headers and entries say.
INSERT INTO "report_member" ("workspace", "drill", "number", "lead_id")
SELECT DISTINCT i.workspace, i.drill, m.found[1]::int, i.id
FROM incident i
CROSS JOIN LATERAL (
  SELECT i.header ->> 'postmortem with' AS said
  UNION ALL
  SELECT e.detail ->> 'value' FROM entry e
    WHERE e.incident_id = i.id AND e.detail ->> 'type' = 'field' AND e.detail ->> 'field' = 'postmortem with'
) w
CROSS JOIN LATERAL regexp_matches(w.said, '\d{1,9}', 'g') AS m(found)
ON CONFLICT DO NOTHING;
