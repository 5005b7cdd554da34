PRAGMA legacy_alter_table = 1;

CREATE TABLE "shared_device" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(60) NOT NULL, "location_id" INTEGER NOT NULL, "token_sha" VARCHAR(64) NOT NULL, "enrolled_by_id" INTEGER NOT NULL, "idle_minutes" INTEGER NOT NULL, "wrong_tries" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "shared_device_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "shared_device_enrolled_by_id_exists" FOREIGN KEY ("enrolled_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT shared_device_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT shared_device_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT shared_device_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT shared_device_locks_soon CHECK (idle_minutes BETWEEN 1 AND 30), CONSTRAINT shared_device_counts_to_its_lock CHECK (wrong_tries BETWEEN 0 AND 20));

CREATE INDEX "shared_device_location_id" ON "shared_device" ("location_id");

CREATE INDEX "shared_device_enrolled_by_id" ON "shared_device" ("enrolled_by_id");

CREATE UNIQUE INDEX shared_device_token_is_new ON "shared_device" (token_sha);

CREATE UNIQUE INDEX shared_device_name_is_free ON "shared_device" (location_id, name) WHERE ended_on IS NULL;

CREATE TABLE "staff_pin" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "pin_hash" VARCHAR(200) NOT NULL, "wrong_tries" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "staff_pin_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT staff_pin_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT staff_pin_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT staff_pin_is_kept_as_a_hash CHECK (substr(pin_hash, 1, 10) = '$argon2id$'), CONSTRAINT staff_pin_counts_to_its_lock CHECK (wrong_tries BETWEEN 0 AND 5));

CREATE INDEX "staff_pin_staff_id" ON "staff_pin" ("staff_id");

CREATE UNIQUE INDEX staff_pin_is_one ON "staff_pin" (staff_id) WHERE ended_on IS NULL;

CREATE TABLE "sign_in_new" ("id" INTEGER NOT NULL PRIMARY KEY, "staff_id" INTEGER NOT NULL, "token_sha" VARCHAR(64) NOT NULL, "started_at" DATETIME NOT NULL, "seen_at" DATETIME NOT NULL, "ended_at" DATETIME, "address" VARCHAR(64), "device" VARCHAR(200), "seen_as_role_id" INTEGER, "tablet_id" INTEGER, CONSTRAINT "sign_in_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "sign_in_seen_as_role_id_exists" FOREIGN KEY ("seen_as_role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT "sign_in_tablet_id_exists" FOREIGN KEY ("tablet_id") REFERENCES "shared_device" ("id") ON DELETE RESTRICT, CONSTRAINT sign_in_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT sign_in_seen_at_is_an_instant CHECK (seen_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', seen_at) IS substr(seen_at, 1, 19)), CONSTRAINT sign_in_ended_at_is_an_instant CHECK (ended_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ended_at) IS substr(ended_at, 1, 19)), CONSTRAINT sign_in_ends_after_start CHECK (ended_at >= started_at));

INSERT INTO "sign_in_new" ("id", "staff_id", "token_sha", "started_at", "seen_at", "ended_at", "address", "device", "seen_as_role_id") SELECT "id", "staff_id", "token_sha", "started_at", "seen_at", "ended_at", "address", "device", "seen_as_role_id" FROM "sign_in";

DROP TABLE "sign_in";

ALTER TABLE "sign_in_new" RENAME TO "sign_in";

CREATE INDEX "sign_in_staff_id" ON "sign_in" ("staff_id");

CREATE INDEX "sign_in_seen_as_role_id" ON "sign_in" ("seen_as_role_id");

CREATE INDEX "sign_in_tablet_id" ON "sign_in" ("tablet_id");

CREATE UNIQUE INDEX sign_in_token_is_new ON "sign_in" (token_sha);

CREATE UNIQUE INDEX sign_in_one_at_a_tablet ON "sign_in" (tablet_id) WHERE ended_at IS NULL AND tablet_id IS NOT NULL;

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'shared_device', r.code IN ('lab_supervisor', 'admin'), r.code IN ('lab_supervisor', 'admin'), FALSE, CASE WHEN r.code = 'lab_supervisor' THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('lab_supervisor', 'manager', 'admin') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'shared_device');

INSERT INTO role_grant (role_id, table_name, may_create, may_edit, may_export, scope) SELECT r.id, 'staff_pin', r.code IN ('lab_supervisor', 'technician'), r.code IN ('lab_supervisor', 'admin'), FALSE, CASE WHEN r.code = 'technician' THEN 'own' WHEN r.code = 'lab_supervisor' THEN 'location' ELSE 'all' END FROM role r WHERE r.code IN ('lab_supervisor', 'technician', 'manager', 'admin') AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.table_name = 'staff_pin');

PRAGMA legacy_alter_table = 0;
