PRAGMA legacy_alter_table = 1;

CREATE TABLE "order_visit_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "appointment_id" INTEGER NOT NULL, "patient_id" INTEGER NOT NULL, "purpose" VARCHAR(40) NOT NULL, "planned_for" DATETIME, CONSTRAINT "order_visit_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "order_visit_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT "order_visit_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT order_visit_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT order_visit_purpose_is_known CHECK (purpose IN ('records', 'try_in', 'placement')), CONSTRAINT order_visit_planned_for_is_an_instant CHECK (planned_for IS NULL OR strftime('%Y-%m-%d %H:%M:%S', planned_for) IS substr(planned_for, 1, 19)), CONSTRAINT order_visit_is_of_the_orders_patient FOREIGN KEY (order_id, patient_id) REFERENCES "lab_order" (id, patient_id) ON DELETE RESTRICT, CONSTRAINT order_visit_is_of_the_visiting_patient FOREIGN KEY (appointment_id, patient_id) REFERENCES "appointment" (id, patient_id) ON DELETE RESTRICT);

INSERT INTO "order_visit_new" ("id", "row_version", "created_at", "order_id", "appointment_id", "patient_id", "purpose") SELECT "id", "row_version", "created_at", "order_id", "appointment_id", "patient_id", "purpose" FROM "order_visit";

DROP TABLE "order_visit";

ALTER TABLE "order_visit_new" RENAME TO "order_visit";

CREATE INDEX "order_visit_order_id" ON "order_visit" ("order_id");

CREATE INDEX "order_visit_appointment_id" ON "order_visit" ("appointment_id");

CREATE INDEX "order_visit_patient_id" ON "order_visit" ("patient_id");

CREATE UNIQUE INDEX order_visit_planned_once ON "order_visit" (order_id, appointment_id, purpose);

CREATE INDEX order_visit_by_appointment ON "order_visit" (appointment_id);

UPDATE "order_visit" SET planned_for = (SELECT a.starts_at FROM appointment a WHERE a.id = "order_visit".appointment_id AND a.cancelled_at IS NULL AND a.missed_at IS NULL AND a.completed_at IS NULL) WHERE purpose IN ('try_in', 'placement');

PRAGMA legacy_alter_table = 0;
