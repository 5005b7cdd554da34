ALTER TABLE "automation" ADD COLUMN "child_each" VARCHAR(40) NOT NULL DEFAULT 'order', ADD COLUMN "only_route" VARCHAR(40);

ALTER TABLE "automation" ALTER COLUMN "child_each" DROP DEFAULT;

UPDATE automation SET child_each = 'unit' WHERE child_pipeline_code = 'fabrication';

ALTER TABLE "automation" ADD CONSTRAINT automation_child_each_is_known CHECK (child_each IN ('order', 'unit'));

CREATE TABLE "stage_role" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_id" INTEGER NOT NULL, "role_id" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "stage_role_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "stage_role_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT);

CREATE INDEX "stage_role_stage_id" ON "stage_role" ("stage_id");

CREATE INDEX "stage_role_role_id" ON "stage_role" ("role_id");

CREATE UNIQUE INDEX stage_role_named_once ON "stage_role" (stage_id, role_id) WHERE ended_on IS NULL;

CREATE TABLE "automation_run" ("id" SERIAL NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "automation_id" INTEGER NOT NULL, "visit" INTEGER NOT NULL, "due_at" TIMESTAMP NOT NULL, "done_at" TIMESTAMP, "cancelled_at" TIMESTAMP, "outcome" VARCHAR(300), CONSTRAINT "automation_run_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_run_automation_id_exists" FOREIGN KEY ("automation_id") REFERENCES "automation" ("id") ON DELETE RESTRICT, CONSTRAINT automation_run_is_done_or_cancelled CHECK (done_at IS NULL OR cancelled_at IS NULL), CONSTRAINT automation_run_counts_visits CHECK (visit >= 0));

CREATE INDEX "automation_run_card_id" ON "automation_run" ("card_id");

CREATE INDEX "automation_run_automation_id" ON "automation_run" ("automation_id");

CREATE UNIQUE INDEX automation_run_once_per_visit ON "automation_run" (card_id, automation_id, visit);

CREATE INDEX automation_run_waiting ON "automation_run" (due_at, id) WHERE done_at IS NULL AND cancelled_at IS NULL;

CREATE INDEX automation_run_of_card ON "automation_run" (card_id, id);
