PRAGMA legacy_alter_table = 1;

CREATE TABLE "outsourcing_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "track_id" INTEGER NOT NULL, "stage_id" INTEGER, "subcontractor_id" INTEGER NOT NULL, "units" INTEGER NOT NULL, "method" VARCHAR(40), "sent_at" DATETIME NOT NULL, "sent_by_id" INTEGER, "promised_on" DATE NOT NULL, "expected_on" DATE NOT NULL, "returned_at" DATETIME, "returned_to_id" INTEGER, "outcome" VARCHAR(40), "faults" VARCHAR(300), "cost" INTEGER, "currency" VARCHAR(3) NOT NULL, "document_number" VARCHAR(60), CONSTRAINT "outsourcing_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT, CONSTRAINT "outsourcing_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "outsourcing_subcontractor_id_exists" FOREIGN KEY ("subcontractor_id") REFERENCES "subcontractor" ("id") ON DELETE RESTRICT, CONSTRAINT "outsourcing_sent_by_id_exists" FOREIGN KEY ("sent_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "outsourcing_returned_to_id_exists" FOREIGN KEY ("returned_to_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT outsourcing_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT outsourcing_method_is_known CHECK (method IN ('courier', 'own_driver', 'hand', 'post', 'file')), CONSTRAINT outsourcing_sent_at_is_an_instant CHECK (sent_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', sent_at) IS substr(sent_at, 1, 19)), CONSTRAINT outsourcing_promised_on_is_a_day CHECK (promised_on IS NULL OR date(promised_on) IS promised_on), CONSTRAINT outsourcing_expected_on_is_a_day CHECK (expected_on IS NULL OR date(expected_on) IS expected_on), CONSTRAINT outsourcing_returned_at_is_an_instant CHECK (returned_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', returned_at) IS substr(returned_at, 1, 19)), CONSTRAINT outsourcing_outcome_is_known CHECK (outcome IN ('complete', 'faulty')), CONSTRAINT outsourcing_cost_is_whole CHECK (cost IS NULL OR typeof(cost) = 'integer'), CONSTRAINT outsourcing_cost_not_negative CHECK (cost >= 0), CONSTRAINT outsourcing_returns_after_sending CHECK (returned_at >= sent_at), CONSTRAINT outsourcing_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)), CONSTRAINT outsourcing_makes_some CHECK (units > 0), CONSTRAINT outsourcing_return_says_how CHECK ((returned_at IS NULL) = (outcome IS NULL)), CONSTRAINT outsourcing_faults_are_told CHECK (outcome IS DISTINCT FROM 'faulty' OR (faults IS NOT NULL AND trim(faults) <> '')));

INSERT INTO "outsourcing_new" ("id", "row_version", "created_at", "track_id", "stage_id", "subcontractor_id", "sent_at", "expected_on", "returned_at", "cost", "currency", "document_number", "units", "promised_on", "outcome") SELECT "id", "row_version", "created_at", "track_id", "stage_id", "subcontractor_id", "sent_at", "expected_on", "returned_at", "cost", "currency", "document_number", 1, "expected_on", CASE WHEN "returned_at" IS NOT NULL THEN 'complete' END FROM "outsourcing";

DROP TABLE "outsourcing";

ALTER TABLE "outsourcing_new" RENAME TO "outsourcing";

CREATE INDEX "outsourcing_track_id" ON "outsourcing" ("track_id");

CREATE INDEX "outsourcing_stage_id" ON "outsourcing" ("stage_id");

CREATE INDEX "outsourcing_subcontractor_id" ON "outsourcing" ("subcontractor_id");

CREATE INDEX "outsourcing_sent_by_id" ON "outsourcing" ("sent_by_id");

CREATE INDEX "outsourcing_returned_to_id" ON "outsourcing" ("returned_to_id");

CREATE UNIQUE INDEX outsourcing_one_open_per_track ON "outsourcing" (track_id) WHERE returned_at IS NULL;

CREATE INDEX outsourcing_by_subcontractor ON "outsourcing" (subcontractor_id, sent_at);

CREATE TABLE "component_movement_new" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "component_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "from_holder" VARCHAR(40) NOT NULL, "to_holder" VARCHAR(40) NOT NULL, "from_staff_id" INTEGER, "to_staff_id" INTEGER, "location_id" INTEGER, "reason" VARCHAR(300), "by_id" INTEGER NOT NULL, "handover_id" INTEGER, "incident_id" INTEGER, "outsourcing_id" INTEGER, CONSTRAINT "component_movement_component_id_exists" FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_from_staff_id_exists" FOREIGN KEY ("from_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_to_staff_id_exists" FOREIGN KEY ("to_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_handover_id_exists" FOREIGN KEY ("handover_id") REFERENCES "handover" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_incident_id_exists" FOREIGN KEY ("incident_id") REFERENCES "component_incident" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_outsourcing_id_exists" FOREIGN KEY ("outsourcing_id") REFERENCES "outsourcing" ("id") ON DELETE RESTRICT, CONSTRAINT component_movement_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT component_movement_from_holder_is_known CHECK (from_holder IN ('patient', 'stock', 'clinic', 'transport', 'lab', 'workshop', 'subcontractor', 'missing', 'consumed', 'incorporated', 'written_off')), CONSTRAINT component_movement_to_holder_is_known CHECK (to_holder IN ('patient', 'stock', 'clinic', 'transport', 'lab', 'workshop', 'subcontractor', 'missing', 'consumed', 'incorporated', 'written_off')), CONSTRAINT component_movement_moves_some CHECK (number > 0), CONSTRAINT component_movement_changes_hands CHECK (from_holder <> to_holder OR (from_staff_id IS NOT NULL AND to_staff_id IS NOT NULL AND from_staff_id <> to_staff_id)), CONSTRAINT component_movement_loss_has_reason CHECK (to_holder <> 'written_off' OR (reason IS NOT NULL AND trim(reason) <> '')), CONSTRAINT component_movement_handover_is_on_the_way CHECK (handover_id IS NULL OR to_holder = 'transport' OR from_holder = 'transport'), CONSTRAINT component_movement_missing_has_incident CHECK ((to_holder = 'missing' OR from_holder = 'missing') = (incident_id IS NOT NULL)), CONSTRAINT component_movement_outside_is_of_a_firm CHECK (outsourcing_id IS NULL OR to_holder = 'subcontractor' OR from_holder = 'subcontractor'));

INSERT INTO "component_movement_new" ("id", "at", "component_id", "number", "from_holder", "to_holder", "from_staff_id", "to_staff_id", "location_id", "reason", "by_id", "handover_id", "incident_id") SELECT "id", "at", "component_id", "number", "from_holder", "to_holder", "from_staff_id", "to_staff_id", "location_id", "reason", "by_id", "handover_id", "incident_id" FROM "component_movement";

DROP TABLE "component_movement";

ALTER TABLE "component_movement_new" RENAME TO "component_movement";

CREATE INDEX "component_movement_component_id" ON "component_movement" ("component_id");

CREATE INDEX "component_movement_from_staff_id" ON "component_movement" ("from_staff_id");

CREATE INDEX "component_movement_to_staff_id" ON "component_movement" ("to_staff_id");

CREATE INDEX "component_movement_location_id" ON "component_movement" ("location_id");

CREATE INDEX "component_movement_by_id" ON "component_movement" ("by_id");

CREATE INDEX "component_movement_handover_id" ON "component_movement" ("handover_id");

CREATE INDEX "component_movement_incident_id" ON "component_movement" ("incident_id");

CREATE INDEX "component_movement_outsourcing_id" ON "component_movement" ("outsourcing_id");

CREATE INDEX component_movement_by_component ON "component_movement" (component_id, id);

PRAGMA legacy_alter_table = 0;
