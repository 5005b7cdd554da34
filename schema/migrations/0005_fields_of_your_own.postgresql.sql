UPDATE custom_field SET code = substr(code, 1, 30) || '_' || id WHERE EXISTS (SELECT 1 FROM custom_field o WHERE o.kind = custom_field.kind AND o.code = custom_field.code AND o.id < custom_field.id);

ALTER TABLE "custom_field" ADD COLUMN "hint" VARCHAR(200), ADD COLUMN "in_list" BOOLEAN NOT NULL DEFAULT TRUE, ADD COLUMN "searchable" BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE "custom_field" ALTER COLUMN "in_list" DROP DEFAULT, ALTER COLUMN "searchable" DROP DEFAULT;

DROP INDEX custom_field_code_is_free;

CREATE UNIQUE INDEX custom_field_code_is_free ON "custom_field" (kind, code);

ALTER TABLE "custom_value" DROP CONSTRAINT custom_value_fills_its_own_column, ADD CONSTRAINT custom_value_fills_its_own_column CHECK ((type = 'text' OR text_value IS NULL) AND (type = 'number' OR number_value IS NULL) AND (type = 'day' OR day_value IS NULL) AND (type = 'choice' OR choice_value IS NULL) AND (type = 'yes_no' OR yes_no_value IS NULL) AND (type = 'link' OR link_value IS NULL) AND (type = 'money' OR money_value IS NULL));
