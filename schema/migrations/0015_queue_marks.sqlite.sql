CREATE TABLE "queue_mark" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "track_id" INTEGER NOT NULL, "kind" VARCHAR(40) NOT NULL, "reason" VARCHAR(200), "started_at" DATETIME NOT NULL, "by_id" INTEGER NOT NULL, "ended_at" DATETIME, "ended_by_id" INTEGER, CONSTRAINT "queue_mark_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT, CONSTRAINT "queue_mark_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "queue_mark_ended_by_id_exists" FOREIGN KEY ("ended_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT queue_mark_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT queue_mark_kind_is_known CHECK (kind IN ('pin', 'rush')), CONSTRAINT queue_mark_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT queue_mark_ended_at_is_an_instant CHECK (ended_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ended_at) IS substr(ended_at, 1, 19)), CONSTRAINT queue_mark_ends_after_start CHECK (ended_at >= started_at), CONSTRAINT queue_mark_is_ended_at_a_moment CHECK (ended_by_id IS NULL OR ended_at IS NOT NULL));

CREATE INDEX "queue_mark_track_id" ON "queue_mark" ("track_id");

CREATE INDEX "queue_mark_by_id" ON "queue_mark" ("by_id");

CREATE INDEX "queue_mark_ended_by_id" ON "queue_mark" ("ended_by_id");

CREATE UNIQUE INDEX queue_mark_one_open_of_a_kind ON "queue_mark" (track_id, kind) WHERE ended_at IS NULL;

CREATE INDEX queue_mark_open ON "queue_mark" (track_id) WHERE ended_at IS NULL;

CREATE TABLE "stage_capacity" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_code" VARCHAR(40) NOT NULL, "units_per_day" INTEGER NOT NULL, CONSTRAINT stage_capacity_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT stage_capacity_is_positive CHECK (units_per_day > 0));

CREATE UNIQUE INDEX stage_capacity_set_once ON "stage_capacity" (stage_code);
