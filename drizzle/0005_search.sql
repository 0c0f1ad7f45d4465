CREATE INDEX "entry_words" ON "entry" USING gin (to_tsvector('simple', "text"));--> statement-breakpoint
CREATE INDEX "incident_words" ON "incident" USING gin (to_tsvector('simple', "title"));