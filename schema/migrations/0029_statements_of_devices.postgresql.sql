ALTER TABLE "clinic" ADD COLUMN "statements_from" DATE;

ALTER TABLE "work_type" ADD COLUMN "is_device" BOOLEAN NOT NULL DEFAULT TRUE;

ALTER TABLE "control_point" DROP CONSTRAINT control_point_evidence_is_known, ADD CONSTRAINT control_point_evidence_is_known CHECK (evidence IN ('tick', 'field', 'children', 'approval', 'photos', 'components', 'consent', 'lot', 'link', 'statement'));

ALTER TABLE "paper_print" DROP CONSTRAINT paper_print_kind_is_known, ADD CONSTRAINT paper_print_kind_is_known CHECK (kind IN ('ticket', 'tray', 'labels', 'statement'));

CREATE TABLE "device_statement" ("id" SERIAL NOT NULL PRIMARY KEY, "at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "version" INTEGER NOT NULL, "language" VARCHAR(40) NOT NULL, "reason" VARCHAR(300), "by_id" INTEGER NOT NULL, "signed_name" VARCHAR(130) NOT NULL, "signed_function" VARCHAR(80) NOT NULL, "patient_code" VARCHAR(20) NOT NULL, "prescriber" VARCHAR(130) NOT NULL, "device" VARCHAR(300) NOT NULL, "implantable" BOOLEAN NOT NULL, "unmet" TEXT, "issued_on" DATE NOT NULL, "keep_until" DATE NOT NULL, "sha256" VARCHAR(64) NOT NULL, "content" TEXT NOT NULL, "document" BYTEA NOT NULL, CONSTRAINT "device_statement_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "device_statement_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT device_statement_language_is_known CHECK (language IN ('ro', 'en')), CONSTRAINT device_statement_correction_has_a_reason CHECK ((version = 1) = (reason IS NULL) AND trim(COALESCE(reason, '-')) <> ''), CONSTRAINT device_statement_grounds_are_said CHECK (trim(COALESCE(unmet, '-')) <> ''), CONSTRAINT device_statement_function_is_said CHECK (trim(signed_function) <> ''), CONSTRAINT device_statement_is_kept_long_enough CHECK (CAST(substr(CAST(keep_until AS TEXT), 1, 4) AS INTEGER) - CAST(substr(CAST(issued_on AS TEXT), 1, 4) AS INTEGER) - CASE WHEN substr(CAST(keep_until AS TEXT), 6, 5) < substr(CAST(issued_on AS TEXT), 6, 5) THEN 1 ELSE 0 END >= CASE WHEN implantable THEN 15 ELSE 10 END), CONSTRAINT device_statement_hash_is_whole CHECK (length(sha256) = 64 AND trim(sha256, '0123456789abcdef') = ''));

CREATE INDEX "device_statement_order_id" ON "device_statement" ("order_id");

CREATE INDEX "device_statement_by_id" ON "device_statement" ("by_id");

CREATE UNIQUE INDEX device_statement_version_is_one ON "device_statement" (order_id, version);

CREATE INDEX device_statement_by_keep_until ON "device_statement" (keep_until);

UPDATE work_type SET is_device = FALSE WHERE code IN ('wax_up', 'custom_tray', 'bite_rim', 'model');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'device_statement', r.code = 'lab_supervisor', FALSE, r.code IN ('lab_supervisor', 'manager'), CASE WHEN r.code IN ('dentist', 'technician') THEN 'own' WHEN r.code IN ('receptionist', 'patient_manager') THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('receptionist', 'patient_manager', 'dentist', 'senior_dentist', 'lab_supervisor', 'technician', 'manager') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'device_statement');
