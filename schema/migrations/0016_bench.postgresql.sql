CREATE TABLE "bench_act" ("id" SERIAL NOT NULL PRIMARY KEY, "at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "key" VARCHAR(40) NOT NULL, "deed" VARCHAR(40) NOT NULL, "card_id" INTEGER NOT NULL, "step" INTEGER NOT NULL, "tapped_at" TIMESTAMP NOT NULL, "by_id" INTEGER NOT NULL, CONSTRAINT "bench_act_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "bench_act_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT bench_act_deed_is_known CHECK (deed IN ('start', 'done', 'problem', 'lot')), CONSTRAINT bench_act_key_is_long CHECK (length(key) >= 16), CONSTRAINT bench_act_is_tapped_before_it_comes CHECK (tapped_at <= at));

CREATE INDEX "bench_act_card_id" ON "bench_act" ("card_id");

CREATE INDEX "bench_act_by_id" ON "bench_act" ("by_id");

CREATE UNIQUE INDEX bench_act_counts_once ON "bench_act" (key);

CREATE INDEX bench_act_by_card ON "bench_act" (card_id, step);

CREATE TABLE "machine_run" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_code" VARCHAR(40) NOT NULL, "machine" VARCHAR(60), "started_at" TIMESTAMP NOT NULL, "ended_at" TIMESTAMP, "by_id" INTEGER NOT NULL, CONSTRAINT "machine_run_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT machine_run_ends_after_start CHECK (ended_at >= started_at));

CREATE INDEX "machine_run_by_id" ON "machine_run" ("by_id");

CREATE TABLE "machine_run_work" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "run_id" INTEGER NOT NULL, "track_id" INTEGER NOT NULL, "taken_out_at" TIMESTAMP, CONSTRAINT "machine_run_work_run_id_exists" FOREIGN KEY ("run_id") REFERENCES "machine_run" ("id") ON DELETE RESTRICT, CONSTRAINT "machine_run_work_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT);

CREATE INDEX "machine_run_work_run_id" ON "machine_run_work" ("run_id");

CREATE INDEX "machine_run_work_track_id" ON "machine_run_work" ("track_id");

CREATE UNIQUE INDEX machine_run_work_lies_there_once ON "machine_run_work" (run_id, track_id) WHERE taken_out_at IS NULL;
