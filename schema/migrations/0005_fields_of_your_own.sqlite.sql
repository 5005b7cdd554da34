PRAGMA legacy_alter_table = 1;

UPDATE custom_field SET code = substr(code, 1, 30) || '_' || id WHERE EXISTS (SELECT 1 FROM custom_field o WHERE o.kind = custom_field.kind AND o.code = custom_field.code AND o.id < custom_field.id);

CREATE TABLE "custom_field_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "kind" VARCHAR(40) NOT NULL, "pipeline_id" INTEGER, "label" VARCHAR(80) NOT NULL, "code" VARCHAR(40) NOT NULL, "hint" VARCHAR(200), "type" VARCHAR(40) NOT NULL, "choices" TEXT, "required_from_stage_id" INTEGER, "in_list" INTEGER NOT NULL, "searchable" INTEGER NOT NULL, "position" INTEGER NOT NULL, "retired_on" DATE, CONSTRAINT "custom_field_pipeline_id_exists" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id") ON DELETE RESTRICT, CONSTRAINT "custom_field_required_from_stage_id_exists" FOREIGN KEY ("required_from_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT custom_field_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT custom_field_kind_is_known CHECK (kind IN ('lead', 'plan', 'claim', 'order', 'track')), CONSTRAINT custom_field_label_is_tidy CHECK (label <> '' AND label = trim(label) AND label NOT LIKE '%  %'), CONSTRAINT custom_field_type_is_known CHECK (type IN ('text', 'number', 'day', 'choice', 'yes_no', 'link', 'money')), CONSTRAINT custom_field_retired_on_is_a_day CHECK (retired_on IS NULL OR date(retired_on) IS retired_on), CONSTRAINT custom_field_pipeline_of_kind FOREIGN KEY (pipeline_id, kind) REFERENCES "pipeline" (id, kind) ON DELETE RESTRICT, CONSTRAINT custom_field_lists_its_choices CHECK ((type = 'choice') = (trim(COALESCE(choices, '')) <> '')));

INSERT INTO "custom_field_new" ("id", "row_version", "created_at", "kind", "pipeline_id", "label", "code", "type", "choices", "required_from_stage_id", "position", "retired_on", "in_list", "searchable") SELECT "id", "row_version", "created_at", "kind", "pipeline_id", "label", "code", "type", "choices", "required_from_stage_id", "position", "retired_on", 1, 0 FROM "custom_field";

DROP TABLE "custom_field";

ALTER TABLE "custom_field_new" RENAME TO "custom_field";

CREATE INDEX "custom_field_pipeline_id" ON "custom_field" ("pipeline_id");

CREATE INDEX "custom_field_required_from_stage_id" ON "custom_field" ("required_from_stage_id");

CREATE UNIQUE INDEX custom_field_id_and_type ON "custom_field" (id, type);

CREATE UNIQUE INDEX custom_field_code_is_free ON "custom_field" (kind, code);

CREATE TABLE "custom_value_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "field_id" INTEGER NOT NULL, "type" VARCHAR(40) NOT NULL, "text_value" TEXT, "number_value" DECIMAL(14, 4), "day_value" DATE, "choice_value" VARCHAR(200), "yes_no_value" INTEGER, "link_value" VARCHAR(2000), "money_value" INTEGER, CONSTRAINT "custom_value_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "custom_value_field_id_exists" FOREIGN KEY ("field_id") REFERENCES "custom_field" ("id") ON DELETE RESTRICT, CONSTRAINT custom_value_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT custom_value_type_is_known CHECK (type IN ('text', 'number', 'day', 'choice', 'yes_no', 'link', 'money')), CONSTRAINT custom_value_day_value_is_a_day CHECK (day_value IS NULL OR date(day_value) IS day_value), CONSTRAINT custom_value_link_value_is_a_link CHECK (link_value LIKE 'https://_%' AND link_value NOT LIKE '% %'), CONSTRAINT custom_value_money_value_is_whole CHECK (money_value IS NULL OR typeof(money_value) = 'integer'), CONSTRAINT custom_value_money_value_not_negative CHECK (money_value >= 0), CONSTRAINT custom_value_of_the_fields_type FOREIGN KEY (field_id, type) REFERENCES "custom_field" (id, type) ON DELETE RESTRICT, CONSTRAINT custom_value_fills_its_own_column CHECK ((type = 'text' OR text_value IS NULL) AND (type = 'number' OR number_value IS NULL) AND (type = 'day' OR day_value IS NULL) AND (type = 'choice' OR choice_value IS NULL) AND (type = 'yes_no' OR yes_no_value IS NULL) AND (type = 'link' OR link_value IS NULL) AND (type = 'money' OR money_value IS NULL)));

INSERT INTO "custom_value_new" ("id", "row_version", "created_at", "card_id", "field_id", "type", "text_value", "number_value", "day_value", "choice_value", "yes_no_value", "link_value", "money_value") SELECT "id", "row_version", "created_at", "card_id", "field_id", "type", "text_value", "number_value", "day_value", "choice_value", "yes_no_value", "link_value", "money_value" FROM "custom_value";

DROP TABLE "custom_value";

ALTER TABLE "custom_value_new" RENAME TO "custom_value";

CREATE INDEX "custom_value_card_id" ON "custom_value" ("card_id");

CREATE INDEX "custom_value_field_id" ON "custom_value" ("field_id");

CREATE UNIQUE INDEX custom_value_once_per_card ON "custom_value" (card_id, field_id);

PRAGMA legacy_alter_table = 0;
