CREATE TABLE "work_box" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(20) NOT NULL, "note" VARCHAR(160), "ended_on" DATE, CONSTRAINT work_box_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT work_box_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT work_box_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX work_box_code_is_free ON "work_box" (code);

CREATE TABLE "handover" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "component_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "from_holder" VARCHAR(40) NOT NULL, "to_holder" VARCHAR(40) NOT NULL, "to_staff_id" INTEGER, "location_id" INTEGER, "by_id" INTEGER NOT NULL, CONSTRAINT "handover_component_id_exists" FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT, CONSTRAINT "handover_to_staff_id_exists" FOREIGN KEY ("to_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "handover_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "handover_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT handover_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT handover_from_holder_is_known CHECK (from_holder IN ('clinic', 'lab', 'workshop')), CONSTRAINT handover_to_holder_is_known CHECK (to_holder IN ('clinic', 'lab', 'workshop')), CONSTRAINT handover_gives_some CHECK (number > 0));

CREATE INDEX "handover_component_id" ON "handover" ("component_id");

CREATE INDEX "handover_to_staff_id" ON "handover" ("to_staff_id");

CREATE INDEX "handover_location_id" ON "handover" ("location_id");

CREATE INDEX "handover_by_id" ON "handover" ("by_id");

CREATE INDEX handover_by_component ON "handover" (component_id, id);

