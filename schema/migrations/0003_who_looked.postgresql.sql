DROP TABLE "read_entry";

CREATE TABLE "read_entry" ("id" SERIAL NOT NULL PRIMARY KEY, "at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER, "role" VARCHAR(200), "act" VARCHAR(40) NOT NULL, "table_name" VARCHAR(60) NOT NULL, "patient_id" INTEGER, "ids" TEXT NOT NULL, "row_count" INTEGER NOT NULL, "address" VARCHAR(120), "request" VARCHAR(64), CONSTRAINT "read_entry_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "read_entry_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT read_entry_act_is_known CHECK (act IN ('list', 'detail', 'form', 'history', 'search', 'export', 'report', 'api')), CONSTRAINT read_entry_counts_up CHECK (row_count >= 0));

CREATE INDEX read_entry_of_patient ON "read_entry" (patient_id, id);

CREATE INDEX read_entry_of_table ON "read_entry" (table_name, at);

CREATE INDEX read_entry_of_staff ON "read_entry" (staff_id, at);
