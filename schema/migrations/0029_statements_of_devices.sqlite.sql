PRAGMA legacy_alter_table = 1;

CREATE TABLE "clinic_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(120) NOT NULL, "currency" VARCHAR(3) NOT NULL, "approval_threshold" INTEGER NOT NULL, "is_demo" INTEGER NOT NULL, "rights_stamp" INTEGER NOT NULL, "time_zone" VARCHAR(40), "phone" VARCHAR(16), "email" VARCHAR(160), "address" VARCHAR(200), "statements_from" DATE, CONSTRAINT clinic_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT clinic_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT clinic_approval_threshold_is_whole CHECK (approval_threshold IS NULL OR typeof(approval_threshold) = 'integer'), CONSTRAINT clinic_approval_threshold_not_negative CHECK (approval_threshold >= 0), CONSTRAINT clinic_time_zone_is_known CHECK (time_zone IN ('Europe/Amsterdam', 'Europe/Athens', 'Europe/Belgrade', 'Europe/Berlin', 'Europe/Bratislava', 'Europe/Brussels', 'Europe/Bucharest', 'Europe/Budapest', 'Europe/Chisinau', 'Europe/Copenhagen', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Istanbul', 'Europe/Kyiv', 'Europe/Lisbon', 'Europe/Ljubljana', 'Europe/London', 'Europe/Luxembourg', 'Europe/Madrid', 'Europe/Malta', 'Europe/Oslo', 'Europe/Paris', 'Europe/Podgorica', 'Europe/Prague', 'Europe/Riga', 'Europe/Rome', 'Europe/Sarajevo', 'Europe/Skopje', 'Europe/Sofia', 'Europe/Stockholm', 'Europe/Tallinn', 'Europe/Tirane', 'Europe/Vienna', 'Europe/Vilnius', 'Europe/Warsaw', 'Europe/Zagreb', 'Europe/Zurich', 'UTC')), CONSTRAINT clinic_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT clinic_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT clinic_statements_from_is_a_day CHECK (statements_from IS NULL OR date(statements_from) IS statements_from), CONSTRAINT clinic_is_one CHECK (id = 1), CONSTRAINT clinic_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)));

INSERT INTO "clinic_new" ("id", "row_version", "created_at", "name", "currency", "approval_threshold", "is_demo", "rights_stamp", "time_zone", "phone", "email", "address") SELECT "id", "row_version", "created_at", "name", "currency", "approval_threshold", "is_demo", "rights_stamp", "time_zone", "phone", "email", "address" FROM "clinic";

DROP TABLE "clinic";

ALTER TABLE "clinic_new" RENAME TO "clinic";

CREATE TABLE "work_type_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "route" VARCHAR(40) NOT NULL, "unit_tenths" INTEGER NOT NULL, "needs_teeth" INTEGER NOT NULL, "needs_shade" INTEGER NOT NULL, "needs_stump" INTEGER NOT NULL, "is_bridge" INTEGER NOT NULL, "is_fixed" INTEGER NOT NULL, "is_device" INTEGER NOT NULL DEFAULT TRUE, "ended_on" DATE, CONSTRAINT work_type_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT work_type_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT work_type_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT work_type_route_is_tidy CHECK (route <> '' AND route = trim(route) AND route NOT LIKE '%  %'), CONSTRAINT work_type_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT work_type_load_is_not_negative CHECK (unit_tenths >= 0), CONSTRAINT work_type_bridge_needs_teeth CHECK (needs_teeth OR NOT is_bridge));

INSERT INTO "work_type_new" ("id", "row_version", "created_at", "code", "name", "route", "unit_tenths", "needs_teeth", "needs_shade", "needs_stump", "is_bridge", "is_fixed", "ended_on") SELECT "id", "row_version", "created_at", "code", "name", "route", "unit_tenths", "needs_teeth", "needs_shade", "needs_stump", "is_bridge", "is_fixed", "ended_on" FROM "work_type";

DROP TABLE "work_type";

ALTER TABLE "work_type_new" RENAME TO "work_type";

CREATE UNIQUE INDEX work_type_code_is_free ON "work_type" (code);

CREATE TABLE "control_point_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_id" INTEGER NOT NULL, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(120) NOT NULL, "position" INTEGER NOT NULL, "block" VARCHAR(40) NOT NULL, "evidence" VARCHAR(40) NOT NULL, "about" VARCHAR(80), "required" INTEGER NOT NULL, CONSTRAINT "control_point_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT control_point_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT control_point_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT control_point_block_is_known CHECK (block IN ('identification', 'parameters', 'clinical', 'production', 'readiness', 'photos', 'integrations', 'components')), CONSTRAINT control_point_evidence_is_known CHECK (evidence IN ('tick', 'field', 'children', 'approval', 'photos', 'components', 'consent', 'lot', 'link', 'statement')));

