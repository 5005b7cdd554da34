CREATE TABLE "paper_print" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "kind" VARCHAR(40) NOT NULL, "copy_number" INTEGER NOT NULL, "by_id" INTEGER NOT NULL, CONSTRAINT "paper_print_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_print_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT paper_print_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT paper_print_kind_is_known CHECK (kind IN ('ticket', 'tray', 'labels')));

CREATE INDEX "paper_print_order_id" ON "paper_print" ("order_id");

CREATE INDEX "paper_print_by_id" ON "paper_print" ("by_id");

CREATE UNIQUE INDEX paper_print_copy_is_one ON "paper_print" (order_id, kind, copy_number);

CREATE TABLE "paper_check" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "location_id" INTEGER NOT NULL, "day" DATE NOT NULL, "started_at" DATETIME NOT NULL, "started_by_id" INTEGER NOT NULL, "closed_at" DATETIME, "closed_by_id" INTEGER, CONSTRAINT "paper_check_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_check_started_by_id_exists" FOREIGN KEY ("started_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_check_closed_by_id_exists" FOREIGN KEY ("closed_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT paper_check_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT paper_check_day_is_a_day CHECK (day IS NULL OR date(day) IS day), CONSTRAINT paper_check_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT paper_check_closed_at_is_an_instant CHECK (closed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', closed_at) IS substr(closed_at, 1, 19)), CONSTRAINT paper_check_closes_after_it_began CHECK (closed_at >= started_at), CONSTRAINT paper_check_is_closed_by_somebody CHECK ((closed_at IS NULL) = (closed_by_id IS NULL)));

CREATE INDEX "paper_check_location_id" ON "paper_check" ("location_id");

CREATE INDEX "paper_check_started_by_id" ON "paper_check" ("started_by_id");

CREATE INDEX "paper_check_closed_by_id" ON "paper_check" ("closed_by_id");

CREATE UNIQUE INDEX paper_check_one_a_day ON "paper_check" (location_id, day);

CREATE TABLE "paper_finding" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "paper_check_id" INTEGER NOT NULL, "order_id" INTEGER NOT NULL, "result" VARCHAR(40) NOT NULL, "paper_stage_id" INTEGER, "screen_stage_id" INTEGER NOT NULL, "paper_box" VARCHAR(20), "screen_box" VARCHAR(20), "by_id" INTEGER NOT NULL, "at" DATETIME NOT NULL, CONSTRAINT "paper_finding_paper_check_id_exists" FOREIGN KEY ("paper_check_id") REFERENCES "paper_check" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_finding_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_finding_paper_stage_id_exists" FOREIGN KEY ("paper_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_finding_screen_stage_id_exists" FOREIGN KEY ("screen_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "paper_finding_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT paper_finding_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT paper_finding_result_is_known CHECK (result IN ('agrees', 'stage', 'box', 'missing', 'extra')), CONSTRAINT paper_finding_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT paper_finding_result_is_what_differs CHECK (CASE result WHEN 'missing' THEN paper_stage_id IS NULL AND paper_box IS NULL WHEN 'extra' THEN paper_stage_id IS NOT NULL WHEN 'agrees' THEN paper_stage_id IS NOT NULL AND paper_stage_id = screen_stage_id AND COALESCE(paper_box, '') = COALESCE(screen_box, '') WHEN 'stage' THEN paper_stage_id IS NOT NULL AND paper_stage_id <> screen_stage_id WHEN 'box' THEN paper_stage_id IS NOT NULL AND paper_stage_id = screen_stage_id AND NOT (COALESCE(paper_box, '') = COALESCE(screen_box, '')) ELSE FALSE END));

CREATE INDEX "paper_finding_paper_check_id" ON "paper_finding" ("paper_check_id");

CREATE INDEX "paper_finding_order_id" ON "paper_finding" ("order_id");

CREATE INDEX "paper_finding_paper_stage_id" ON "paper_finding" ("paper_stage_id");

CREATE INDEX "paper_finding_screen_stage_id" ON "paper_finding" ("screen_stage_id");

CREATE INDEX "paper_finding_by_id" ON "paper_finding" ("by_id");

CREATE UNIQUE INDEX paper_finding_one_of_each_order ON "paper_finding" (paper_check_id, order_id);
