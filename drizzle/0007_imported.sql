CREATE TABLE "imported" (
	"workspace" text NOT NULL,
	"drill" boolean NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seq" integer NOT NULL,
	"skipped_from" integer NOT NULL,
	CONSTRAINT "imported_workspace_drill_number_pk" PRIMARY KEY("workspace","drill","number")
);
