CREATE TABLE "system_key" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "external_system_id" INTEGER NOT NULL, "name" VARCHAR(60) NOT NULL, "token_sha" VARCHAR(64) NOT NULL, "made_by_id" INTEGER NOT NULL, "ended_at" TIMESTAMP, CONSTRAINT "system_key_external_system_id_exists" FOREIGN KEY ("external_system_id") REFERENCES "external_system" ("id") ON DELETE RESTRICT, CONSTRAINT "system_key_made_by_id_exists" FOREIGN KEY ("made_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT system_key_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT system_key_ends_after_start CHECK (ended_at >= created_at));

CREATE INDEX "system_key_external_system_id" ON "system_key" ("external_system_id");

CREATE INDEX "system_key_made_by_id" ON "system_key" ("made_by_id");

CREATE UNIQUE INDEX system_key_token_is_new ON "system_key" (token_sha);

CREATE UNIQUE INDEX system_key_name_is_free ON "system_key" (external_system_id, name) WHERE ended_at IS NULL;
