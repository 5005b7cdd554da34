DROP TABLE "audit_entry";

CREATE TABLE "audit_entry" ("id" SERIAL NOT NULL PRIMARY KEY, "at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "seq" BIGINT NOT NULL, "staff_id" INTEGER, "role" VARCHAR(200), "door" VARCHAR(40) NOT NULL, "address" VARCHAR(120), "request" VARCHAR(64), "reason" VARCHAR(300), "change_count" INTEGER NOT NULL, "digest" VARCHAR(64) NOT NULL, "prev" VARCHAR(64) NOT NULL, "mac" VARCHAR(64) NOT NULL, CONSTRAINT "audit_entry_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT audit_entry_door_is_known CHECK (door IN ('screen', 'import', 'command', 'clock', 'interface', 'seed', 'upgrade', 'program', 'outside')), CONSTRAINT audit_entry_counts_up CHECK (change_count >= 0));

CREATE UNIQUE INDEX audit_entry_number_once ON "audit_entry" (seq);

CREATE UNIQUE INDEX audit_entry_follows_one ON "audit_entry" (prev);

CREATE UNIQUE INDEX audit_entry_seal_once ON "audit_entry" (mac);

CREATE INDEX audit_entry_of_staff ON "audit_entry" (staff_id, at);

CREATE TABLE "audit_change" ("id" SERIAL NOT NULL PRIMARY KEY, "at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "entry_id" INTEGER, "table_name" VARCHAR(60) NOT NULL, "row_id" BIGINT NOT NULL, "act" VARCHAR(40) NOT NULL, "before" TEXT, "after" TEXT, "digest" VARCHAR(64), "txid" BIGINT, CONSTRAINT "audit_change_entry_id_exists" FOREIGN KEY ("entry_id") REFERENCES "audit_entry" ("id") ON DELETE RESTRICT, CONSTRAINT audit_change_act_is_known CHECK (act IN ('insert', 'update', 'delete', 'found')));

CREATE INDEX audit_change_of_row ON "audit_change" (table_name, row_id);

CREATE INDEX audit_change_of_entry ON "audit_change" (entry_id, txid);
