CREATE TABLE "install_state" (
	"digest" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" text PRIMARY KEY NOT NULL,
	"is_org" boolean NOT NULL,
	"enterprise" text,
	"name" text NOT NULL,
	"app_id" text NOT NULL,
	"bot_id" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"scopes" text NOT NULL,
	"installed_by" text NOT NULL,
	"installed_at" timestamp with time zone NOT NULL,
	"bot_token" text,
	"refresh_token" text,
	"expires_at" timestamp with time zone,
	"refreshing_by" uuid,
	"refreshing_until" timestamp with time zone,
	"refresh_fault" text,
	"removed_at" timestamp with time zone,
	"removed_why" text
);
--> statement-breakpoint
CREATE TABLE "org_workspace" (
	"workspace" text PRIMARY KEY NOT NULL,
	"enterprise" text NOT NULL
);
