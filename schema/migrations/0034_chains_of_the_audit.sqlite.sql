PRAGMA legacy_alter_table = 1;

CREATE TABLE "audit_entry_new" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "chain" INTEGER NOT NULL, "seq" INTEGER NOT NULL, "staff_id" INTEGER, "role" VARCHAR(200), "door" VARCHAR(40) NOT NULL, "address" VARCHAR(120), "request" VARCHAR(64), "reason" VARCHAR(300), "change_count" INTEGER NOT NULL, "digest" VARCHAR(64) NOT NULL, "prev" VARCHAR(64) NOT NULL, "beside" VARCHAR(100), "mac" VARCHAR(64) NOT NULL, CONSTRAINT "audit_entry_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT audit_entry_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT audit_entry_door_is_known CHECK (door IN ('screen', 'import', 'command', 'clock', 'interface', 'seed', 'upgrade', 'program', 'outside')), CONSTRAINT audit_entry_is_of_a_chain CHECK (chain BETWEEN 0 AND 3), CONSTRAINT audit_entry_counts_up CHECK (change_count >= 0));

INSERT INTO "audit_entry_new" ("id", "at", "chain", "seq", "staff_id", "role", "door", "address", "request", "reason", "change_count", "digest", "prev", "mac") SELECT "id", "at", 0, "seq", "staff_id", "role", "door", "address", "request", "reason", "change_count", "digest", "prev", "mac" FROM "audit_entry";

DROP TABLE "audit_entry";

ALTER TABLE "audit_entry_new" RENAME TO "audit_entry";

CREATE UNIQUE INDEX audit_entry_number_once ON "audit_entry" (chain, seq);

CREATE UNIQUE INDEX audit_entry_follows_one ON "audit_entry" (prev);

CREATE UNIQUE INDEX audit_entry_seal_once ON "audit_entry" (mac);

CREATE INDEX audit_entry_of_staff ON "audit_entry" (staff_id, at);

PRAGMA legacy_alter_table = 0;
