CREATE TABLE "saved_view" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "table_name" VARCHAR(60) NOT NULL, "name" VARCHAR(60) NOT NULL, "owner_id" INTEGER, "question" TEXT NOT NULL, "position" INTEGER NOT NULL, "in_side_bar" BOOLEAN NOT NULL, "warns" BOOLEAN NOT NULL, "ended_on" DATE, CONSTRAINT "saved_view_owner_id_exists" FOREIGN KEY ("owner_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT saved_view_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT saved_view_question_is_short CHECK (length(question) <= 2000), CONSTRAINT saved_view_has_a_place CHECK (position BETWEEN 1 AND 999));

CREATE INDEX "saved_view_owner_id" ON "saved_view" ("owner_id");

CREATE UNIQUE INDEX saved_view_name_is_free ON "saved_view" (table_name, COALESCE(owner_id, 0), name) WHERE ended_on IS NULL;

CREATE UNIQUE INDEX saved_view_id_and_table ON "saved_view" (id, table_name);

CREATE TABLE "saved_view_role" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "view_id" INTEGER NOT NULL, "role_id" INTEGER NOT NULL, CONSTRAINT "saved_view_role_view_id_exists" FOREIGN KEY ("view_id") REFERENCES "saved_view" ("id") ON DELETE RESTRICT, CONSTRAINT "saved_view_role_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT);

CREATE INDEX "saved_view_role_view_id" ON "saved_view_role" ("view_id");

CREATE INDEX "saved_view_role_role_id" ON "saved_view_role" ("role_id");

CREATE UNIQUE INDEX saved_view_role_shared_once ON "saved_view_role" (view_id, role_id);

CREATE TABLE "view_choice" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "view_id" INTEGER NOT NULL, "table_name" VARCHAR(60) NOT NULL, "is_start" BOOLEAN NOT NULL, "in_side_bar" BOOLEAN, CONSTRAINT "view_choice_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "view_choice_view_id_exists" FOREIGN KEY ("view_id") REFERENCES "saved_view" ("id") ON DELETE RESTRICT, CONSTRAINT view_choice_of_its_list FOREIGN KEY (view_id, table_name) REFERENCES "saved_view" (id, table_name) ON DELETE RESTRICT);

CREATE INDEX "view_choice_staff_id" ON "view_choice" ("staff_id");

CREATE INDEX "view_choice_view_id" ON "view_choice" ("view_id");

CREATE UNIQUE INDEX view_choice_once ON "view_choice" (staff_id, view_id);

CREATE UNIQUE INDEX view_choice_has_one_start ON "view_choice" (staff_id, table_name) WHERE is_start;