CREATE TABLE "component_incident" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "component_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "last_holder" VARCHAR(40) NOT NULL, "last_staff_id" INTEGER, "last_location_id" INTEGER, "last_seen_at" DATETIME NOT NULL, "note" VARCHAR(300), "noticed_at" DATETIME NOT NULL, "noticed_by_id" INTEGER NOT NULL, "outcome" VARCHAR(40), "reason" VARCHAR(300), "closed_at" DATETIME, "closed_by_id" INTEGER, CONSTRAINT "component_incident_component_id_exists" FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT, CONSTRAINT "component_incident_last_staff_id_exists" FOREIGN KEY ("last_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_incident_last_location_id_exists" FOREIGN KEY ("last_location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "component_incident_noticed_by_id_exists" FOREIGN KEY ("noticed_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_incident_closed_by_id_exists" FOREIGN KEY ("closed_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT component_incident_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT component_incident_last_holder_is_known CHECK (last_holder IN ('clinic', 'lab', 'workshop', 'transport', 'subcontractor')), CONSTRAINT component_incident_last_seen_at_is_an_instant CHECK (last_seen_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', last_seen_at) IS substr(last_seen_at, 1, 19)), CONSTRAINT component_incident_noticed_at_is_an_instant CHECK (noticed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', noticed_at) IS substr(noticed_at, 1, 19)), CONSTRAINT component_incident_outcome_is_known CHECK (outcome IN ('found', 'written_off')), CONSTRAINT component_incident_closed_at_is_an_instant CHECK (closed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', closed_at) IS substr(closed_at, 1, 19)), CONSTRAINT component_incident_misses_some CHECK (number > 0), CONSTRAINT component_incident_ends_whole CHECK ((closed_at IS NULL) = (closed_by_id IS NULL) AND (closed_at IS NULL) = (outcome IS NULL)), CONSTRAINT component_incident_loss_has_reason CHECK (outcome IS DISTINCT FROM 'written_off' OR (reason IS NOT NULL AND trim(reason) <> '')));

CREATE INDEX "component_incident_component_id" ON "component_incident" ("component_id");

CREATE INDEX "component_incident_last_staff_id" ON "component_incident" ("last_staff_id");

CREATE INDEX "component_incident_last_location_id" ON "component_incident" ("last_location_id");

CREATE INDEX "component_incident_noticed_by_id" ON "component_incident" ("noticed_by_id");

CREATE INDEX "component_incident_closed_by_id" ON "component_incident" ("closed_by_id");

CREATE INDEX component_incident_by_component ON "component_incident" (component_id, id);

CREATE TABLE "tool_loan" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "kind_id" INTEGER NOT NULL, "tool" VARCHAR(80) NOT NULL, "borrower_id" INTEGER NOT NULL, "order_id" INTEGER, "due_on" DATE NOT NULL, "lent_at" DATETIME NOT NULL, "lent_by_id" INTEGER NOT NULL, "reminder_id" INTEGER, "returned_at" DATETIME, "returned_to_id" INTEGER, "note" VARCHAR(300), CONSTRAINT "tool_loan_kind_id_exists" FOREIGN KEY ("kind_id") REFERENCES "component_kind" ("id") ON DELETE RESTRICT, CONSTRAINT "tool_loan_borrower_id_exists" FOREIGN KEY ("borrower_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "tool_loan_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "tool_loan_lent_by_id_exists" FOREIGN KEY ("lent_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "tool_loan_reminder_id_exists" FOREIGN KEY ("reminder_id") REFERENCES "followup" ("id") ON DELETE RESTRICT, CONSTRAINT "tool_loan_returned_to_id_exists" FOREIGN KEY ("returned_to_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT tool_loan_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT tool_loan_tool_is_tidy CHECK (tool <> '' AND tool = trim(tool) AND tool NOT LIKE '%  %'), CONSTRAINT tool_loan_due_on_is_a_day CHECK (due_on IS NULL OR date(due_on) IS due_on), CONSTRAINT tool_loan_lent_at_is_an_instant CHECK (lent_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', lent_at) IS substr(lent_at, 1, 19)), CONSTRAINT tool_loan_returned_at_is_an_instant CHECK (returned_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', returned_at) IS substr(returned_at, 1, 19)), CONSTRAINT tool_loan_returns_to_somebody CHECK ((returned_at IS NULL) = (returned_to_id IS NULL)), CONSTRAINT tool_loan_returns_after_lending CHECK (returned_at >= lent_at));

CREATE INDEX "tool_loan_kind_id" ON "tool_loan" ("kind_id");

CREATE INDEX "tool_loan_borrower_id" ON "tool_loan" ("borrower_id");

CREATE INDEX "tool_loan_order_id" ON "tool_loan" ("order_id");

CREATE INDEX "tool_loan_lent_by_id" ON "tool_loan" ("lent_by_id");

CREATE INDEX "tool_loan_reminder_id" ON "tool_loan" ("reminder_id");

CREATE INDEX "tool_loan_returned_to_id" ON "tool_loan" ("returned_to_id");

CREATE UNIQUE INDEX tool_loan_one_at_a_time ON "tool_loan" (kind_id, tool) WHERE returned_at IS NULL;

PRAGMA legacy_alter_table = 1;

CREATE TABLE "component_movement_new" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "component_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "from_holder" VARCHAR(40) NOT NULL, "to_holder" VARCHAR(40) NOT NULL, "from_staff_id" INTEGER, "to_staff_id" INTEGER, "location_id" INTEGER, "reason" VARCHAR(300), "by_id" INTEGER NOT NULL, "handover_id" INTEGER, "incident_id" INTEGER, CONSTRAINT "component_movement_component_id_exists" FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_from_staff_id_exists" FOREIGN KEY ("from_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_to_staff_id_exists" FOREIGN KEY ("to_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_handover_id_exists" FOREIGN KEY ("handover_id") REFERENCES "handover" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_incident_id_exists" FOREIGN KEY ("incident_id") REFERENCES "component_incident" ("id") ON DELETE RESTRICT, CONSTRAINT component_movement_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT component_movement_from_holder_is_known CHECK (from_holder IN ('patient', 'stock', 'clinic', 'transport', 'lab', 'workshop', 'subcontractor', 'missing', 'consumed', 'incorporated', 'written_off')), CONSTRAINT component_movement_to_holder_is_known CHECK (to_holder IN ('patient', 'stock', 'clinic', 'transport', 'lab', 'workshop', 'subcontractor', 'missing', 'consumed', 'incorporated', 'written_off')), CONSTRAINT component_movement_moves_some CHECK (number > 0), CONSTRAINT component_movement_changes_hands CHECK (from_holder <> to_holder OR (from_staff_id IS NOT NULL AND to_staff_id IS NOT NULL AND from_staff_id <> to_staff_id)), CONSTRAINT component_movement_loss_has_reason CHECK (to_holder <> 'written_off' OR (reason IS NOT NULL AND trim(reason) <> '')), CONSTRAINT component_movement_handover_is_on_the_way CHECK (handover_id IS NULL OR to_holder = 'transport' OR from_holder = 'transport'), CONSTRAINT component_movement_missing_has_incident CHECK ((to_holder = 'missing' OR from_holder = 'missing') = (incident_id IS NOT NULL)));

INSERT INTO "component_movement_new" ("id", "at", "component_id", "number", "from_holder", "to_holder", "from_staff_id", "to_staff_id", "location_id", "reason", "by_id") SELECT "id", "at", "component_id", "number", "from_holder", "to_holder", "from_staff_id", "to_staff_id", "location_id", "reason", "by_id" FROM "component_movement";

DROP TABLE "component_movement";

ALTER TABLE "component_movement_new" RENAME TO "component_movement";

CREATE INDEX "component_movement_component_id" ON "component_movement" ("component_id");

CREATE INDEX "component_movement_from_staff_id" ON "component_movement" ("from_staff_id");

CREATE INDEX "component_movement_to_staff_id" ON "component_movement" ("to_staff_id");

CREATE INDEX "component_movement_location_id" ON "component_movement" ("location_id");

CREATE INDEX "component_movement_by_id" ON "component_movement" ("by_id");

CREATE INDEX "component_movement_handover_id" ON "component_movement" ("handover_id");

CREATE INDEX "component_movement_incident_id" ON "component_movement" ("incident_id");

CREATE INDEX component_movement_by_component ON "component_movement" (component_id, id);

PRAGMA legacy_alter_table = 0;

INSERT INTO work_box (code) SELECT DISTINCT box FROM lab_order WHERE box IS NOT NULL;

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'handover', r.code IN ('patient_manager', 'lab_supervisor'), r.code IN ('patient_manager', 'lab_supervisor'), FALSE, CASE WHEN r.code IN ('dentist', 'technician') THEN 'own' WHEN r.code IN ('receptionist', 'patient_manager') THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('dentist', 'technician', 'receptionist', 'patient_manager', 'senior_dentist', 'lab_supervisor', 'manager') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'handover');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'component_incident', r.code IN ('patient_manager', 'lab_supervisor'), r.code IN ('patient_manager', 'lab_supervisor'), FALSE, CASE WHEN r.code IN ('dentist', 'technician') THEN 'own' WHEN r.code IN ('receptionist', 'patient_manager') THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('dentist', 'technician', 'receptionist', 'patient_manager', 'senior_dentist', 'lab_supervisor', 'manager') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'component_incident');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'tool_loan', r.code IN ('patient_manager', 'lab_supervisor', 'receptionist'), r.code IN ('patient_manager', 'lab_supervisor', 'receptionist'), FALSE, CASE WHEN r.code IN ('dentist', 'technician') THEN 'own' WHEN r.code IN ('receptionist', 'patient_manager') THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('dentist', 'technician', 'receptionist', 'patient_manager', 'senior_dentist', 'lab_supervisor', 'manager') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'tool_loan');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'work_box', r.code IN ('lab_supervisor', 'admin'), r.code IN ('lab_supervisor', 'admin'), FALSE, 'all' FROM role r WHERE r.code IN ('receptionist', 'dentist', 'senior_dentist', 'patient_manager', 'lab_supervisor', 'technician', 'manager', 'admin') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'work_box');
