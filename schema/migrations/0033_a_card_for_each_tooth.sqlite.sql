PRAGMA legacy_alter_table = 1;

CREATE TABLE "automation_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_id" INTEGER NOT NULL, "event" VARCHAR(40) NOT NULL, "control_point_id" INTEGER, "delay_minutes" INTEGER NOT NULL, "delay_time" VARCHAR(40) NOT NULL, "action" VARCHAR(40) NOT NULL, "text" VARCHAR(200), "role_id" INTEGER, "due_minutes" INTEGER NOT NULL, "wording_code" VARCHAR(40), "child_pipeline_code" VARCHAR(40), "child_each" VARCHAR(40) NOT NULL, "only_route" VARCHAR(40), "ticks_id" INTEGER, "recall_rule_code" VARCHAR(40), "active" INTEGER NOT NULL, CONSTRAINT "automation_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_control_point_id_exists" FOREIGN KEY ("control_point_id") REFERENCES "control_point" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_ticks_id_exists" FOREIGN KEY ("ticks_id") REFERENCES "control_point" ("id") ON DELETE RESTRICT, CONSTRAINT automation_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT automation_event_is_known CHECK (event IN ('enter', 'leave', 'idle', 'overrun', 'tick')), CONSTRAINT automation_delay_time_is_known CHECK (delay_time IN ('calendar', 'working')), CONSTRAINT automation_action_is_known CHECK (action IN ('followup', 'message', 'child', 'tick', 'recall', 'risk', 'notify')), CONSTRAINT automation_child_each_is_known CHECK (child_each IN ('order', 'unit', 'tooth')), CONSTRAINT automation_point_of_its_stage FOREIGN KEY (control_point_id, stage_id) REFERENCES "control_point" (id, stage_id) ON DELETE RESTRICT, CONSTRAINT automation_tick_names_its_point CHECK ((event = 'tick') = (control_point_id IS NOT NULL)), CONSTRAINT automation_waits_forward CHECK (delay_minutes >= 0 AND due_minutes >= 0), CONSTRAINT automation_idles_for_a_while CHECK (event <> 'idle' OR delay_minutes > 0), CONSTRAINT automation_has_what_it_needs CHECK (CASE action WHEN 'followup' THEN text IS NOT NULL WHEN 'notify' THEN text IS NOT NULL WHEN 'message' THEN wording_code IS NOT NULL WHEN 'child' THEN child_pipeline_code IS NOT NULL WHEN 'tick' THEN ticks_id IS NOT NULL WHEN 'recall' THEN recall_rule_code IS NOT NULL ELSE TRUE END));

INSERT INTO "automation_new" ("id", "row_version", "created_at", "stage_id", "event", "control_point_id", "delay_minutes", "delay_time", "action", "text", "role_id", "due_minutes", "wording_code", "child_pipeline_code", "child_each", "only_route", "ticks_id", "recall_rule_code", "active") SELECT "id", "row_version", "created_at", "stage_id", "event", "control_point_id", "delay_minutes", "delay_time", "action", "text", "role_id", "due_minutes", "wording_code", "child_pipeline_code", "child_each", "only_route", "ticks_id", "recall_rule_code", "active" FROM "automation";

DROP TABLE "automation";

ALTER TABLE "automation_new" RENAME TO "automation";

CREATE INDEX "automation_stage_id" ON "automation" ("stage_id");

CREATE INDEX "automation_control_point_id" ON "automation" ("control_point_id");

CREATE INDEX "automation_role_id" ON "automation" ("role_id");

CREATE INDEX "automation_ticks_id" ON "automation" ("ticks_id");

CREATE INDEX automation_by_event ON "automation" (event, stage_id) WHERE active;

PRAGMA legacy_alter_table = 0;
