CREATE TABLE "dentist_preference" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "dentist_id" INTEGER NOT NULL, "work_type_id" INTEGER, "material_id" INTEGER, "wish" VARCHAR(160) NOT NULL, "ended_on" DATE, CONSTRAINT "dentist_preference_dentist_id_exists" FOREIGN KEY ("dentist_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "dentist_preference_work_type_id_exists" FOREIGN KEY ("work_type_id") REFERENCES "work_type" ("id") ON DELETE RESTRICT, CONSTRAINT "dentist_preference_material_id_exists" FOREIGN KEY ("material_id") REFERENCES "material" ("id") ON DELETE RESTRICT, CONSTRAINT dentist_preference_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT dentist_preference_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT dentist_preference_says_something CHECK (length(trim(wish)) >= 3));

CREATE INDEX "dentist_preference_dentist_id" ON "dentist_preference" ("dentist_id");

CREATE INDEX "dentist_preference_work_type_id" ON "dentist_preference" ("work_type_id");

CREATE INDEX "dentist_preference_material_id" ON "dentist_preference" ("material_id");

CREATE UNIQUE INDEX dentist_preference_said_once ON "dentist_preference" (dentist_id, COALESCE(work_type_id, 0), COALESCE(material_id, 0), wish) WHERE ended_on IS NULL;
