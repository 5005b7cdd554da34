CREATE TABLE "shared_device" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(60) NOT NULL, "location_id" INTEGER NOT NULL, "token_sha" VARCHAR(64) NOT NULL, "enrolled_by_id" INTEGER NOT NULL, "idle_minutes" INTEGER NOT NULL, "wrong_tries" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "shared_device_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "shared_device_enrolled_by_id_exists" FOREIGN KEY ("enrolled_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT shared_device_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT shared_device_locks_soon CHECK (idle_minutes BETWEEN 1 AND 30), CONSTRAINT shared_device_counts_to_its_lock CHECK (wrong_tries BETWEEN 0 AND 20));

CREATE INDEX "shared_device_location_id" ON "shared_device" ("location_id");

CREATE INDEX "shared_device_enrolled_by_id" ON "shared_device" ("enrolled_by_id");

CREATE UNIQUE INDEX shared_device_token_is_new ON "shared_device" (token_sha);

CREATE UNIQUE INDEX shared_device_name_is_free ON "shared_device" (location_id, name) WHERE ended_on IS NULL;

CREATE TABLE "staff_pin" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "pin_hash" VARCHAR(200) NOT NULL, "wrong_tries" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "staff_pin_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT staff_pin_is_kept_as_a_hash CHECK (substr(pin_hash, 1, 10) = '$argon2id$'), CONSTRAINT staff_pin_counts_to_its_lock CHECK (wrong_tries BETWEEN 0 AND 5));

CREATE INDEX "staff_pin_staff_id" ON "staff_pin" ("staff_id");

CREATE UNIQUE INDEX staff_pin_is_one ON "staff_pin" (staff_id) WHERE ended_on IS NULL;

ALTER TABLE "sign_in" ADD COLUMN "tablet_id" INTEGER;

ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_tablet_id_exists" FOREIGN KEY ("tablet_id") REFERENCES "shared_device" ("id") ON DELETE RESTRICT;

CREATE INDEX "sign_in_tablet_id" ON "sign_in" ("tablet_id");

CREATE UNIQUE INDEX sign_in_one_at_a_tablet ON "sign_in" (tablet_id) WHERE ended_at IS NULL AND tablet_id IS NOT NULL;

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'shared_device', r.code IN ('lab_supervisor', 'admin'), r.code IN ('lab_supervisor', 'admin'), FALSE, CASE WHEN r.code = 'lab_supervisor' THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('lab_supervisor', 'manager', 'admin') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'shared_device');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'staff_pin', r.code IN ('lab_supervisor', 'technician'), r.code IN ('lab_supervisor', 'admin'), FALSE, CASE WHEN r.code = 'technician' THEN 'own' WHEN r.code = 'lab_supervisor' THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('lab_supervisor', 'technician', 'manager', 'admin') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'staff_pin');