INSERT INTO "control_point_new" ("id", "row_version", "created_at", "stage_id", "code", "name", "position", "block", "evidence", "about", "required") SELECT "id", "row_version", "created_at", "stage_id", "code", "name", "position", "block", "evidence", "about", "required" FROM "control_point";

DROP TABLE "control_point";

ALTER TABLE "control_point_new" RENAME TO "control_point";

CREATE INDEX "control_point_stage_id" ON "control_point" ("stage_id");

CREATE UNIQUE INDEX control_point_code_is_free ON "control_point" (stage_id, code);

CREATE UNIQUE INDEX control_point_id_and_stage ON "control_point" (id, stage_id);

CREATE TABLE "paper_print_new" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "kind" VARCHAR(40) NOT NULL, "copy_number" INTEGER NOT NULL, "by_id" INTEGER NOT NULL, CONSTRAINT "paper_print_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_print_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT paper_print_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT paper_print_kind_is_known CHECK (kind IN ('ticket', 'tray', 'labels', 'statement')));

INSERT INTO "paper_print_new" ("id", "at", "order_id", "kind", "copy_number", "by_id") SELECT "id", "at", "order_id", "kind", "copy_number", "by_id" FROM "paper_print";

DROP TABLE "paper_print";

ALTER TABLE "paper_print_new" RENAME TO "paper_print";

CREATE INDEX "paper_print_order_id" ON "paper_print" ("order_id");

CREATE INDEX "paper_print_by_id" ON "paper_print" ("by_id");

CREATE UNIQUE INDEX paper_print_copy_is_one ON "paper_print" (order_id, kind, copy_number);

PRAGMA legacy_alter_table = 0;

CREATE TABLE "device_statement" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "version" INTEGER NOT NULL, "language" VARCHAR(40) NOT NULL, "reason" VARCHAR(300), "by_id" INTEGER NOT NULL, "signed_name" VARCHAR(130) NOT NULL, "signed_function" VARCHAR(80) NOT NULL, "patient_code" VARCHAR(20) NOT NULL, "prescriber" VARCHAR(130) NOT NULL, "device" VARCHAR(300) NOT NULL, "implantable" INTEGER NOT NULL, "unmet" TEXT, "issued_on" DATE NOT NULL, "keep_until" DATE NOT NULL, "sha256" VARCHAR(64) NOT NULL, "content" TEXT NOT NULL, "document" BLOB NOT NULL, CONSTRAINT "device_statement_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "device_statement_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT device_statement_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT device_statement_language_is_known CHECK (language IN ('ro', 'en')), CONSTRAINT device_statement_issued_on_is_a_day CHECK (issued_on IS NULL OR date(issued_on) IS issued_on), CONSTRAINT device_statement_keep_until_is_a_day CHECK (keep_until IS NULL OR date(keep_until) IS keep_until), CONSTRAINT device_statement_correction_has_a_reason CHECK ((version = 1) = (reason IS NULL) AND trim(COALESCE(reason, '-')) <> ''), CONSTRAINT device_statement_grounds_are_said CHECK (trim(COALESCE(unmet, '-')) <> ''), CONSTRAINT device_statement_function_is_said CHECK (trim(signed_function) <> ''), CONSTRAINT device_statement_is_kept_long_enough CHECK (CAST(substr(CAST(keep_until AS TEXT), 1, 4) AS INTEGER) - CAST(substr(CAST(issued_on AS TEXT), 1, 4) AS INTEGER) - CASE WHEN substr(CAST(keep_until AS TEXT), 6, 5) < substr(CAST(issued_on AS TEXT), 6, 5) THEN 1 ELSE 0 END >= CASE WHEN implantable THEN 15 ELSE 10 END), CONSTRAINT device_statement_hash_is_whole CHECK (length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''));

CREATE INDEX "device_statement_order_id" ON "device_statement" ("order_id");

CREATE INDEX "device_statement_by_id" ON "device_statement" ("by_id");

CREATE UNIQUE INDEX device_statement_version_is_one ON "device_statement" (order_id, version);

CREATE INDEX device_statement_by_keep_until ON "device_statement" (keep_until);

UPDATE work_type SET is_device = FALSE WHERE code IN ('wax_up', 'custom_tray', 'bite_rim', 'model');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'device_statement', r.code = 'lab_supervisor', FALSE, r.code IN ('lab_supervisor', 'manager'), CASE WHEN r.code IN ('dentist', 'technician') THEN 'own' WHEN r.code IN ('receptionist', 'patient_manager') THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('receptionist', 'patient_manager', 'dentist', 'senior_dentist', 'lab_supervisor', 'technician', 'manager') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'device_statement');
