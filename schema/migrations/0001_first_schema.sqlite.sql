CREATE TABLE "clinic" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(120) NOT NULL, "currency" VARCHAR(3) NOT NULL, "approval_threshold" INTEGER NOT NULL, "is_demo" INTEGER NOT NULL, "rights_stamp" INTEGER NOT NULL, CONSTRAINT clinic_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT clinic_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT clinic_approval_threshold_is_whole CHECK (approval_threshold IS NULL OR typeof(approval_threshold) = 'integer'), CONSTRAINT clinic_approval_threshold_not_negative CHECK (approval_threshold >= 0), CONSTRAINT clinic_is_one CHECK (id = 1), CONSTRAINT clinic_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)));

CREATE TABLE "location" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(80) NOT NULL, "address" VARCHAR(200), "phone" VARCHAR(16), "ended_on" DATE, CONSTRAINT location_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT location_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT location_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT location_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX location_name_is_free ON "location" (name);

CREATE TABLE "staff" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "last_name" VARCHAR(60) NOT NULL, "first_name" VARCHAR(60) NOT NULL, "email" VARCHAR(160) NOT NULL, "phone" VARCHAR(16), "location_id" INTEGER, "language" VARCHAR(40) NOT NULL, "password_hash" VARCHAR(200), "ended_on" DATE, CONSTRAINT "staff_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT staff_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT staff_last_name_is_tidy CHECK (last_name <> '' AND last_name = trim(last_name) AND last_name NOT LIKE '%  %'), CONSTRAINT staff_first_name_is_tidy CHECK (first_name <> '' AND first_name = trim(first_name) AND first_name NOT LIKE '%  %'), CONSTRAINT staff_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT staff_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT staff_language_is_known CHECK (language IN ('ro', 'en')), CONSTRAINT staff_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE INDEX "staff_location_id" ON "staff" ("location_id");

CREATE UNIQUE INDEX staff_email_is_free ON "staff" (email);

CREATE TABLE "role" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(60) NOT NULL, "about" VARCHAR(200), CONSTRAINT role_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT role_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'));

CREATE UNIQUE INDEX role_code_is_free ON "role" (code);

CREATE TABLE "staff_role" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "role_id" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "staff_role_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "staff_role_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT staff_role_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT staff_role_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE INDEX "staff_role_staff_id" ON "staff_role" ("staff_id");

CREATE INDEX "staff_role_role_id" ON "staff_role" ("role_id");

CREATE UNIQUE INDEX staff_role_held_once ON "staff_role" (staff_id, role_id) WHERE ended_on IS NULL;

CREATE TABLE "role_grant" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "role_id" INTEGER NOT NULL, "table_name" VARCHAR(60) NOT NULL, "may_create" INTEGER NOT NULL, "may_edit" INTEGER NOT NULL, "may_export" INTEGER NOT NULL, "scope" VARCHAR(40) NOT NULL, CONSTRAINT "role_grant_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT role_grant_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT role_grant_scope_is_known CHECK (scope IN ('own', 'location', 'all')));

CREATE INDEX "role_grant_role_id" ON "role_grant" ("role_id");

CREATE UNIQUE INDEX grant_once_per_table ON "role_grant" (role_id, table_name);

CREATE TABLE "field_grant" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "role_id" INTEGER NOT NULL, "table_name" VARCHAR(60) NOT NULL, "column" VARCHAR(60) NOT NULL, "access" VARCHAR(40) NOT NULL, CONSTRAINT "field_grant_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT field_grant_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT field_grant_access_is_known CHECK (access IN ('hidden', 'read')));

CREATE INDEX "field_grant_role_id" ON "field_grant" ("role_id");

CREATE UNIQUE INDEX field_grant_once_per_column ON "field_grant" (role_id, table_name, "column");

CREATE TABLE "opening_hours" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "location_id" INTEGER NOT NULL, "weekday" INTEGER NOT NULL, "opens_at" INTEGER NOT NULL, "closes_at" INTEGER NOT NULL, CONSTRAINT "opening_hours_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT opening_hours_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT opening_hours_weekday_known CHECK (weekday BETWEEN 1 AND 7), CONSTRAINT opening_hours_close_after_open CHECK (opens_at >= 0 AND closes_at > opens_at AND closes_at <= 1440));

CREATE INDEX "opening_hours_location_id" ON "opening_hours" ("location_id");

CREATE TABLE "holiday" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "day" DATE NOT NULL, "name" VARCHAR(80) NOT NULL, "location_id" INTEGER, CONSTRAINT "holiday_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT holiday_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT holiday_day_is_a_day CHECK (day IS NULL OR date(day) IS day));

CREATE INDEX "holiday_location_id" ON "holiday" ("location_id");

CREATE UNIQUE INDEX holiday_once_per_day ON "holiday" (day, COALESCE(location_id, 0));

CREATE TABLE "absence" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "starts_on" DATE NOT NULL, "ends_on" DATE NOT NULL, "reason" VARCHAR(120), CONSTRAINT "absence_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT absence_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT absence_starts_on_is_a_day CHECK (starts_on IS NULL OR date(starts_on) IS starts_on), CONSTRAINT absence_ends_on_is_a_day CHECK (ends_on IS NULL OR date(ends_on) IS ends_on), CONSTRAINT absence_ends_after_start CHECK (ends_on >= starts_on));

CREATE INDEX "absence_staff_id" ON "absence" ("staff_id");

CREATE TABLE "sign_in" ("id" INTEGER NOT NULL PRIMARY KEY, "staff_id" INTEGER NOT NULL, "token_sha" VARCHAR(64) NOT NULL, "started_at" DATETIME NOT NULL, "seen_at" DATETIME NOT NULL, "ended_at" DATETIME, "address" VARCHAR(64), "device" VARCHAR(200), "seen_as_role_id" INTEGER, CONSTRAINT "sign_in_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "sign_in_seen_as_role_id_exists" FOREIGN KEY ("seen_as_role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT sign_in_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT sign_in_seen_at_is_an_instant CHECK (seen_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', seen_at) IS substr(seen_at, 1, 19)), CONSTRAINT sign_in_ended_at_is_an_instant CHECK (ended_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ended_at) IS substr(ended_at, 1, 19)), CONSTRAINT sign_in_ends_after_start CHECK (ended_at >= started_at));

CREATE INDEX "sign_in_staff_id" ON "sign_in" ("staff_id");

CREATE INDEX "sign_in_seen_as_role_id" ON "sign_in" ("seen_as_role_id");

CREATE UNIQUE INDEX sign_in_token_is_new ON "sign_in" (token_sha);

CREATE TABLE "sign_in_attempt" ("id" INTEGER NOT NULL PRIMARY KEY, "key" VARCHAR(120) NOT NULL, "window" INTEGER NOT NULL, "count" INTEGER NOT NULL, CONSTRAINT sign_in_attempt_counts_up CHECK (count >= 0));

CREATE UNIQUE INDEX sign_in_attempt_counted_once ON "sign_in_attempt" (key, "window");

CREATE TABLE "password_link" ("id" INTEGER NOT NULL PRIMARY KEY, "staff_id" INTEGER NOT NULL, "token_sha" VARCHAR(64) NOT NULL, "made_by_id" INTEGER, "made_at" DATETIME NOT NULL, "expires_at" DATETIME NOT NULL, "used_at" DATETIME, CONSTRAINT "password_link_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "password_link_made_by_id_exists" FOREIGN KEY ("made_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT password_link_made_at_is_an_instant CHECK (made_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', made_at) IS substr(made_at, 1, 19)), CONSTRAINT password_link_expires_at_is_an_instant CHECK (expires_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', expires_at) IS substr(expires_at, 1, 19)), CONSTRAINT password_link_used_at_is_an_instant CHECK (used_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', used_at) IS substr(used_at, 1, 19)), CONSTRAINT password_link_expires_later CHECK (expires_at > made_at));

CREATE INDEX "password_link_staff_id" ON "password_link" ("staff_id");

CREATE INDEX "password_link_made_by_id" ON "password_link" ("made_by_id");

CREATE UNIQUE INDEX password_link_token_is_new ON "password_link" (token_sha);

CREATE TABLE "skill" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "stage_code" VARCHAR(40) NOT NULL, "level" VARCHAR(40) NOT NULL, "ended_on" DATE, CONSTRAINT "skill_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT skill_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT skill_level_is_known CHECK (level IN ('junior', 'mid', 'senior')), CONSTRAINT skill_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE INDEX "skill_staff_id" ON "skill" ("staff_id");

CREATE UNIQUE INDEX skill_held_once ON "skill" (staff_id, stage_code) WHERE ended_on IS NULL;

CREATE INDEX skill_by_stage ON "skill" (stage_code, staff_id) WHERE ended_on IS NULL;

CREATE TABLE "insurance_provider" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(120) NOT NULL, "code" VARCHAR(40), "phone" VARCHAR(16), "email" VARCHAR(160), "ended_on" DATE, CONSTRAINT insurance_provider_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT insurance_provider_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT insurance_provider_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT insurance_provider_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT insurance_provider_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX insurance_provider_name_is_free ON "insurance_provider" (lower(name));

CREATE TABLE "patient" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(20) NOT NULL, "last_name" VARCHAR(60) NOT NULL, "first_name" VARCHAR(60) NOT NULL, "birth_on" DATE, "phone" VARCHAR(16), "email" VARCHAR(160), "preferred_channel" VARCHAR(40), "address" VARCHAR(200), "national_id" VARCHAR(20), "language" VARCHAR(40) NOT NULL, "location_id" INTEGER NOT NULL, "dentist_id" INTEGER, "medical_alert" TEXT, "notes" TEXT, "ended_on" DATE, CONSTRAINT "patient_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "patient_dentist_id_exists" FOREIGN KEY ("dentist_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT patient_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT patient_last_name_is_tidy CHECK (last_name <> '' AND last_name = trim(last_name) AND last_name NOT LIKE '%  %'), CONSTRAINT patient_first_name_is_tidy CHECK (first_name <> '' AND first_name = trim(first_name) AND first_name NOT LIKE '%  %'), CONSTRAINT patient_birth_on_is_a_day CHECK (birth_on IS NULL OR date(birth_on) IS birth_on), CONSTRAINT patient_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT patient_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT patient_preferred_channel_is_known CHECK (preferred_channel IN ('call', 'whatsapp', 'sms', 'email')), CONSTRAINT patient_language_is_known CHECK (language IN ('ro', 'en')), CONSTRAINT patient_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT patient_national_id_has_13_digits CHECK (length(national_id) = 13 AND trim(national_id, '0123456789') = ''), CONSTRAINT patient_born_in_living_memory CHECK (birth_on >= '1900-01-01' AND birth_on <= created_at));

CREATE INDEX "patient_location_id" ON "patient" ("location_id");

CREATE INDEX "patient_dentist_id" ON "patient" ("dentist_id");

CREATE UNIQUE INDEX patient_code_is_free ON "patient" (code);

CREATE UNIQUE INDEX patient_national_id_is_free ON "patient" (national_id) WHERE national_id IS NOT NULL AND ended_on IS NULL;

CREATE INDEX patient_by_phone ON "patient" (phone);

CREATE INDEX patient_by_email ON "patient" (email);

CREATE INDEX patient_by_name ON "patient" (last_name, first_name, id);

CREATE TABLE "patient_tag" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "tag" VARCHAR(40) NOT NULL, CONSTRAINT "patient_tag_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT patient_tag_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT patient_tag_tag_is_tidy CHECK (tag <> '' AND tag = trim(tag) AND tag NOT LIKE '%  %'));

CREATE INDEX "patient_tag_patient_id" ON "patient_tag" ("patient_id");

CREATE UNIQUE INDEX patient_tag_once ON "patient_tag" (patient_id, lower(tag));

CREATE INDEX patient_tag_by_tag ON "patient_tag" (tag);

CREATE TABLE "guardian" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "guardian_id" INTEGER, "name" VARCHAR(120), "phone" VARCHAR(16), "relation" VARCHAR(40) NOT NULL, "ended_on" DATE, CONSTRAINT "guardian_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "guardian_guardian_id_exists" FOREIGN KEY ("guardian_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT guardian_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT guardian_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT guardian_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT guardian_relation_is_known CHECK (relation IN ('mother', 'father', 'partner', 'child', 'guardian', 'other')), CONSTRAINT guardian_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT guardian_is_one_person CHECK ((guardian_id IS NULL) <> (name IS NULL)), CONSTRAINT guardian_by_name_has_phone CHECK (name IS NULL OR phone IS NOT NULL), CONSTRAINT guardian_is_another_person CHECK (guardian_id <> patient_id));

CREATE INDEX "guardian_patient_id" ON "guardian" ("patient_id");

CREATE INDEX "guardian_guardian_id" ON "guardian" ("guardian_id");

CREATE UNIQUE INDEX guardian_once_per_patient ON "guardian" (patient_id, guardian_id) WHERE guardian_id IS NOT NULL AND ended_on IS NULL;

CREATE UNIQUE INDEX guardian_id_and_patient ON "guardian" (id, patient_id);

CREATE TABLE "insurance_policy" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "provider_id" INTEGER NOT NULL, "number" VARCHAR(60) NOT NULL, "valid_from" DATE NOT NULL, "valid_until" DATE, CONSTRAINT "insurance_policy_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "insurance_policy_provider_id_exists" FOREIGN KEY ("provider_id") REFERENCES "insurance_provider" ("id") ON DELETE RESTRICT, CONSTRAINT insurance_policy_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT insurance_policy_number_is_tidy CHECK (number <> '' AND number = trim(number) AND number NOT LIKE '%  %'), CONSTRAINT insurance_policy_valid_from_is_a_day CHECK (valid_from IS NULL OR date(valid_from) IS valid_from), CONSTRAINT insurance_policy_valid_until_is_a_day CHECK (valid_until IS NULL OR date(valid_until) IS valid_until), CONSTRAINT insurance_policy_ends_after_start CHECK (valid_until >= valid_from));

CREATE INDEX "insurance_policy_patient_id" ON "insurance_policy" ("patient_id");

CREATE INDEX "insurance_policy_provider_id" ON "insurance_policy" ("provider_id");

CREATE UNIQUE INDEX insurance_policy_once ON "insurance_policy" (patient_id, provider_id, number, valid_from);

CREATE UNIQUE INDEX insurance_policy_id_and_patient ON "insurance_policy" (id, patient_id);

CREATE TABLE "consent" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "purpose" VARCHAR(40) NOT NULL, "given" INTEGER NOT NULL, "text_version" VARCHAR(80), "channel" VARCHAR(40) NOT NULL, "evidence" VARCHAR(300), "guardian_id" INTEGER, "by_id" INTEGER, CONSTRAINT "consent_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "consent_guardian_id_exists" FOREIGN KEY ("guardian_id") REFERENCES "guardian" ("id") ON DELETE RESTRICT, CONSTRAINT "consent_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT consent_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT consent_purpose_is_known CHECK (purpose IN ('treatment', 'sms', 'whatsapp', 'email', 'call', 'photo_clinical', 'photo_marketing')), CONSTRAINT consent_channel_is_known CHECK (channel IN ('paper', 'tablet', 'web', 'call', 'message', 'in_person')), CONSTRAINT consent_given_names_its_text CHECK (NOT given OR text_version IS NOT NULL), CONSTRAINT consent_guardian_is_theirs FOREIGN KEY (guardian_id, patient_id) REFERENCES "guardian" (id, patient_id) ON DELETE RESTRICT);

CREATE INDEX "consent_patient_id" ON "consent" ("patient_id");

CREATE INDEX "consent_guardian_id" ON "consent" ("guardian_id");

CREATE INDEX "consent_by_id" ON "consent" ("by_id");

CREATE INDEX consent_in_force ON "consent" (patient_id, purpose, at, id);

CREATE TABLE "pipeline" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "kind" VARCHAR(40) NOT NULL, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "version" INTEGER NOT NULL, "published_at" DATETIME, "retired_at" DATETIME, CONSTRAINT pipeline_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT pipeline_kind_is_known CHECK (kind IN ('lead', 'plan', 'claim', 'order', 'track')), CONSTRAINT pipeline_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT pipeline_published_at_is_an_instant CHECK (published_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', published_at) IS substr(published_at, 1, 19)), CONSTRAINT pipeline_retired_at_is_an_instant CHECK (retired_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', retired_at) IS substr(retired_at, 1, 19)), CONSTRAINT pipeline_version_counts_from_one CHECK (version >= 1), CONSTRAINT pipeline_retires_after_publishing CHECK (retired_at IS NULL OR (published_at IS NOT NULL AND retired_at >= published_at)));

CREATE UNIQUE INDEX pipeline_id_and_kind ON "pipeline" (id, kind);

CREATE UNIQUE INDEX pipeline_version_is_new ON "pipeline" (code, version);

CREATE UNIQUE INDEX pipeline_one_version_in_use ON "pipeline" (code) WHERE published_at IS NOT NULL AND retired_at IS NULL;

CREATE TABLE "stage" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "pipeline_id" INTEGER NOT NULL, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "position" INTEGER NOT NULL, "category" VARCHAR(40) NOT NULL, "opens" INTEGER NOT NULL, "wip_limit" INTEGER, "standard_minutes" INTEGER, "clock" VARCHAR(40) NOT NULL, CONSTRAINT "stage_pipeline_id_exists" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id") ON DELETE RESTRICT, CONSTRAINT stage_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT stage_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT stage_category_is_known CHECK (category IN ('open', 'done', 'lost')), CONSTRAINT stage_clock_is_known CHECK (clock IN ('lab', 'clinic', 'patient', 'supplier', 'machine')), CONSTRAINT stage_opens_where_work_goes_on CHECK (NOT opens OR category = 'open'), CONSTRAINT stage_limit_allows_one CHECK (wip_limit IS NULL OR wip_limit >= 1), CONSTRAINT stage_standard_is_positive CHECK (standard_minutes IS NULL OR standard_minutes > 0));

CREATE INDEX "stage_pipeline_id" ON "stage" ("pipeline_id");

CREATE UNIQUE INDEX stage_id_and_pipeline ON "stage" (id, pipeline_id);

CREATE UNIQUE INDEX stage_code_is_free ON "stage" (pipeline_id, code);

CREATE UNIQUE INDEX stage_position_is_free ON "stage" (pipeline_id, position);

CREATE TABLE "stage_step" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "pipeline_id" INTEGER NOT NULL, "from_stage_id" INTEGER NOT NULL, "to_stage_id" INTEGER NOT NULL, "back" INTEGER NOT NULL, CONSTRAINT "stage_step_pipeline_id_exists" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id") ON DELETE RESTRICT, CONSTRAINT "stage_step_from_stage_id_exists" FOREIGN KEY ("from_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "stage_step_to_stage_id_exists" FOREIGN KEY ("to_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT stage_step_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT stage_step_from_own_pipeline FOREIGN KEY (from_stage_id, pipeline_id) REFERENCES "stage" (id, pipeline_id) ON DELETE RESTRICT, CONSTRAINT stage_step_to_own_pipeline FOREIGN KEY (to_stage_id, pipeline_id) REFERENCES "stage" (id, pipeline_id) ON DELETE RESTRICT);

CREATE INDEX "stage_step_pipeline_id" ON "stage_step" ("pipeline_id");

CREATE INDEX "stage_step_from_stage_id" ON "stage_step" ("from_stage_id");

CREATE INDEX "stage_step_to_stage_id" ON "stage_step" ("to_stage_id");

CREATE UNIQUE INDEX stage_step_id_and_stages ON "stage_step" (id, from_stage_id, to_stage_id);

CREATE UNIQUE INDEX stage_step_drawn_once ON "stage_step" (from_stage_id, to_stage_id);

CREATE TABLE "control_point" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_id" INTEGER NOT NULL, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(120) NOT NULL, "position" INTEGER NOT NULL, "block" VARCHAR(40) NOT NULL, "evidence" VARCHAR(40) NOT NULL, "about" VARCHAR(80), "required" INTEGER NOT NULL, CONSTRAINT "control_point_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT control_point_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT control_point_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT control_point_block_is_known CHECK (block IN ('identification', 'parameters', 'clinical', 'production', 'readiness', 'photos', 'integrations', 'components')), CONSTRAINT control_point_evidence_is_known CHECK (evidence IN ('tick', 'field', 'children', 'approval', 'photos', 'components', 'consent', 'lot', 'link')));

CREATE INDEX "control_point_stage_id" ON "control_point" ("stage_id");

CREATE UNIQUE INDEX control_point_code_is_free ON "control_point" (stage_id, code);

CREATE UNIQUE INDEX control_point_id_and_stage ON "control_point" (id, stage_id);

CREATE TABLE "card" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "kind" VARCHAR(40) NOT NULL, "pipeline_id" INTEGER NOT NULL, "stage_id" INTEGER NOT NULL, "step_count" INTEGER NOT NULL, "parent_id" INTEGER, "responsible_id" INTEGER, "location_id" INTEGER, "priority" VARCHAR(40) NOT NULL, "due_at" DATETIME, "opened_at" DATETIME NOT NULL, "opened_by_id" INTEGER, "closed_at" DATETIME, "closed_by_id" INTEGER, "at_risk" INTEGER NOT NULL, CONSTRAINT "card_pipeline_id_exists" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id") ON DELETE RESTRICT, CONSTRAINT "card_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "card_parent_id_exists" FOREIGN KEY ("parent_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "card_responsible_id_exists" FOREIGN KEY ("responsible_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "card_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "card_opened_by_id_exists" FOREIGN KEY ("opened_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "card_closed_by_id_exists" FOREIGN KEY ("closed_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT card_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT card_kind_is_known CHECK (kind IN ('lead', 'plan', 'claim', 'order', 'track')), CONSTRAINT card_priority_is_known CHECK (priority IN ('normal', 'urgent')), CONSTRAINT card_due_at_is_an_instant CHECK (due_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', due_at) IS substr(due_at, 1, 19)), CONSTRAINT card_opened_at_is_an_instant CHECK (opened_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', opened_at) IS substr(opened_at, 1, 19)), CONSTRAINT card_closed_at_is_an_instant CHECK (closed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', closed_at) IS substr(closed_at, 1, 19)), CONSTRAINT card_kind_of_its_pipeline FOREIGN KEY (pipeline_id, kind) REFERENCES "pipeline" (id, kind) ON DELETE RESTRICT, CONSTRAINT card_stage_of_its_pipeline FOREIGN KEY (stage_id, pipeline_id) REFERENCES "stage" (id, pipeline_id) ON DELETE RESTRICT);

CREATE INDEX "card_pipeline_id" ON "card" ("pipeline_id");

CREATE INDEX "card_stage_id" ON "card" ("stage_id");

CREATE INDEX "card_parent_id" ON "card" ("parent_id");

CREATE INDEX "card_responsible_id" ON "card" ("responsible_id");

CREATE INDEX "card_location_id" ON "card" ("location_id");

CREATE INDEX "card_opened_by_id" ON "card" ("opened_by_id");

CREATE INDEX "card_closed_by_id" ON "card" ("closed_by_id");

CREATE INDEX card_by_due ON "card" (kind, due_at, id);

CREATE TABLE "card_step" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "pipeline_id" INTEGER NOT NULL, "from_stage_id" INTEGER NOT NULL, "to_stage_id" INTEGER NOT NULL, "step_id" INTEGER, "mode" VARCHAR(40) NOT NULL, "forced" INTEGER NOT NULL, "reason" TEXT, "by_id" INTEGER, CONSTRAINT "card_step_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "card_step_pipeline_id_exists" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id") ON DELETE RESTRICT, CONSTRAINT "card_step_from_stage_id_exists" FOREIGN KEY ("from_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "card_step_to_stage_id_exists" FOREIGN KEY ("to_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "card_step_step_id_exists" FOREIGN KEY ("step_id") REFERENCES "stage_step" ("id") ON DELETE RESTRICT, CONSTRAINT "card_step_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT card_step_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT card_step_mode_is_known CHECK (mode IN ('move', 'transfer', 'reopen')), CONSTRAINT card_step_moves_by_the_map CHECK ((mode = 'move') = (step_id IS NOT NULL)), CONSTRAINT card_step_explains_itself CHECK ((mode = 'move' AND NOT forced) OR (by_id IS NOT NULL AND trim(COALESCE(reason, '')) <> '')), CONSTRAINT card_step_is_allowed FOREIGN KEY (step_id, from_stage_id, to_stage_id) REFERENCES "stage_step" (id, from_stage_id, to_stage_id) ON DELETE RESTRICT, CONSTRAINT card_step_ends_in_its_pipeline FOREIGN KEY (to_stage_id, pipeline_id) REFERENCES "stage" (id, pipeline_id) ON DELETE RESTRICT);

CREATE INDEX "card_step_card_id" ON "card_step" ("card_id");

CREATE INDEX "card_step_pipeline_id" ON "card_step" ("pipeline_id");

CREATE INDEX "card_step_from_stage_id" ON "card_step" ("from_stage_id");

CREATE INDEX "card_step_to_stage_id" ON "card_step" ("to_stage_id");

CREATE INDEX "card_step_step_id" ON "card_step" ("step_id");

CREATE INDEX "card_step_by_id" ON "card_step" ("by_id");

CREATE UNIQUE INDEX card_step_numbered_once ON "card_step" (card_id, number);

CREATE TABLE "tick" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "control_point_id" INTEGER NOT NULL, "done" INTEGER NOT NULL, "evidence_note" VARCHAR(500), "by_id" INTEGER, CONSTRAINT "tick_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "tick_control_point_id_exists" FOREIGN KEY ("control_point_id") REFERENCES "control_point" ("id") ON DELETE RESTRICT, CONSTRAINT "tick_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT tick_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)));

CREATE INDEX "tick_card_id" ON "tick" ("card_id");

CREATE INDEX "tick_control_point_id" ON "tick" ("control_point_id");

CREATE INDEX "tick_by_id" ON "tick" ("by_id");

CREATE TABLE "note" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "text" TEXT NOT NULL, "by_id" INTEGER NOT NULL, CONSTRAINT "note_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "note_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT note_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT note_says_something CHECK (trim(text) <> ''));

CREATE INDEX "note_card_id" ON "note" ("card_id");

CREATE INDEX "note_by_id" ON "note" ("by_id");

CREATE TABLE "automation" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "stage_id" INTEGER NOT NULL, "event" VARCHAR(40) NOT NULL, "control_point_id" INTEGER, "delay_minutes" INTEGER NOT NULL, "delay_time" VARCHAR(40) NOT NULL, "action" VARCHAR(40) NOT NULL, "text" VARCHAR(200), "role_id" INTEGER, "due_minutes" INTEGER NOT NULL, "wording_code" VARCHAR(40), "child_pipeline_code" VARCHAR(40), "ticks_id" INTEGER, "recall_rule_code" VARCHAR(40), "active" INTEGER NOT NULL, CONSTRAINT "automation_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_control_point_id_exists" FOREIGN KEY ("control_point_id") REFERENCES "control_point" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT "automation_ticks_id_exists" FOREIGN KEY ("ticks_id") REFERENCES "control_point" ("id") ON DELETE RESTRICT, CONSTRAINT automation_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT automation_event_is_known CHECK (event IN ('enter', 'leave', 'idle', 'overrun', 'tick')), CONSTRAINT automation_delay_time_is_known CHECK (delay_time IN ('calendar', 'working')), CONSTRAINT automation_action_is_known CHECK (action IN ('followup', 'message', 'child', 'tick', 'recall', 'risk', 'notify')), CONSTRAINT automation_point_of_its_stage FOREIGN KEY (control_point_id, stage_id) REFERENCES "control_point" (id, stage_id) ON DELETE RESTRICT, CONSTRAINT automation_tick_names_its_point CHECK ((event = 'tick') = (control_point_id IS NOT NULL)), CONSTRAINT automation_waits_forward CHECK (delay_minutes >= 0 AND due_minutes >= 0), CONSTRAINT automation_idles_for_a_while CHECK (event <> 'idle' OR delay_minutes > 0), CONSTRAINT automation_has_what_it_needs CHECK (CASE action WHEN 'followup' THEN text IS NOT NULL WHEN 'notify' THEN text IS NOT NULL WHEN 'message' THEN wording_code IS NOT NULL WHEN 'child' THEN child_pipeline_code IS NOT NULL WHEN 'tick' THEN ticks_id IS NOT NULL WHEN 'recall' THEN recall_rule_code IS NOT NULL ELSE TRUE END));

CREATE INDEX "automation_stage_id" ON "automation" ("stage_id");

CREATE INDEX "automation_control_point_id" ON "automation" ("control_point_id");

CREATE INDEX "automation_role_id" ON "automation" ("role_id");

CREATE INDEX "automation_ticks_id" ON "automation" ("ticks_id");

CREATE INDEX automation_by_event ON "automation" (event, stage_id) WHERE active;

CREATE TABLE "custom_field" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "kind" VARCHAR(40) NOT NULL, "pipeline_id" INTEGER, "code" VARCHAR(40) NOT NULL, "label" VARCHAR(80) NOT NULL, "type" VARCHAR(40) NOT NULL, "choices" TEXT, "required_from_stage_id" INTEGER, "position" INTEGER NOT NULL, "retired_on" DATE, CONSTRAINT "custom_field_pipeline_id_exists" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline" ("id") ON DELETE RESTRICT, CONSTRAINT "custom_field_required_from_stage_id_exists" FOREIGN KEY ("required_from_stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT custom_field_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT custom_field_kind_is_known CHECK (kind IN ('lead', 'plan', 'claim', 'order', 'track')), CONSTRAINT custom_field_label_is_tidy CHECK (label <> '' AND label = trim(label) AND label NOT LIKE '%  %'), CONSTRAINT custom_field_type_is_known CHECK (type IN ('text', 'number', 'day', 'choice', 'yes_no', 'link', 'money')), CONSTRAINT custom_field_retired_on_is_a_day CHECK (retired_on IS NULL OR date(retired_on) IS retired_on), CONSTRAINT custom_field_pipeline_of_kind FOREIGN KEY (pipeline_id, kind) REFERENCES "pipeline" (id, kind) ON DELETE RESTRICT, CONSTRAINT custom_field_lists_its_choices CHECK ((type = 'choice') = (trim(COALESCE(choices, '')) <> '')));

CREATE INDEX "custom_field_pipeline_id" ON "custom_field" ("pipeline_id");

CREATE INDEX "custom_field_required_from_stage_id" ON "custom_field" ("required_from_stage_id");

CREATE UNIQUE INDEX custom_field_id_and_type ON "custom_field" (id, type);

CREATE UNIQUE INDEX custom_field_code_is_free ON "custom_field" (kind, code, COALESCE(pipeline_id, 0));

CREATE TABLE "custom_value" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "field_id" INTEGER NOT NULL, "type" VARCHAR(40) NOT NULL, "text_value" TEXT, "number_value" DECIMAL(14, 4), "day_value" DATE, "choice_value" VARCHAR(200), "yes_no_value" INTEGER, "link_value" VARCHAR(2000), "money_value" INTEGER, CONSTRAINT "custom_value_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "custom_value_field_id_exists" FOREIGN KEY ("field_id") REFERENCES "custom_field" ("id") ON DELETE RESTRICT, CONSTRAINT custom_value_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT custom_value_type_is_known CHECK (type IN ('text', 'number', 'day', 'choice', 'yes_no', 'link', 'money')), CONSTRAINT custom_value_day_value_is_a_day CHECK (day_value IS NULL OR date(day_value) IS day_value), CONSTRAINT custom_value_link_value_is_a_link CHECK (link_value LIKE 'https://_%' AND link_value NOT LIKE '% %'), CONSTRAINT custom_value_money_value_is_whole CHECK (money_value IS NULL OR typeof(money_value) = 'integer'), CONSTRAINT custom_value_money_value_not_negative CHECK (money_value >= 0), CONSTRAINT custom_value_of_the_fields_type FOREIGN KEY (field_id, type) REFERENCES "custom_field" (id, type) ON DELETE RESTRICT, CONSTRAINT custom_value_fills_its_own_column CHECK ((type = 'text') = (text_value IS NOT NULL) AND (type = 'number') = (number_value IS NOT NULL) AND (type = 'day') = (day_value IS NOT NULL) AND (type = 'choice') = (choice_value IS NOT NULL) AND (type = 'yes_no') = (yes_no_value IS NOT NULL) AND (type = 'link') = (link_value IS NOT NULL) AND (type = 'money') = (money_value IS NOT NULL)));

CREATE INDEX "custom_value_card_id" ON "custom_value" ("card_id");

CREATE INDEX "custom_value_field_id" ON "custom_value" ("field_id");

CREATE UNIQUE INDEX custom_value_once_per_card ON "custom_value" (card_id, field_id);

CREATE TABLE "external_system" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "kind" VARCHAR(40) NOT NULL, "base_link" VARCHAR(2000), "ended_on" DATE, CONSTRAINT external_system_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT external_system_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT external_system_kind_is_known CHECK (kind IN ('imaging', 'scans', 'cad', 'practice', 'telephony', 'other')), CONSTRAINT external_system_base_link_is_a_link CHECK (base_link LIKE 'https://_%' AND base_link NOT LIKE '% %'), CONSTRAINT external_system_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX external_system_code_is_free ON "external_system" (code);

CREATE TABLE "external_record" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER, "card_id" INTEGER, "system_id" INTEGER NOT NULL, "kind" VARCHAR(40) NOT NULL, "external_id" VARCHAR(120), "link" VARCHAR(2000), "file_name" VARCHAR(255), "made_at" DATETIME, "uploaded_at" DATETIME, "ready_at" DATETIME, CONSTRAINT "external_record_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "external_record_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "external_record_system_id_exists" FOREIGN KEY ("system_id") REFERENCES "external_system" ("id") ON DELETE RESTRICT, CONSTRAINT external_record_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT external_record_kind_is_known CHECK (kind IN ('patient', 'folder', 'scan', 'model', 'image', 'other')), CONSTRAINT external_record_link_is_a_link CHECK (link LIKE 'https://_%' AND link NOT LIKE '% %'), CONSTRAINT external_record_made_at_is_an_instant CHECK (made_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', made_at) IS substr(made_at, 1, 19)), CONSTRAINT external_record_uploaded_at_is_an_instant CHECK (uploaded_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', uploaded_at) IS substr(uploaded_at, 1, 19)), CONSTRAINT external_record_ready_at_is_an_instant CHECK (ready_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ready_at) IS substr(ready_at, 1, 19)), CONSTRAINT external_record_has_one_owner CHECK ((patient_id IS NULL) <> (card_id IS NULL)), CONSTRAINT external_record_ready_can_be_found CHECK (ready_at IS NULL OR link IS NOT NULL OR file_name IS NOT NULL), CONSTRAINT external_record_facts_in_order CHECK ((uploaded_at IS NULL OR made_at IS NULL OR uploaded_at >= made_at) AND (ready_at IS NULL OR uploaded_at IS NULL OR ready_at >= uploaded_at)));

CREATE INDEX "external_record_patient_id" ON "external_record" ("patient_id");

CREATE INDEX "external_record_card_id" ON "external_record" ("card_id");

CREATE INDEX "external_record_system_id" ON "external_record" ("system_id");

CREATE UNIQUE INDEX external_record_number_is_free ON "external_record" (system_id, kind, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX external_record_of_patient ON "external_record" (patient_id, kind);

CREATE INDEX external_record_of_card ON "external_record" (card_id, kind);

CREATE TABLE "merge" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "kept_id" INTEGER NOT NULL, "merged_id" INTEGER NOT NULL, "reason" VARCHAR(300) NOT NULL, "by_id" INTEGER NOT NULL, CONSTRAINT "merge_kept_id_exists" FOREIGN KEY ("kept_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "merge_merged_id_exists" FOREIGN KEY ("merged_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "merge_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT merge_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT merge_joins_two_patients CHECK (kept_id <> merged_id));

CREATE INDEX "merge_kept_id" ON "merge" ("kept_id");

CREATE INDEX "merge_merged_id" ON "merge" ("merged_id");

CREATE INDEX "merge_by_id" ON "merge" ("by_id");

CREATE UNIQUE INDEX merge_once_per_patient ON "merge" (merged_id);

CREATE TABLE "inquiry_source" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "ended_on" DATE, CONSTRAINT inquiry_source_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT inquiry_source_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT inquiry_source_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX inquiry_source_code_is_free ON "inquiry_source" (code);

CREATE TABLE "inquiry_reason" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(80) NOT NULL, "usual_value" INTEGER, "ended_on" DATE, CONSTRAINT inquiry_reason_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT inquiry_reason_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT inquiry_reason_usual_value_is_whole CHECK (usual_value IS NULL OR typeof(usual_value) = 'integer'), CONSTRAINT inquiry_reason_usual_value_not_negative CHECK (usual_value >= 0), CONSTRAINT inquiry_reason_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX inquiry_reason_name_is_free ON "inquiry_reason" (name);

CREATE TABLE "loss_reason" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(80) NOT NULL, "kind" VARCHAR(40) NOT NULL, "ended_on" DATE, CONSTRAINT loss_reason_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT loss_reason_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT loss_reason_kind_is_known CHECK (kind IN ('lost', 'abandoned', 'invalid')), CONSTRAINT loss_reason_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX loss_reason_name_is_free ON "loss_reason" (name);

CREATE TABLE "referrer" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(120) NOT NULL, "kind" VARCHAR(40) NOT NULL, "patient_id" INTEGER, "phone" VARCHAR(16), "email" VARCHAR(160), "ended_on" DATE, CONSTRAINT "referrer_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT referrer_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT referrer_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT referrer_kind_is_known CHECK (kind IN ('practice', 'person', 'company')), CONSTRAINT referrer_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT referrer_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT referrer_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE INDEX "referrer_patient_id" ON "referrer" ("patient_id");

CREATE UNIQUE INDEX referrer_patient_once ON "referrer" (patient_id) WHERE patient_id IS NOT NULL;

CREATE TABLE "lead" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "name" VARCHAR(120) NOT NULL, "phone" VARCHAR(16), "email" VARCHAR(160), "language" VARCHAR(40) NOT NULL, "source_id" INTEGER NOT NULL, "reason_id" INTEGER, "referrer_id" INTEGER, "inquiry_at" DATETIME NOT NULL, "first_response_at" DATETIME, "last_contacted_at" DATETIME, "preferred_days" VARCHAR(40), "preferred_slot" VARCHAR(40), "expected_value" INTEGER, "currency" VARCHAR(3) NOT NULL, "note" TEXT, "patient_id" INTEGER, "converted_at" DATETIME, "lost_at" DATETIME, "loss_reason_id" INTEGER, CONSTRAINT "lead_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "lead_source_id_exists" FOREIGN KEY ("source_id") REFERENCES "inquiry_source" ("id") ON DELETE RESTRICT, CONSTRAINT "lead_reason_id_exists" FOREIGN KEY ("reason_id") REFERENCES "inquiry_reason" ("id") ON DELETE RESTRICT, CONSTRAINT "lead_referrer_id_exists" FOREIGN KEY ("referrer_id") REFERENCES "referrer" ("id") ON DELETE RESTRICT, CONSTRAINT "lead_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "lead_loss_reason_id_exists" FOREIGN KEY ("loss_reason_id") REFERENCES "loss_reason" ("id") ON DELETE RESTRICT, CONSTRAINT lead_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT lead_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT lead_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT lead_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT lead_language_is_known CHECK (language IN ('ro', 'en')), CONSTRAINT lead_inquiry_at_is_an_instant CHECK (inquiry_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', inquiry_at) IS substr(inquiry_at, 1, 19)), CONSTRAINT lead_first_response_at_is_an_instant CHECK (first_response_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', first_response_at) IS substr(first_response_at, 1, 19)), CONSTRAINT lead_last_contacted_at_is_an_instant CHECK (last_contacted_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', last_contacted_at) IS substr(last_contacted_at, 1, 19)), CONSTRAINT lead_preferred_slot_is_known CHECK (preferred_slot IN ('morning', 'afternoon', 'evening')), CONSTRAINT lead_expected_value_is_whole CHECK (expected_value IS NULL OR typeof(expected_value) = 'integer'), CONSTRAINT lead_expected_value_not_negative CHECK (expected_value >= 0), CONSTRAINT lead_converted_at_is_an_instant CHECK (converted_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', converted_at) IS substr(converted_at, 1, 19)), CONSTRAINT lead_lost_at_is_an_instant CHECK (lost_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', lost_at) IS substr(lost_at, 1, 19)), CONSTRAINT lead_can_be_reached CHECK (phone IS NOT NULL OR email IS NOT NULL), CONSTRAINT lead_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)), CONSTRAINT lead_answered_after_inquiry CHECK (first_response_at >= inquiry_at), CONSTRAINT lead_contacted_after_inquiry CHECK (last_contacted_at >= inquiry_at), CONSTRAINT lead_ends_after_inquiry CHECK (COALESCE(converted_at, lost_at) >= inquiry_at), CONSTRAINT lead_lost_has_a_reason CHECK ((lost_at IS NULL) = (loss_reason_id IS NULL)), CONSTRAINT lead_converted_has_a_patient CHECK (converted_at IS NULL OR patient_id IS NOT NULL), CONSTRAINT lead_ends_one_way CHECK (converted_at IS NULL OR lost_at IS NULL));

CREATE INDEX "lead_card_id" ON "lead" ("card_id");

CREATE INDEX "lead_source_id" ON "lead" ("source_id");

CREATE INDEX "lead_reason_id" ON "lead" ("reason_id");

CREATE INDEX "lead_referrer_id" ON "lead" ("referrer_id");

CREATE INDEX "lead_patient_id" ON "lead" ("patient_id");

CREATE INDEX "lead_loss_reason_id" ON "lead" ("loss_reason_id");

CREATE UNIQUE INDEX lead_has_its_own_card ON "lead" (card_id);

CREATE INDEX lead_by_phone ON "lead" (phone);

CREATE INDEX lead_by_email ON "lead" (email);

CREATE INDEX lead_by_inquiry ON "lead" (inquiry_at);

CREATE TABLE "contact_outcome" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "reached" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT contact_outcome_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT contact_outcome_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT contact_outcome_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX contact_outcome_code_is_free ON "contact_outcome" (code);

CREATE TABLE "contact" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER, "lead_id" INTEGER, "card_id" INTEGER, "channel" VARCHAR(40) NOT NULL, "direction" VARCHAR(40) NOT NULL, "outcome_id" INTEGER, "started_at" DATETIME NOT NULL, "ended_at" DATETIME, "phone" VARCHAR(16), "by_id" INTEGER, "note" TEXT, "recording_link" VARCHAR(2000), "call_id" VARCHAR(120), CONSTRAINT "contact_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "contact_lead_id_exists" FOREIGN KEY ("lead_id") REFERENCES "lead" ("id") ON DELETE RESTRICT, CONSTRAINT "contact_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "contact_outcome_id_exists" FOREIGN KEY ("outcome_id") REFERENCES "contact_outcome" ("id") ON DELETE RESTRICT, CONSTRAINT "contact_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT contact_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT contact_channel_is_known CHECK (channel IN ('call', 'whatsapp', 'sms', 'email', 'in_person')), CONSTRAINT contact_direction_is_known CHECK (direction IN ('in', 'out')), CONSTRAINT contact_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT contact_ended_at_is_an_instant CHECK (ended_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ended_at) IS substr(ended_at, 1, 19)), CONSTRAINT contact_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT contact_recording_link_is_a_link CHECK (recording_link LIKE 'https://_%' AND recording_link NOT LIKE '% %'), CONSTRAINT contact_with_somebody CHECK (patient_id IS NOT NULL OR lead_id IS NOT NULL), CONSTRAINT contact_ends_after_start CHECK (ended_at >= started_at), CONSTRAINT contact_recorded_is_a_call CHECK (channel = 'call' OR (recording_link IS NULL AND call_id IS NULL)));

CREATE INDEX "contact_patient_id" ON "contact" ("patient_id");

CREATE INDEX "contact_lead_id" ON "contact" ("lead_id");

CREATE INDEX "contact_card_id" ON "contact" ("card_id");

CREATE INDEX "contact_outcome_id" ON "contact" ("outcome_id");

CREATE INDEX "contact_by_id" ON "contact" ("by_id");

CREATE UNIQUE INDEX contact_call_logged_once ON "contact" (call_id) WHERE call_id IS NOT NULL;

CREATE INDEX contact_of_patient ON "contact" (patient_id, started_at);

CREATE INDEX contact_of_lead ON "contact" (lead_id, started_at);

CREATE INDEX contact_of_card ON "contact" (card_id, started_at);

CREATE INDEX contact_by_time ON "contact" (started_at);

CREATE TABLE "chair" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(60) NOT NULL, "location_id" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT "chair_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT chair_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT chair_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT chair_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE INDEX "chair_location_id" ON "chair" ("location_id");

CREATE UNIQUE INDEX chair_name_is_free ON "chair" (location_id, name);

CREATE UNIQUE INDEX chair_id_and_location ON "chair" (id, location_id);

CREATE TABLE "appointment_type" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "minutes" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT appointment_type_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT appointment_type_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT appointment_type_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT appointment_type_fits_a_day CHECK (minutes BETWEEN 5 AND 720));

CREATE UNIQUE INDEX appointment_type_code_is_free ON "appointment_type" (code);

CREATE TABLE "appointment" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "provider_id" INTEGER NOT NULL, "chair_id" INTEGER, "location_id" INTEGER NOT NULL, "type_id" INTEGER NOT NULL, "starts_at" DATETIME NOT NULL, "ends_at" DATETIME NOT NULL, "note" TEXT, "card_id" INTEGER, "booked_by_id" INTEGER, "wants_sooner" INTEGER NOT NULL, "times_moved" INTEGER NOT NULL, "confirmed_at" DATETIME, "arrived_at" DATETIME, "completed_at" DATETIME, "missed_at" DATETIME, "cancelled_at" DATETIME, "cancelled_by_id" INTEGER, "cancelled_for" VARCHAR(40), "cancel_reason" VARCHAR(200), CONSTRAINT "appointment_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_provider_id_exists" FOREIGN KEY ("provider_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_chair_id_exists" FOREIGN KEY ("chair_id") REFERENCES "chair" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_type_id_exists" FOREIGN KEY ("type_id") REFERENCES "appointment_type" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_booked_by_id_exists" FOREIGN KEY ("booked_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "appointment_cancelled_by_id_exists" FOREIGN KEY ("cancelled_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT appointment_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT appointment_starts_at_is_an_instant CHECK (starts_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', starts_at) IS substr(starts_at, 1, 19)), CONSTRAINT appointment_ends_at_is_an_instant CHECK (ends_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ends_at) IS substr(ends_at, 1, 19)), CONSTRAINT appointment_confirmed_at_is_an_instant CHECK (confirmed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', confirmed_at) IS substr(confirmed_at, 1, 19)), CONSTRAINT appointment_arrived_at_is_an_instant CHECK (arrived_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', arrived_at) IS substr(arrived_at, 1, 19)), CONSTRAINT appointment_completed_at_is_an_instant CHECK (completed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', completed_at) IS substr(completed_at, 1, 19)), CONSTRAINT appointment_missed_at_is_an_instant CHECK (missed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', missed_at) IS substr(missed_at, 1, 19)), CONSTRAINT appointment_cancelled_at_is_an_instant CHECK (cancelled_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', cancelled_at) IS substr(cancelled_at, 1, 19)), CONSTRAINT appointment_cancelled_for_is_known CHECK (cancelled_for IN ('patient', 'clinic', 'laboratory')), CONSTRAINT appointment_chair_stands_there FOREIGN KEY (chair_id, location_id) REFERENCES "chair" (id, location_id) ON DELETE RESTRICT, CONSTRAINT appointment_ends_after_start CHECK (ends_at > starts_at), CONSTRAINT appointment_ends_one_way CHECK (CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END + CASE WHEN missed_at IS NULL THEN 0 ELSE 1 END + CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END <= 1), CONSTRAINT appointment_completed_was_there CHECK (completed_at IS NULL OR (arrived_at IS NOT NULL AND completed_at >= arrived_at)), CONSTRAINT appointment_missed_never_arrived CHECK (missed_at IS NULL OR (arrived_at IS NULL AND missed_at >= starts_at)), CONSTRAINT appointment_cancel_says_who_and_why CHECK ((cancelled_at IS NULL) = (cancelled_by_id IS NULL) AND (cancelled_at IS NULL) = (cancelled_for IS NULL) AND (cancelled_at IS NULL) = (cancel_reason IS NULL)));

CREATE INDEX "appointment_patient_id" ON "appointment" ("patient_id");

CREATE INDEX "appointment_provider_id" ON "appointment" ("provider_id");

CREATE INDEX "appointment_chair_id" ON "appointment" ("chair_id");

CREATE INDEX "appointment_location_id" ON "appointment" ("location_id");

CREATE INDEX "appointment_type_id" ON "appointment" ("type_id");

CREATE INDEX "appointment_card_id" ON "appointment" ("card_id");

CREATE INDEX "appointment_booked_by_id" ON "appointment" ("booked_by_id");

CREATE INDEX "appointment_cancelled_by_id" ON "appointment" ("cancelled_by_id");

CREATE UNIQUE INDEX appointment_id_and_patient ON "appointment" (id, patient_id);

CREATE INDEX appointment_by_time ON "appointment" (location_id, starts_at);

CREATE INDEX appointment_of_provider ON "appointment" (provider_id, starts_at, ends_at);

CREATE INDEX appointment_of_chair ON "appointment" (chair_id, starts_at, ends_at);

CREATE INDEX appointment_by_patient ON "appointment" (patient_id, starts_at);

CREATE TABLE "provider_hours" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER NOT NULL, "location_id" INTEGER NOT NULL, "weekday" INTEGER NOT NULL, "from_minute" INTEGER NOT NULL, "until_minute" INTEGER NOT NULL, CONSTRAINT "provider_hours_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "provider_hours_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT provider_hours_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT provider_hours_weekday_known CHECK (weekday BETWEEN 1 AND 7), CONSTRAINT provider_hours_within_a_day CHECK (from_minute >= 0 AND until_minute > from_minute AND until_minute <= 1440));

CREATE INDEX "provider_hours_staff_id" ON "provider_hours" ("staff_id");

CREATE INDEX "provider_hours_location_id" ON "provider_hours" ("location_id");

CREATE TABLE "procedure_type" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(20) NOT NULL, "name" VARCHAR(120) NOT NULL, "category" VARCHAR(40) NOT NULL, "needs_tooth" VARCHAR(40) NOT NULL, "price" INTEGER NOT NULL, "minutes" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT procedure_type_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT procedure_type_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT procedure_type_category_is_known CHECK (category IN ('examination', 'imaging', 'hygiene', 'periodontal', 'restorative', 'endodontic', 'surgery', 'implant', 'prosthetic', 'orthodontic', 'whitening', 'other')), CONSTRAINT procedure_type_needs_tooth_is_known CHECK (needs_tooth IN ('yes', 'no', 'may')), CONSTRAINT procedure_type_price_is_whole CHECK (price IS NULL OR typeof(price) = 'integer'), CONSTRAINT procedure_type_price_not_negative CHECK (price >= 0), CONSTRAINT procedure_type_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT procedure_type_takes_time CHECK (minutes > 0));

CREATE UNIQUE INDEX procedure_type_code_is_free ON "procedure_type" (code);

CREATE TABLE "protocol" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(120) NOT NULL, "about" TEXT, "ended_on" DATE, CONSTRAINT protocol_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT protocol_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT protocol_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX protocol_code_is_free ON "protocol" (code);

CREATE TABLE "protocol_stage" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "protocol_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "name" VARCHAR(120) NOT NULL, "depends_on_previous" INTEGER NOT NULL, "wait_days" INTEGER NOT NULL, "book_within_days" INTEGER, CONSTRAINT "protocol_stage_protocol_id_exists" FOREIGN KEY ("protocol_id") REFERENCES "protocol" ("id") ON DELETE RESTRICT, CONSTRAINT protocol_stage_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT protocol_stage_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT protocol_stage_counts_forward CHECK (number >= 1 AND wait_days >= 0 AND COALESCE(book_within_days, 0) >= 0));

CREATE INDEX "protocol_stage_protocol_id" ON "protocol_stage" ("protocol_id");

CREATE UNIQUE INDEX protocol_stage_numbered_once ON "protocol_stage" (protocol_id, number);

CREATE TABLE "protocol_procedure" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "protocol_stage_id" INTEGER NOT NULL, "type_id" INTEGER NOT NULL, CONSTRAINT "protocol_procedure_protocol_stage_id_exists" FOREIGN KEY ("protocol_stage_id") REFERENCES "protocol_stage" ("id") ON DELETE RESTRICT, CONSTRAINT "protocol_procedure_type_id_exists" FOREIGN KEY ("type_id") REFERENCES "procedure_type" ("id") ON DELETE RESTRICT, CONSTRAINT protocol_procedure_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "protocol_procedure_protocol_stage_id" ON "protocol_procedure" ("protocol_stage_id");

CREATE INDEX "protocol_procedure_type_id" ON "protocol_procedure" ("type_id");

CREATE UNIQUE INDEX protocol_procedure_once_per_stage ON "protocol_procedure" (protocol_stage_id, type_id);

CREATE TABLE "treatment_plan" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "patient_id" INTEGER NOT NULL, "author_id" INTEGER NOT NULL, "name" VARCHAR(120) NOT NULL, "protocol_id" INTEGER, "value" INTEGER NOT NULL, "currency" VARCHAR(3) NOT NULL, "note" TEXT, CONSTRAINT "treatment_plan_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "treatment_plan_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "treatment_plan_author_id_exists" FOREIGN KEY ("author_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "treatment_plan_protocol_id_exists" FOREIGN KEY ("protocol_id") REFERENCES "protocol" ("id") ON DELETE RESTRICT, CONSTRAINT treatment_plan_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT treatment_plan_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT treatment_plan_value_is_whole CHECK (value IS NULL OR typeof(value) = 'integer'), CONSTRAINT treatment_plan_value_not_negative CHECK (value >= 0), CONSTRAINT treatment_plan_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)));

CREATE INDEX "treatment_plan_card_id" ON "treatment_plan" ("card_id");

CREATE INDEX "treatment_plan_patient_id" ON "treatment_plan" ("patient_id");

CREATE INDEX "treatment_plan_author_id" ON "treatment_plan" ("author_id");

CREATE INDEX "treatment_plan_protocol_id" ON "treatment_plan" ("protocol_id");

CREATE UNIQUE INDEX treatment_plan_has_its_own_card ON "treatment_plan" (card_id);

CREATE TABLE "plan_stage" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "plan_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "name" VARCHAR(120) NOT NULL, "depends_on_previous" INTEGER NOT NULL, "wait_days" INTEGER NOT NULL, "book_within_days" INTEGER, "due_on" DATE, "done_at" DATETIME, CONSTRAINT "plan_stage_plan_id_exists" FOREIGN KEY ("plan_id") REFERENCES "treatment_plan" ("id") ON DELETE RESTRICT, CONSTRAINT plan_stage_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT plan_stage_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT plan_stage_due_on_is_a_day CHECK (due_on IS NULL OR date(due_on) IS due_on), CONSTRAINT plan_stage_done_at_is_an_instant CHECK (done_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', done_at) IS substr(done_at, 1, 19)), CONSTRAINT plan_stage_waits_forward CHECK (wait_days >= 0 AND COALESCE(book_within_days, 0) >= 0));

CREATE INDEX "plan_stage_plan_id" ON "plan_stage" ("plan_id");

CREATE UNIQUE INDEX plan_stage_numbered_once ON "plan_stage" (plan_id, number);

CREATE TABLE "procedure" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "plan_stage_id" INTEGER, "type_id" INTEGER NOT NULL, "tooth" INTEGER, "price" INTEGER NOT NULL, "currency" VARCHAR(3) NOT NULL, "planned_on" DATE, "accepted_at" DATETIME, "declined_at" DATETIME, "appointment_id" INTEGER, "provider_id" INTEGER, "done_at" DATETIME, "voided_at" DATETIME, "void_reason" VARCHAR(200), "note" TEXT, CONSTRAINT "procedure_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "procedure_plan_stage_id_exists" FOREIGN KEY ("plan_stage_id") REFERENCES "plan_stage" ("id") ON DELETE RESTRICT, CONSTRAINT "procedure_type_id_exists" FOREIGN KEY ("type_id") REFERENCES "procedure_type" ("id") ON DELETE RESTRICT, CONSTRAINT "procedure_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT "procedure_provider_id_exists" FOREIGN KEY ("provider_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT procedure_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT procedure_tooth_is_fdi CHECK (tooth IN (11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 45, 46, 47, 48, 51, 52, 53, 54, 55, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 81, 82, 83, 84, 85)), CONSTRAINT procedure_price_is_whole CHECK (price IS NULL OR typeof(price) = 'integer'), CONSTRAINT procedure_price_not_negative CHECK (price >= 0), CONSTRAINT procedure_planned_on_is_a_day CHECK (planned_on IS NULL OR date(planned_on) IS planned_on), CONSTRAINT procedure_accepted_at_is_an_instant CHECK (accepted_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', accepted_at) IS substr(accepted_at, 1, 19)), CONSTRAINT procedure_declined_at_is_an_instant CHECK (declined_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', declined_at) IS substr(declined_at, 1, 19)), CONSTRAINT procedure_done_at_is_an_instant CHECK (done_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', done_at) IS substr(done_at, 1, 19)), CONSTRAINT procedure_voided_at_is_an_instant CHECK (voided_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', voided_at) IS substr(voided_at, 1, 19)), CONSTRAINT procedure_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)), CONSTRAINT procedure_done_at_a_visit CHECK (done_at IS NULL OR appointment_id IS NOT NULL), CONSTRAINT procedure_accepted_or_declined CHECK (accepted_at IS NULL OR declined_at IS NULL), CONSTRAINT procedure_declined_is_not_done CHECK (declined_at IS NULL OR done_at IS NULL), CONSTRAINT procedure_void_says_why CHECK ((voided_at IS NULL) = (trim(COALESCE(void_reason, '')) = '') AND (voided_at IS NULL OR done_at IS NOT NULL)), CONSTRAINT procedure_at_a_visit_of_the_patient FOREIGN KEY (appointment_id, patient_id) REFERENCES "appointment" (id, patient_id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "procedure_patient_id" ON "procedure" ("patient_id");

CREATE INDEX "procedure_plan_stage_id" ON "procedure" ("plan_stage_id");

CREATE INDEX "procedure_type_id" ON "procedure" ("type_id");

CREATE INDEX "procedure_appointment_id" ON "procedure" ("appointment_id");

CREATE INDEX "procedure_provider_id" ON "procedure" ("provider_id");

CREATE INDEX procedure_of_patient_by_done ON "procedure" (patient_id, done_at);

CREATE INDEX procedure_by_tooth ON "procedure" (patient_id, tooth) WHERE tooth IS NOT NULL;

CREATE TABLE "decision_maker" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "plan_id" INTEGER NOT NULL, "patient_id" INTEGER, "name" VARCHAR(120), "phone" VARCHAR(16), "relation" VARCHAR(40) NOT NULL, "needed" INTEGER NOT NULL, CONSTRAINT "decision_maker_plan_id_exists" FOREIGN KEY ("plan_id") REFERENCES "treatment_plan" ("id") ON DELETE RESTRICT, CONSTRAINT "decision_maker_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT decision_maker_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT decision_maker_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT decision_maker_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT decision_maker_relation_is_known CHECK (relation IN ('patient', 'payer', 'partner', 'parent', 'guardian', 'other')), CONSTRAINT decision_maker_is_one_person CHECK ((patient_id IS NULL) <> (name IS NULL)));

CREATE INDEX "decision_maker_plan_id" ON "decision_maker" ("plan_id");

CREATE INDEX "decision_maker_patient_id" ON "decision_maker" ("patient_id");

CREATE UNIQUE INDEX decision_maker_listed_once ON "decision_maker" (plan_id, COALESCE(patient_id, 0), COALESCE(lower(name), ''));

CREATE TABLE "presentation" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "plan_id" INTEGER NOT NULL, "appointment_id" INTEGER, "presenter_id" INTEGER NOT NULL, "held_at" DATETIME, "absence_reason" VARCHAR(200), "note" TEXT, CONSTRAINT "presentation_plan_id_exists" FOREIGN KEY ("plan_id") REFERENCES "treatment_plan" ("id") ON DELETE RESTRICT, CONSTRAINT "presentation_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT "presentation_presenter_id_exists" FOREIGN KEY ("presenter_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT presentation_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT presentation_held_at_is_an_instant CHECK (held_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', held_at) IS substr(held_at, 1, 19)));

CREATE INDEX "presentation_plan_id" ON "presentation" ("plan_id");

CREATE INDEX "presentation_appointment_id" ON "presentation" ("appointment_id");

CREATE INDEX "presentation_presenter_id" ON "presentation" ("presenter_id");

CREATE TABLE "presentation_attendance" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "presentation_id" INTEGER NOT NULL, "decision_maker_id" INTEGER NOT NULL, "attended" INTEGER NOT NULL, CONSTRAINT "presentation_attendance_presentation_id_exists" FOREIGN KEY ("presentation_id") REFERENCES "presentation" ("id") ON DELETE RESTRICT, CONSTRAINT "presentation_attendance_decision_maker_id_exists" FOREIGN KEY ("decision_maker_id") REFERENCES "decision_maker" ("id") ON DELETE RESTRICT, CONSTRAINT presentation_attendance_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "presentation_attendance_presentation_id" ON "presentation_attendance" ("presentation_id");

CREATE INDEX "presentation_attendance_decision_maker_id" ON "presentation_attendance" ("decision_maker_id");

CREATE UNIQUE INDEX presentation_attendance_noted_once ON "presentation_attendance" (presentation_id, decision_maker_id);

CREATE TABLE "approval" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "plan_id" INTEGER NOT NULL, "approved" INTEGER NOT NULL, "plan_value" INTEGER NOT NULL, "currency" VARCHAR(3) NOT NULL, "note" VARCHAR(500), "by_id" INTEGER NOT NULL, CONSTRAINT "approval_plan_id_exists" FOREIGN KEY ("plan_id") REFERENCES "treatment_plan" ("id") ON DELETE RESTRICT, CONSTRAINT "approval_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT approval_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT approval_plan_value_is_whole CHECK (plan_value IS NULL OR typeof(plan_value) = 'integer'), CONSTRAINT approval_plan_value_not_negative CHECK (plan_value >= 0), CONSTRAINT approval_refused_says_why CHECK (approved OR trim(COALESCE(note, '')) <> ''));

CREATE INDEX "approval_plan_id" ON "approval" ("plan_id");

CREATE INDEX "approval_by_id" ON "approval" ("by_id");

CREATE TABLE "claim" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "patient_id" INTEGER NOT NULL, "policy_id" INTEGER NOT NULL, "author_id" INTEGER NOT NULL, "number" VARCHAR(40), "amount" INTEGER NOT NULL, "currency" VARCHAR(3) NOT NULL, "submitted_at" DATETIME, "paid_at" DATETIME, "paid_amount" INTEGER, "denied_at" DATETIME, "denial_reason" VARCHAR(200), CONSTRAINT "claim_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "claim_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "claim_policy_id_exists" FOREIGN KEY ("policy_id") REFERENCES "insurance_policy" ("id") ON DELETE RESTRICT, CONSTRAINT "claim_author_id_exists" FOREIGN KEY ("author_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT claim_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT claim_amount_is_whole CHECK (amount IS NULL OR typeof(amount) = 'integer'), CONSTRAINT claim_amount_not_negative CHECK (amount >= 0), CONSTRAINT claim_submitted_at_is_an_instant CHECK (submitted_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', submitted_at) IS substr(submitted_at, 1, 19)), CONSTRAINT claim_paid_at_is_an_instant CHECK (paid_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', paid_at) IS substr(paid_at, 1, 19)), CONSTRAINT claim_paid_amount_is_whole CHECK (paid_amount IS NULL OR typeof(paid_amount) = 'integer'), CONSTRAINT claim_paid_amount_not_negative CHECK (paid_amount >= 0), CONSTRAINT claim_denied_at_is_an_instant CHECK (denied_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', denied_at) IS substr(denied_at, 1, 19)), CONSTRAINT claim_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)), CONSTRAINT claim_answer_follows_submission CHECK ((paid_at IS NULL AND denied_at IS NULL) OR (submitted_at IS NOT NULL AND (paid_at IS NULL OR denied_at IS NULL))), CONSTRAINT claim_answer_is_told CHECK ((paid_at IS NULL) = (paid_amount IS NULL) AND (denied_at IS NULL) = (denial_reason IS NULL)), CONSTRAINT claim_policy_of_the_patient FOREIGN KEY (policy_id, patient_id) REFERENCES "insurance_policy" (id, patient_id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "claim_card_id" ON "claim" ("card_id");

CREATE INDEX "claim_patient_id" ON "claim" ("patient_id");

CREATE INDEX "claim_policy_id" ON "claim" ("policy_id");

CREATE INDEX "claim_author_id" ON "claim" ("author_id");

CREATE UNIQUE INDEX claim_has_its_own_card ON "claim" (card_id);

CREATE TABLE "claim_line" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "claim_id" INTEGER NOT NULL, "procedure_id" INTEGER NOT NULL, "amount" INTEGER NOT NULL, CONSTRAINT "claim_line_claim_id_exists" FOREIGN KEY ("claim_id") REFERENCES "claim" ("id") ON DELETE RESTRICT, CONSTRAINT "claim_line_procedure_id_exists" FOREIGN KEY ("procedure_id") REFERENCES "procedure" ("id") ON DELETE RESTRICT, CONSTRAINT claim_line_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT claim_line_amount_is_whole CHECK (amount IS NULL OR typeof(amount) = 'integer'), CONSTRAINT claim_line_amount_not_negative CHECK (amount >= 0));

CREATE INDEX "claim_line_claim_id" ON "claim_line" ("claim_id");

CREATE INDEX "claim_line_procedure_id" ON "claim_line" ("procedure_id");

CREATE UNIQUE INDEX claim_line_once_per_procedure ON "claim_line" (claim_id, procedure_id);

CREATE TABLE "claim_review" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "claim_id" INTEGER NOT NULL, "approved" INTEGER NOT NULL, "claim_amount" INTEGER NOT NULL, "note" VARCHAR(500), "by_id" INTEGER NOT NULL, CONSTRAINT "claim_review_claim_id_exists" FOREIGN KEY ("claim_id") REFERENCES "claim" ("id") ON DELETE RESTRICT, CONSTRAINT "claim_review_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT claim_review_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT claim_review_claim_amount_is_whole CHECK (claim_amount IS NULL OR typeof(claim_amount) = 'integer'), CONSTRAINT claim_review_claim_amount_not_negative CHECK (claim_amount >= 0), CONSTRAINT claim_review_returned_says_why CHECK (approved OR trim(COALESCE(note, '')) <> ''));

CREATE INDEX "claim_review_claim_id" ON "claim_review" ("claim_id");

CREATE INDEX "claim_review_by_id" ON "claim_review" ("by_id");

CREATE TABLE "invoice" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "number" VARCHAR(30), "total" INTEGER NOT NULL, "currency" VARCHAR(3) NOT NULL, "due_on" DATE, "issued_at" DATETIME, "issued_by_id" INTEGER, "voided_at" DATETIME, "void_reason" VARCHAR(200), CONSTRAINT "invoice_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "invoice_issued_by_id_exists" FOREIGN KEY ("issued_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT invoice_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT invoice_total_is_whole CHECK (total IS NULL OR typeof(total) = 'integer'), CONSTRAINT invoice_total_not_negative CHECK (total >= 0), CONSTRAINT invoice_due_on_is_a_day CHECK (due_on IS NULL OR date(due_on) IS due_on), CONSTRAINT invoice_issued_at_is_an_instant CHECK (issued_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', issued_at) IS substr(issued_at, 1, 19)), CONSTRAINT invoice_voided_at_is_an_instant CHECK (voided_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', voided_at) IS substr(voided_at, 1, 19)), CONSTRAINT invoice_numbered_when_issued CHECK ((number IS NULL) = (issued_at IS NULL)), CONSTRAINT invoice_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)), CONSTRAINT invoice_void_says_why CHECK ((voided_at IS NULL) = (trim(COALESCE(void_reason, '')) = '') AND (voided_at IS NULL OR issued_at IS NOT NULL)));

CREATE INDEX "invoice_patient_id" ON "invoice" ("patient_id");

CREATE INDEX "invoice_issued_by_id" ON "invoice" ("issued_by_id");

CREATE UNIQUE INDEX invoice_number_is_free ON "invoice" (number) WHERE number IS NOT NULL;

CREATE TABLE "invoice_line" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "invoice_id" INTEGER NOT NULL, "procedure_id" INTEGER, "text" VARCHAR(200) NOT NULL, "amount" INTEGER NOT NULL, CONSTRAINT "invoice_line_invoice_id_exists" FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("id") ON DELETE RESTRICT, CONSTRAINT "invoice_line_procedure_id_exists" FOREIGN KEY ("procedure_id") REFERENCES "procedure" ("id") ON DELETE RESTRICT, CONSTRAINT invoice_line_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT invoice_line_text_is_tidy CHECK (text <> '' AND text = trim(text) AND text NOT LIKE '%  %'), CONSTRAINT invoice_line_amount_is_whole CHECK (amount IS NULL OR typeof(amount) = 'integer'), CONSTRAINT invoice_line_amount_not_negative CHECK (amount >= 0));

CREATE INDEX "invoice_line_invoice_id" ON "invoice_line" ("invoice_id");

CREATE INDEX "invoice_line_procedure_id" ON "invoice_line" ("procedure_id");

CREATE TABLE "payment" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "invoice_id" INTEGER NOT NULL, "amount" INTEGER NOT NULL, "method" VARCHAR(40) NOT NULL, "reference" VARCHAR(120), "reason" VARCHAR(200), "by_id" INTEGER, CONSTRAINT "payment_invoice_id_exists" FOREIGN KEY ("invoice_id") REFERENCES "invoice" ("id") ON DELETE RESTRICT, CONSTRAINT "payment_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT payment_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT payment_amount_is_whole CHECK (amount IS NULL OR typeof(amount) = 'integer'), CONSTRAINT payment_method_is_known CHECK (method IN ('cash', 'card', 'transfer', 'insurer')), CONSTRAINT payment_is_some_money CHECK (amount > 0 OR (amount < 0 AND trim(COALESCE(reason, '')) <> '')));

CREATE INDEX "payment_invoice_id" ON "payment" ("invoice_id");

CREATE INDEX "payment_by_id" ON "payment" ("by_id");

CREATE INDEX payment_by_time ON "payment" (at);

CREATE TABLE "work_type" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "route" VARCHAR(40) NOT NULL, "unit_tenths" INTEGER NOT NULL, "needs_teeth" INTEGER NOT NULL, "needs_shade" INTEGER NOT NULL, "needs_stump" INTEGER NOT NULL, "is_bridge" INTEGER NOT NULL, "is_fixed" INTEGER NOT NULL, "ended_on" DATE, CONSTRAINT work_type_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT work_type_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT work_type_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT work_type_route_is_tidy CHECK (route <> '' AND route = trim(route) AND route NOT LIKE '%  %'), CONSTRAINT work_type_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT work_type_load_is_not_negative CHECK (unit_tenths >= 0), CONSTRAINT work_type_bridge_needs_teeth CHECK (needs_teeth OR NOT is_bridge));

CREATE UNIQUE INDEX work_type_code_is_free ON "work_type" (code);

CREATE TABLE "material" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "family" VARCHAR(40) NOT NULL, "bridgeable" INTEGER NOT NULL, "max_span" INTEGER, "ended_on" DATE, CONSTRAINT material_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT material_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT material_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT material_family_is_known CHECK (family IN ('zirconia', 'glass_ceramic', 'metal_ceramic', 'metal', 'resin', 'wax', 'plaster', 'auxiliary')), CONSTRAINT material_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT material_span_fits_an_arch CHECK (max_span IS NULL OR (bridgeable AND max_span BETWEEN 2 AND 16)));

CREATE UNIQUE INDEX material_code_is_free ON "material" (code);

CREATE TABLE "work_type_material" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "work_type_id" INTEGER NOT NULL, "material_id" INTEGER NOT NULL, CONSTRAINT "work_type_material_work_type_id_exists" FOREIGN KEY ("work_type_id") REFERENCES "work_type" ("id") ON DELETE RESTRICT, CONSTRAINT "work_type_material_material_id_exists" FOREIGN KEY ("material_id") REFERENCES "material" ("id") ON DELETE RESTRICT, CONSTRAINT work_type_material_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "work_type_material_work_type_id" ON "work_type_material" ("work_type_id");

CREATE INDEX "work_type_material_material_id" ON "work_type_material" ("material_id");

CREATE UNIQUE INDEX work_type_material_listed_once ON "work_type_material" (work_type_id, material_id);

CREATE TABLE "shade" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "guide" VARCHAR(40) NOT NULL, "code" VARCHAR(20) NOT NULL, "lightness" INTEGER NOT NULL, CONSTRAINT shade_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT shade_guide_is_known CHECK (guide IN ('vita_classical', 'vita_3d_master', 'bleach', 'stump', 'custom')), CONSTRAINT shade_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT shade_stands_in_its_guide CHECK ((guide = 'vita_classical' AND code IN ('B1', 'A1', 'B2', 'D2', 'A2', 'C1', 'C2', 'D4', 'A3', 'D3', 'B3', 'A3.5', 'B4', 'C3', 'A4', 'C4')) OR (guide = 'vita_3d_master' AND code IN ('0M1', '0M2', '0M3', '1M1', '1M2', '2L1.5', '2L2.5', '2M1', '2M2', '2M3', '2R1.5', '2R2.5', '3L1.5', '3L2.5', '3M1', '3M2', '3M3', '3R1.5', '3R2.5', '4L1.5', '4L2.5', '4M1', '4M2', '4M3', '4R1.5', '4R2.5', '5M1', '5M2', '5M3')) OR (guide = 'bleach' AND code IN ('BL1', 'BL2', 'BL3', 'BL4')) OR (guide = 'stump' AND code IN ('ND1', 'ND2', 'ND3', 'ND4', 'ND5', 'ND6', 'ND7', 'ND8', 'ND9')) OR (guide = 'custom')));

CREATE UNIQUE INDEX shade_stands_once ON "shade" (guide, code);

CREATE TABLE "remake_cause" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(10) NOT NULL, "family" VARCHAR(40) NOT NULL, "name" VARCHAR(160) NOT NULL, "ended_on" DATE, CONSTRAINT remake_cause_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT remake_cause_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT remake_cause_family_is_known CHECK (family IN ('scan', 'clinic', 'patient', 'design', 'lab', 'transport', 'other')), CONSTRAINT remake_cause_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT remake_cause_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX remake_cause_code_is_free ON "remake_cause" (code);

CREATE TABLE "subcontractor" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(120) NOT NULL, "phone" VARCHAR(16), "email" VARCHAR(160), "usual_days" INTEGER, "ended_on" DATE, CONSTRAINT subcontractor_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT subcontractor_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT subcontractor_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT subcontractor_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT subcontractor_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT subcontractor_days_are_positive CHECK (usual_days > 0));

CREATE UNIQUE INDEX subcontractor_name_is_free ON "subcontractor" (name);

CREATE TABLE "ticket_counter" ("id" INTEGER NOT NULL PRIMARY KEY, "year" VARCHAR(2) NOT NULL, "last_number" INTEGER NOT NULL);

CREATE UNIQUE INDEX ticket_counter_one_per_year ON "ticket_counter" (year);

CREATE TABLE "lab_order" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "ticket" VARCHAR(9) NOT NULL, "patient_id" INTEGER NOT NULL, "dentist_id" INTEGER NOT NULL, "work_type_id" INTEGER NOT NULL, "material_id" INTEGER, "arch" VARCHAR(40), "shade_id" INTEGER, "stump_shade_id" INTEGER, "cervical_shade_id" INTEGER, "body_shade_id" INTEGER, "incisal_shade_id" INTEGER, "translucency" VARCHAR(40), "received_on" DATE NOT NULL, "box" VARCHAR(20), "notes" TEXT, "is_draft" INTEGER NOT NULL, CONSTRAINT "lab_order_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_dentist_id_exists" FOREIGN KEY ("dentist_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_work_type_id_exists" FOREIGN KEY ("work_type_id") REFERENCES "work_type" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_material_id_exists" FOREIGN KEY ("material_id") REFERENCES "material" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_shade_id_exists" FOREIGN KEY ("shade_id") REFERENCES "shade" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_stump_shade_id_exists" FOREIGN KEY ("stump_shade_id") REFERENCES "shade" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_cervical_shade_id_exists" FOREIGN KEY ("cervical_shade_id") REFERENCES "shade" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_body_shade_id_exists" FOREIGN KEY ("body_shade_id") REFERENCES "shade" ("id") ON DELETE RESTRICT, CONSTRAINT "lab_order_incisal_shade_id_exists" FOREIGN KEY ("incisal_shade_id") REFERENCES "shade" ("id") ON DELETE RESTRICT, CONSTRAINT lab_order_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT lab_order_arch_is_known CHECK (arch IN ('upper', 'lower', 'both')), CONSTRAINT lab_order_translucency_is_known CHECK (translucency IN ('high', 'medium', 'low', 'opaque')), CONSTRAINT lab_order_received_on_is_a_day CHECK (received_on IS NULL OR date(received_on) IS received_on), CONSTRAINT lab_order_ticket_is_well_formed CHECK (length(ticket) = 9 AND substr(ticket, 3, 1) = '-' AND ltrim(rtrim(ticket, '0123456789'), '0123456789') = '-'), CONSTRAINT lab_order_ticket_is_of_its_year CHECK (substr(ticket, 1, 2) = substr(CAST(received_on AS text), 3, 2)), CONSTRAINT lab_order_material_is_allowed FOREIGN KEY (work_type_id, material_id) REFERENCES "work_type_material" (work_type_id, material_id) ON DELETE RESTRICT, CONSTRAINT lab_order_box_has_a_name CHECK (box <> '' AND box = trim(box)));

CREATE INDEX "lab_order_card_id" ON "lab_order" ("card_id");

CREATE INDEX "lab_order_patient_id" ON "lab_order" ("patient_id");

CREATE INDEX "lab_order_dentist_id" ON "lab_order" ("dentist_id");

CREATE INDEX "lab_order_work_type_id" ON "lab_order" ("work_type_id");

CREATE INDEX "lab_order_material_id" ON "lab_order" ("material_id");

CREATE INDEX "lab_order_shade_id" ON "lab_order" ("shade_id");

CREATE INDEX "lab_order_stump_shade_id" ON "lab_order" ("stump_shade_id");

CREATE INDEX "lab_order_cervical_shade_id" ON "lab_order" ("cervical_shade_id");

CREATE INDEX "lab_order_body_shade_id" ON "lab_order" ("body_shade_id");

CREATE INDEX "lab_order_incisal_shade_id" ON "lab_order" ("incisal_shade_id");

CREATE UNIQUE INDEX lab_order_ticket_is_unique ON "lab_order" (ticket);

CREATE UNIQUE INDEX lab_order_has_its_own_card ON "lab_order" (card_id);

CREATE UNIQUE INDEX lab_order_id_and_patient ON "lab_order" (id, patient_id);

CREATE UNIQUE INDEX lab_order_box_holds_one_order ON "lab_order" (box) WHERE box IS NOT NULL;

CREATE INDEX lab_order_by_received ON "lab_order" (received_on, id);

CREATE INDEX lab_order_by_patient ON "lab_order" (patient_id, received_on);

CREATE INDEX lab_order_by_dentist ON "lab_order" (dentist_id, received_on);

CREATE TABLE "order_visit" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "appointment_id" INTEGER NOT NULL, "patient_id" INTEGER NOT NULL, "purpose" VARCHAR(40) NOT NULL, CONSTRAINT "order_visit_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "order_visit_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT "order_visit_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT order_visit_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT order_visit_purpose_is_known CHECK (purpose IN ('records', 'try_in', 'placement')), CONSTRAINT order_visit_is_of_the_orders_patient FOREIGN KEY (order_id, patient_id) REFERENCES "lab_order" (id, patient_id) ON DELETE RESTRICT, CONSTRAINT order_visit_is_of_the_visiting_patient FOREIGN KEY (appointment_id, patient_id) REFERENCES "appointment" (id, patient_id) ON DELETE RESTRICT);

CREATE INDEX "order_visit_order_id" ON "order_visit" ("order_id");

CREATE INDEX "order_visit_appointment_id" ON "order_visit" ("appointment_id");

CREATE INDEX "order_visit_patient_id" ON "order_visit" ("patient_id");

CREATE UNIQUE INDEX order_visit_planned_once ON "order_visit" (order_id, appointment_id, purpose);

CREATE INDEX order_visit_by_appointment ON "order_visit" (appointment_id);

CREATE TABLE "order_tooth" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "tooth" INTEGER NOT NULL, "part" VARCHAR(40) NOT NULL, "layer" VARCHAR(40) NOT NULL, "material_id" INTEGER, "implant" VARCHAR(120), CONSTRAINT "order_tooth_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "order_tooth_material_id_exists" FOREIGN KEY ("material_id") REFERENCES "material" ("id") ON DELETE RESTRICT, CONSTRAINT order_tooth_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT order_tooth_tooth_is_fdi CHECK (tooth IN (11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 45, 46, 47, 48, 51, 52, 53, 54, 55, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 81, 82, 83, 84, 85)), CONSTRAINT order_tooth_part_is_known CHECK (part IN ('crown', 'implant_crown', 'pontic', 'wing', 'veneer', 'inlay', 'post', 'abutment', 'other')), CONSTRAINT order_tooth_layer_is_known CHECK (layer IN ('final', 'provisional', 'abutment')), CONSTRAINT order_tooth_implant_is_named CHECK (part NOT IN ('implant_crown', 'abutment') OR (implant IS NOT NULL AND implant <> '')));

CREATE INDEX "order_tooth_order_id" ON "order_tooth" ("order_id");

CREATE INDEX "order_tooth_material_id" ON "order_tooth" ("material_id");

CREATE UNIQUE INDEX order_tooth_id_and_order ON "order_tooth" (id, order_id);

CREATE UNIQUE INDEX order_tooth_once_per_layer ON "order_tooth" (order_id, tooth, layer);

CREATE TABLE "order_connector" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "first_id" INTEGER NOT NULL, "second_id" INTEGER NOT NULL, CONSTRAINT "order_connector_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "order_connector_first_id_exists" FOREIGN KEY ("first_id") REFERENCES "order_tooth" ("id") ON DELETE RESTRICT, CONSTRAINT "order_connector_second_id_exists" FOREIGN KEY ("second_id") REFERENCES "order_tooth" ("id") ON DELETE RESTRICT, CONSTRAINT order_connector_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT order_connector_first_is_of_the_order FOREIGN KEY (first_id, order_id) REFERENCES "order_tooth" (id, order_id) ON DELETE RESTRICT, CONSTRAINT order_connector_second_is_of_the_order FOREIGN KEY (second_id, order_id) REFERENCES "order_tooth" (id, order_id) ON DELETE RESTRICT);

CREATE INDEX "order_connector_order_id" ON "order_connector" ("order_id");

CREATE INDEX "order_connector_first_id" ON "order_connector" ("first_id");

CREATE INDEX "order_connector_second_id" ON "order_connector" ("second_id");

CREATE UNIQUE INDEX order_connector_joins_once ON "order_connector" ((CASE WHEN first_id < second_id THEN first_id ELSE second_id END), (CASE WHEN first_id < second_id THEN second_id ELSE first_id END));

CREATE TABLE "remake" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "original_id" INTEGER NOT NULL, "order_id" INTEGER, "kind" VARCHAR(40) NOT NULL, "cause_id" INTEGER NOT NULL, "cause_text" VARCHAR(300), "detected_at_step" VARCHAR(40) NOT NULL, "cost_bearer" VARCHAR(40) NOT NULL, "avoidable" INTEGER, "noticed_at" DATETIME NOT NULL, "by_id" INTEGER, CONSTRAINT "remake_original_id_exists" FOREIGN KEY ("original_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "remake_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "remake_cause_id_exists" FOREIGN KEY ("cause_id") REFERENCES "remake_cause" ("id") ON DELETE RESTRICT, CONSTRAINT "remake_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT remake_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT remake_kind_is_known CHECK (kind IN ('rework', 'remake', 'repair', 'modification')), CONSTRAINT remake_detected_at_step_is_known CHECK (detected_at_step IN ('intake', 'step_qc', 'final_qc', 'try_in', 'seating', 'after_seating')), CONSTRAINT remake_cost_bearer_is_known CHECK (cost_bearer IN ('lab', 'clinic', 'patient', 'supplier')), CONSTRAINT remake_noticed_at_is_an_instant CHECK (noticed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', noticed_at) IS substr(noticed_at, 1, 19)), CONSTRAINT remake_is_a_newer_order CHECK (order_id > original_id), CONSTRAINT remake_has_its_own_order CHECK ((kind = 'rework') = (order_id IS NULL)));

CREATE INDEX "remake_original_id" ON "remake" ("original_id");

CREATE INDEX "remake_order_id" ON "remake" ("order_id");

CREATE INDEX "remake_cause_id" ON "remake" ("cause_id");

CREATE INDEX "remake_by_id" ON "remake" ("by_id");

CREATE UNIQUE INDEX remake_order_replaces_one ON "remake" (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX remake_by_original ON "remake" (original_id);

CREATE INDEX remake_by_cause ON "remake" (cause_id, noticed_at);

CREATE TABLE "track" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "order_id" INTEGER NOT NULL, "name" VARCHAR(80), CONSTRAINT "track_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "track_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT track_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT track_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'));

CREATE INDEX "track_card_id" ON "track" ("card_id");

CREATE INDEX "track_order_id" ON "track" ("order_id");

CREATE UNIQUE INDEX track_has_its_own_card ON "track" (card_id);

CREATE INDEX track_by_order ON "track" (order_id);

CREATE TABLE "track_tooth" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "track_id" INTEGER NOT NULL, "order_tooth_id" INTEGER NOT NULL, CONSTRAINT "track_tooth_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT, CONSTRAINT "track_tooth_order_tooth_id_exists" FOREIGN KEY ("order_tooth_id") REFERENCES "order_tooth" ("id") ON DELETE RESTRICT, CONSTRAINT track_tooth_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "track_tooth_track_id" ON "track_tooth" ("track_id");

CREATE INDEX "track_tooth_order_tooth_id" ON "track_tooth" ("order_tooth_id");

CREATE UNIQUE INDEX track_tooth_listed_once ON "track_tooth" (track_id, order_tooth_id);

CREATE INDEX track_tooth_by_tooth ON "track_tooth" (order_tooth_id);

CREATE TABLE "assignment" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "track_id" INTEGER NOT NULL, "technician_id" INTEGER NOT NULL, "stage_id" INTEGER NOT NULL, "started_at" DATETIME NOT NULL, "ended_at" DATETIME, "by_id" INTEGER, CONSTRAINT "assignment_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT, CONSTRAINT "assignment_technician_id_exists" FOREIGN KEY ("technician_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "assignment_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "assignment_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT assignment_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT assignment_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT assignment_ended_at_is_an_instant CHECK (ended_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ended_at) IS substr(ended_at, 1, 19)), CONSTRAINT assignment_ends_after_start CHECK (ended_at >= started_at));

CREATE INDEX "assignment_track_id" ON "assignment" ("track_id");

CREATE INDEX "assignment_technician_id" ON "assignment" ("technician_id");

CREATE INDEX "assignment_stage_id" ON "assignment" ("stage_id");

CREATE INDEX "assignment_by_id" ON "assignment" ("by_id");

CREATE UNIQUE INDEX assignment_one_open_per_track ON "assignment" (track_id) WHERE ended_at IS NULL;

CREATE INDEX assignment_by_technician ON "assignment" (technician_id) WHERE ended_at IS NULL;

CREATE TABLE "hold" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "card_id" INTEGER NOT NULL, "reason" VARCHAR(40) NOT NULL, "clock" VARCHAR(40) NOT NULL, "note" VARCHAR(300), "started_at" DATETIME NOT NULL, "ended_at" DATETIME, "by_id" INTEGER, CONSTRAINT "hold_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "hold_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT hold_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT hold_reason_is_known CHECK (reason IN ('waiting_dentist', 'material_out', 'machine_down', 'workload', 'patient', 'supplier', 'other')), CONSTRAINT hold_clock_is_known CHECK (clock IN ('lab', 'clinic', 'patient', 'supplier', 'machine')), CONSTRAINT hold_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT hold_ended_at_is_an_instant CHECK (ended_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ended_at) IS substr(ended_at, 1, 19)), CONSTRAINT hold_ends_after_start CHECK (ended_at >= started_at), CONSTRAINT hold_other_says_why CHECK (reason <> 'other' OR (note IS NOT NULL AND trim(note) <> '')));

CREATE INDEX "hold_card_id" ON "hold" ("card_id");

CREATE INDEX "hold_by_id" ON "hold" ("by_id");

CREATE UNIQUE INDEX hold_one_open_per_card ON "hold" (card_id) WHERE ended_at IS NULL;

CREATE TABLE "outsourcing" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "track_id" INTEGER NOT NULL, "stage_id" INTEGER, "subcontractor_id" INTEGER NOT NULL, "sent_at" DATETIME NOT NULL, "expected_on" DATE NOT NULL, "returned_at" DATETIME, "cost" INTEGER, "currency" VARCHAR(3) NOT NULL, "document_number" VARCHAR(60), CONSTRAINT "outsourcing_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT, CONSTRAINT "outsourcing_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "outsourcing_subcontractor_id_exists" FOREIGN KEY ("subcontractor_id") REFERENCES "subcontractor" ("id") ON DELETE RESTRICT, CONSTRAINT outsourcing_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT outsourcing_sent_at_is_an_instant CHECK (sent_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', sent_at) IS substr(sent_at, 1, 19)), CONSTRAINT outsourcing_expected_on_is_a_day CHECK (expected_on IS NULL OR date(expected_on) IS expected_on), CONSTRAINT outsourcing_returned_at_is_an_instant CHECK (returned_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', returned_at) IS substr(returned_at, 1, 19)), CONSTRAINT outsourcing_cost_is_whole CHECK (cost IS NULL OR typeof(cost) = 'integer'), CONSTRAINT outsourcing_cost_not_negative CHECK (cost >= 0), CONSTRAINT outsourcing_returns_after_sending CHECK (returned_at >= sent_at), CONSTRAINT outsourcing_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)));

CREATE INDEX "outsourcing_track_id" ON "outsourcing" ("track_id");

CREATE INDEX "outsourcing_stage_id" ON "outsourcing" ("stage_id");

CREATE INDEX "outsourcing_subcontractor_id" ON "outsourcing" ("subcontractor_id");

CREATE UNIQUE INDEX outsourcing_one_open_per_track ON "outsourcing" (track_id) WHERE returned_at IS NULL;

CREATE INDEX outsourcing_by_subcontractor ON "outsourcing" (subcontractor_id, sent_at);

CREATE TABLE "material_lot" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "material_id" INTEGER NOT NULL, "maker" VARCHAR(80) NOT NULL, "lot_number" VARCHAR(60) NOT NULL, "piece" INTEGER NOT NULL, "expires_on" DATE, "enlargement" INTEGER, "opened_at" DATETIME, "finished_at" DATETIME, "withdrawn_at" DATETIME, CONSTRAINT "material_lot_material_id_exists" FOREIGN KEY ("material_id") REFERENCES "material" ("id") ON DELETE RESTRICT, CONSTRAINT material_lot_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT material_lot_maker_is_tidy CHECK (maker <> '' AND maker = trim(maker) AND maker NOT LIKE '%  %'), CONSTRAINT material_lot_lot_number_is_tidy CHECK (lot_number <> '' AND lot_number = trim(lot_number) AND lot_number NOT LIKE '%  %'), CONSTRAINT material_lot_expires_on_is_a_day CHECK (expires_on IS NULL OR date(expires_on) IS expires_on), CONSTRAINT material_lot_opened_at_is_an_instant CHECK (opened_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', opened_at) IS substr(opened_at, 1, 19)), CONSTRAINT material_lot_finished_at_is_an_instant CHECK (finished_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', finished_at) IS substr(finished_at, 1, 19)), CONSTRAINT material_lot_withdrawn_at_is_an_instant CHECK (withdrawn_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', withdrawn_at) IS substr(withdrawn_at, 1, 19)), CONSTRAINT material_lot_pieces_count_from_one CHECK (piece >= 1), CONSTRAINT material_lot_enlarges_plausibly CHECK (enlargement BETWEEN 10000 AND 15000), CONSTRAINT material_lot_finishes_after_opening CHECK (finished_at IS NULL OR (opened_at IS NOT NULL AND finished_at >= opened_at)));

CREATE INDEX "material_lot_material_id" ON "material_lot" ("material_id");

CREATE UNIQUE INDEX material_lot_registered_once ON "material_lot" (material_id, maker, lot_number, piece);

CREATE TABLE "lot_use" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "track_id" INTEGER, "lot_id" INTEGER NOT NULL, "stage_id" INTEGER, "used_on" DATE NOT NULL, "by_id" INTEGER NOT NULL, CONSTRAINT "lot_use_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "lot_use_track_id_exists" FOREIGN KEY ("track_id") REFERENCES "track" ("id") ON DELETE RESTRICT, CONSTRAINT "lot_use_lot_id_exists" FOREIGN KEY ("lot_id") REFERENCES "material_lot" ("id") ON DELETE RESTRICT, CONSTRAINT "lot_use_stage_id_exists" FOREIGN KEY ("stage_id") REFERENCES "stage" ("id") ON DELETE RESTRICT, CONSTRAINT "lot_use_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT lot_use_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT lot_use_used_on_is_a_day CHECK (used_on IS NULL OR date(used_on) IS used_on));

CREATE INDEX "lot_use_order_id" ON "lot_use" ("order_id");

CREATE INDEX "lot_use_track_id" ON "lot_use" ("track_id");

CREATE INDEX "lot_use_lot_id" ON "lot_use" ("lot_id");

CREATE INDEX "lot_use_stage_id" ON "lot_use" ("stage_id");

CREATE INDEX "lot_use_by_id" ON "lot_use" ("by_id");

CREATE INDEX lot_use_by_lot ON "lot_use" (lot_id, order_id);

CREATE INDEX lot_use_by_order ON "lot_use" (order_id);

CREATE TABLE "component_kind" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(20) NOT NULL, "name" VARCHAR(80) NOT NULL, "returns" VARCHAR(40) NOT NULL, "ended_on" DATE, CONSTRAINT component_kind_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT component_kind_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT component_kind_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT component_kind_returns_is_known CHECK (returns IN ('returns', 'consumed', 'incorporated', 'free')), CONSTRAINT component_kind_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

CREATE UNIQUE INDEX component_kind_code_is_free ON "component_kind" (code);

CREATE TABLE "component" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "order_id" INTEGER NOT NULL, "kind_id" INTEGER NOT NULL, "note" VARCHAR(160), CONSTRAINT "component_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "component_kind_id_exists" FOREIGN KEY ("kind_id") REFERENCES "component_kind" ("id") ON DELETE RESTRICT, CONSTRAINT component_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "component_order_id" ON "component" ("order_id");

CREATE INDEX "component_kind_id" ON "component" ("kind_id");

CREATE UNIQUE INDEX component_listed_once ON "component" (order_id, kind_id, COALESCE(note, ''));

CREATE TABLE "component_movement" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "component_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "from_holder" VARCHAR(40) NOT NULL, "to_holder" VARCHAR(40) NOT NULL, "from_staff_id" INTEGER, "to_staff_id" INTEGER, "location_id" INTEGER, "reason" VARCHAR(300), "by_id" INTEGER NOT NULL, CONSTRAINT "component_movement_component_id_exists" FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_from_staff_id_exists" FOREIGN KEY ("from_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_to_staff_id_exists" FOREIGN KEY ("to_staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "component_movement_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT component_movement_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT component_movement_from_holder_is_known CHECK (from_holder IN ('patient', 'stock', 'clinic', 'transport', 'lab', 'workshop', 'subcontractor', 'consumed', 'incorporated', 'written_off')), CONSTRAINT component_movement_to_holder_is_known CHECK (to_holder IN ('patient', 'stock', 'clinic', 'transport', 'lab', 'workshop', 'subcontractor', 'consumed', 'incorporated', 'written_off')), CONSTRAINT component_movement_moves_some CHECK (number > 0), CONSTRAINT component_movement_changes_hands CHECK (from_holder <> to_holder OR (from_staff_id IS NOT NULL AND to_staff_id IS NOT NULL AND from_staff_id <> to_staff_id)), CONSTRAINT component_movement_loss_has_reason CHECK (to_holder <> 'written_off' OR (reason IS NOT NULL AND trim(reason) <> '')));

CREATE INDEX "component_movement_component_id" ON "component_movement" ("component_id");

CREATE INDEX "component_movement_from_staff_id" ON "component_movement" ("from_staff_id");

CREATE INDEX "component_movement_to_staff_id" ON "component_movement" ("to_staff_id");

CREATE INDEX "component_movement_location_id" ON "component_movement" ("location_id");

CREATE INDEX "component_movement_by_id" ON "component_movement" ("by_id");

CREATE INDEX component_movement_by_component ON "component_movement" (component_id, id);

CREATE TABLE "shot" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "view" VARCHAR(40) NOT NULL, "moment" VARCHAR(40) NOT NULL, "magnification" VARCHAR(10), "required" INTEGER NOT NULL, "position" INTEGER NOT NULL, CONSTRAINT shot_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT shot_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT shot_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT shot_view_is_tidy CHECK (view <> '' AND view = trim(view) AND view NOT LIKE '%  %'), CONSTRAINT shot_moment_is_known CHECK (moment IN ('before', 'prep', 'try_in', 'after', 'lab')));

CREATE UNIQUE INDEX shot_code_is_free ON "shot" (code);

CREATE UNIQUE INDEX shot_view_once_per_moment ON "shot" (view, moment);

CREATE TABLE "shot_requirement" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "work_type_id" INTEGER NOT NULL, "shot_id" INTEGER NOT NULL, "required" INTEGER NOT NULL, CONSTRAINT "shot_requirement_work_type_id_exists" FOREIGN KEY ("work_type_id") REFERENCES "work_type" ("id") ON DELETE RESTRICT, CONSTRAINT "shot_requirement_shot_id_exists" FOREIGN KEY ("shot_id") REFERENCES "shot" ("id") ON DELETE RESTRICT, CONSTRAINT shot_requirement_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "shot_requirement_work_type_id" ON "shot_requirement" ("work_type_id");

CREATE INDEX "shot_requirement_shot_id" ON "shot_requirement" ("shot_id");

CREATE UNIQUE INDEX shot_requirement_stated_once ON "shot_requirement" (work_type_id, shot_id);

CREATE TABLE "photo" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "order_id" INTEGER, "shot_id" INTEGER NOT NULL, "tooth" INTEGER, "photographed_at" DATETIME, "photographed_by_id" INTEGER, "uploaded_at" DATETIME, "link" VARCHAR(2000), "file_hash" VARCHAR(64), CONSTRAINT "photo_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "photo_order_id_exists" FOREIGN KEY ("order_id") REFERENCES "lab_order" ("id") ON DELETE RESTRICT, CONSTRAINT "photo_shot_id_exists" FOREIGN KEY ("shot_id") REFERENCES "shot" ("id") ON DELETE RESTRICT, CONSTRAINT "photo_photographed_by_id_exists" FOREIGN KEY ("photographed_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT photo_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT photo_tooth_is_fdi CHECK (tooth IN (11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33, 34, 35, 36, 37, 38, 41, 42, 43, 44, 45, 46, 47, 48, 51, 52, 53, 54, 55, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 81, 82, 83, 84, 85)), CONSTRAINT photo_photographed_at_is_an_instant CHECK (photographed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', photographed_at) IS substr(photographed_at, 1, 19)), CONSTRAINT photo_uploaded_at_is_an_instant CHECK (uploaded_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', uploaded_at) IS substr(uploaded_at, 1, 19)), CONSTRAINT photo_link_is_a_link CHECK (link LIKE 'https://_%' AND link NOT LIKE '% %'), CONSTRAINT photo_is_of_the_orders_patient FOREIGN KEY (order_id, patient_id) REFERENCES "lab_order" (id, patient_id) ON DELETE RESTRICT, CONSTRAINT photo_uploaded_after_photographed CHECK (uploaded_at IS NULL OR (photographed_at IS NOT NULL AND uploaded_at >= photographed_at)), CONSTRAINT photo_uploaded_has_a_link CHECK (uploaded_at IS NULL OR link IS NOT NULL), CONSTRAINT photo_names_its_photographer CHECK ((photographed_at IS NULL) = (photographed_by_id IS NULL)));

CREATE INDEX "photo_patient_id" ON "photo" ("patient_id");

CREATE INDEX "photo_order_id" ON "photo" ("order_id");

CREATE INDEX "photo_shot_id" ON "photo" ("shot_id");

CREATE INDEX "photo_photographed_by_id" ON "photo" ("photographed_by_id");

CREATE UNIQUE INDEX photo_id_and_patient ON "photo" (id, patient_id);

CREATE INDEX photo_by_patient ON "photo" (patient_id, tooth, photographed_at);

CREATE INDEX photo_by_order ON "photo" (order_id, shot_id);

CREATE TABLE "publication" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "photo_id" INTEGER NOT NULL, "patient_id" INTEGER NOT NULL, "use" VARCHAR(40) NOT NULL, "published_on" DATE NOT NULL, "withdrawn_on" DATE, "link" VARCHAR(2000), "by_id" INTEGER NOT NULL, CONSTRAINT "publication_photo_id_exists" FOREIGN KEY ("photo_id") REFERENCES "photo" ("id") ON DELETE RESTRICT, CONSTRAINT "publication_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "publication_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT publication_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT publication_use_is_known CHECK (use IN ('website', 'social', 'lecture', 'print')), CONSTRAINT publication_published_on_is_a_day CHECK (published_on IS NULL OR date(published_on) IS published_on), CONSTRAINT publication_withdrawn_on_is_a_day CHECK (withdrawn_on IS NULL OR date(withdrawn_on) IS withdrawn_on), CONSTRAINT publication_link_is_a_link CHECK (link LIKE 'https://_%' AND link NOT LIKE '% %'), CONSTRAINT publication_is_of_the_photos_patient FOREIGN KEY (photo_id, patient_id) REFERENCES "photo" (id, patient_id) ON DELETE RESTRICT, CONSTRAINT publication_withdrawn_after_published CHECK (withdrawn_on >= published_on));

CREATE INDEX "publication_photo_id" ON "publication" ("photo_id");

CREATE INDEX "publication_patient_id" ON "publication" ("patient_id");

CREATE INDEX "publication_by_id" ON "publication" ("by_id");

CREATE INDEX publication_by_patient ON "publication" (patient_id, published_on);

CREATE TABLE "recall_rule" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(120) NOT NULL, "category" VARCHAR(40) NOT NULL, "months" INTEGER NOT NULL, "weeks" INTEGER NOT NULL, "days" INTEGER NOT NULL, "counted_in" VARCHAR(40) NOT NULL, "lead_days" INTEGER NOT NULL, "max_attempts" INTEGER NOT NULL, "days_between" INTEGER NOT NULL, "visit_minutes" INTEGER NOT NULL, "instead_of_id" INTEGER, "ended_on" DATE, CONSTRAINT "recall_rule_instead_of_id_exists" FOREIGN KEY ("instead_of_id") REFERENCES "recall_rule" ("id") ON DELETE RESTRICT, CONSTRAINT recall_rule_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT recall_rule_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT recall_rule_category_is_known CHECK (category IN ('examination', 'imaging', 'hygiene', 'periodontal', 'restorative', 'endodontic', 'surgery', 'implant', 'prosthetic', 'orthodontic', 'whitening', 'other')), CONSTRAINT recall_rule_counted_in_is_known CHECK (counted_in IN ('calendar', 'working')), CONSTRAINT recall_rule_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT recall_rule_interval_is_positive CHECK (months >= 0 AND weeks >= 0 AND days >= 0 AND months + weeks + days > 0), CONSTRAINT recall_rule_cadence_makes_sense CHECK (lead_days >= 0 AND max_attempts >= 1 AND days_between >= 1 AND visit_minutes > 0));

CREATE INDEX "recall_rule_instead_of_id" ON "recall_rule" ("instead_of_id");

CREATE UNIQUE INDEX recall_rule_code_is_free ON "recall_rule" (code);

CREATE TABLE "recall_trigger" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "rule_id" INTEGER NOT NULL, "procedure_type_id" INTEGER NOT NULL, CONSTRAINT "recall_trigger_rule_id_exists" FOREIGN KEY ("rule_id") REFERENCES "recall_rule" ("id") ON DELETE RESTRICT, CONSTRAINT "recall_trigger_procedure_type_id_exists" FOREIGN KEY ("procedure_type_id") REFERENCES "procedure_type" ("id") ON DELETE RESTRICT, CONSTRAINT recall_trigger_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)));

CREATE INDEX "recall_trigger_rule_id" ON "recall_trigger" ("rule_id");

CREATE INDEX "recall_trigger_procedure_type_id" ON "recall_trigger" ("procedure_type_id");

CREATE UNIQUE INDEX recall_trigger_listed_once ON "recall_trigger" (rule_id, procedure_type_id);

CREATE TABLE "recall" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "rule_id" INTEGER NOT NULL, "previous_on" DATE, "computed_due_on" DATE, "due_on" DATE, "due_reason" VARCHAR(200), "due_by_id" INTEGER, "interval_months" INTEGER, "interval_weeks" INTEGER, "interval_days" INTEGER, "paused_until" DATE, "disabled" INTEGER NOT NULL, "appointment_id" INTEGER, "status" VARCHAR(40) NOT NULL, "note" TEXT, CONSTRAINT "recall_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "recall_rule_id_exists" FOREIGN KEY ("rule_id") REFERENCES "recall_rule" ("id") ON DELETE RESTRICT, CONSTRAINT "recall_due_by_id_exists" FOREIGN KEY ("due_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "recall_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT recall_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT recall_previous_on_is_a_day CHECK (previous_on IS NULL OR date(previous_on) IS previous_on), CONSTRAINT recall_computed_due_on_is_a_day CHECK (computed_due_on IS NULL OR date(computed_due_on) IS computed_due_on), CONSTRAINT recall_due_on_is_a_day CHECK (due_on IS NULL OR date(due_on) IS due_on), CONSTRAINT recall_paused_until_is_a_day CHECK (paused_until IS NULL OR date(paused_until) IS paused_until), CONSTRAINT recall_status_is_known CHECK (status IN ('waiting', 'contacted', 'booked', 'refused', 'unreachable')), CONSTRAINT recall_interval_is_positive CHECK ((interval_months IS NULL AND interval_weeks IS NULL AND interval_days IS NULL) OR (COALESCE(interval_months, 0) >= 0 AND COALESCE(interval_weeks, 0) >= 0 AND COALESCE(interval_days, 0) >= 0 AND COALESCE(interval_months, 0) + COALESCE(interval_weeks, 0) + COALESCE(interval_days, 0) > 0)), CONSTRAINT recall_manual_day_is_explained CHECK (due_on IS NULL OR due_on IS NOT DISTINCT FROM computed_due_on OR (due_by_id IS NOT NULL AND trim(COALESCE(due_reason, '')) <> '')), CONSTRAINT recall_due_after_last_time CHECK (computed_due_on IS NULL OR (previous_on IS NOT NULL AND computed_due_on > previous_on)), CONSTRAINT recall_booked_has_a_visit CHECK (status <> 'booked' OR appointment_id IS NOT NULL), CONSTRAINT recall_booked_for_the_patient FOREIGN KEY (appointment_id, patient_id) REFERENCES "appointment" (id, patient_id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);

CREATE INDEX "recall_patient_id" ON "recall" ("patient_id");

CREATE INDEX "recall_rule_id" ON "recall" ("rule_id");

CREATE INDEX "recall_due_by_id" ON "recall" ("due_by_id");

CREATE INDEX "recall_appointment_id" ON "recall" ("appointment_id");

CREATE UNIQUE INDEX recall_once_per_patient_and_rule ON "recall" (patient_id, rule_id);

CREATE INDEX recall_by_due ON "recall" (due_on, status) WHERE NOT disabled;

CREATE TABLE "recall_attempt" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "recall_id" INTEGER NOT NULL, "number" INTEGER NOT NULL, "channel" VARCHAR(40) NOT NULL, "outcome" VARCHAR(40) NOT NULL, "next_on" DATE, "note" VARCHAR(500), "by_id" INTEGER, CONSTRAINT "recall_attempt_recall_id_exists" FOREIGN KEY ("recall_id") REFERENCES "recall" ("id") ON DELETE RESTRICT, CONSTRAINT "recall_attempt_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT recall_attempt_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT recall_attempt_channel_is_known CHECK (channel IN ('call', 'whatsapp', 'sms', 'email', 'in_person')), CONSTRAINT recall_attempt_outcome_is_known CHECK (outcome IN ('sent', 'booked', 'later', 'no_answer', 'refused', 'bad_contact')), CONSTRAINT recall_attempt_next_on_is_a_day CHECK (next_on IS NULL OR date(next_on) IS next_on), CONSTRAINT recall_attempt_later_says_when CHECK (outcome <> 'later' OR next_on IS NOT NULL));

CREATE INDEX "recall_attempt_recall_id" ON "recall_attempt" ("recall_id");

CREATE INDEX "recall_attempt_by_id" ON "recall_attempt" ("by_id");

CREATE UNIQUE INDEX recall_attempt_numbered_once ON "recall_attempt" (recall_id, number);

CREATE TABLE "followup" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "subject" VARCHAR(200) NOT NULL, "staff_id" INTEGER, "role_id" INTEGER, "location_id" INTEGER, "patient_id" INTEGER, "card_id" INTEGER, "appointment_id" INTEGER, "due_at" DATETIME NOT NULL, "priority" VARCHAR(40) NOT NULL, "note" TEXT, "key" VARCHAR(120), "made_by_id" INTEGER, "escalated_at" DATETIME, "done_at" DATETIME, "done_by_id" INTEGER, "outcome" VARCHAR(200), "cancelled_at" DATETIME, "cancel_reason" VARCHAR(200), CONSTRAINT "followup_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_role_id_exists" FOREIGN KEY ("role_id") REFERENCES "role" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_made_by_id_exists" FOREIGN KEY ("made_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "followup_done_by_id_exists" FOREIGN KEY ("done_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT followup_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT followup_subject_is_tidy CHECK (subject <> '' AND subject = trim(subject) AND subject NOT LIKE '%  %'), CONSTRAINT followup_due_at_is_an_instant CHECK (due_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', due_at) IS substr(due_at, 1, 19)), CONSTRAINT followup_priority_is_known CHECK (priority IN ('normal', 'urgent')), CONSTRAINT followup_escalated_at_is_an_instant CHECK (escalated_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', escalated_at) IS substr(escalated_at, 1, 19)), CONSTRAINT followup_done_at_is_an_instant CHECK (done_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', done_at) IS substr(done_at, 1, 19)), CONSTRAINT followup_outcome_is_tidy CHECK (outcome <> '' AND outcome = trim(outcome) AND outcome NOT LIKE '%  %'), CONSTRAINT followup_cancelled_at_is_an_instant CHECK (cancelled_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', cancelled_at) IS substr(cancelled_at, 1, 19)), CONSTRAINT followup_cancel_reason_is_tidy CHECK (cancel_reason <> '' AND cancel_reason = trim(cancel_reason) AND cancel_reason NOT LIKE '%  %'), CONSTRAINT followup_is_for_somebody CHECK (staff_id IS NOT NULL OR role_id IS NOT NULL), CONSTRAINT followup_done_says_who_and_what CHECK ((done_at IS NULL) = (done_by_id IS NULL) AND (done_at IS NULL) = (outcome IS NULL)), CONSTRAINT followup_cancel_says_why CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL)), CONSTRAINT followup_ends_one_way CHECK (done_at IS NULL OR cancelled_at IS NULL));

CREATE INDEX "followup_staff_id" ON "followup" ("staff_id");

CREATE INDEX "followup_role_id" ON "followup" ("role_id");

CREATE INDEX "followup_location_id" ON "followup" ("location_id");

CREATE INDEX "followup_patient_id" ON "followup" ("patient_id");

CREATE INDEX "followup_card_id" ON "followup" ("card_id");

CREATE INDEX "followup_appointment_id" ON "followup" ("appointment_id");

CREATE INDEX "followup_made_by_id" ON "followup" ("made_by_id");

CREATE INDEX "followup_done_by_id" ON "followup" ("done_by_id");

CREATE UNIQUE INDEX followup_made_once ON "followup" (key) WHERE key IS NOT NULL;

CREATE INDEX followup_open_by_due ON "followup" (due_at) WHERE done_at IS NULL AND cancelled_at IS NULL;

CREATE INDEX followup_open_of_staff ON "followup" (staff_id, due_at) WHERE done_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE "wording" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "event" VARCHAR(60) NOT NULL, "channel" VARCHAR(40) NOT NULL, "language" VARCHAR(40) NOT NULL, "subject" VARCHAR(200), "text" TEXT NOT NULL, "active" INTEGER NOT NULL, CONSTRAINT wording_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT wording_channel_is_known CHECK (channel IN ('whatsapp', 'sms', 'email')), CONSTRAINT wording_language_is_known CHECK (language IN ('ro', 'en')), CONSTRAINT wording_subject_is_tidy CHECK (subject <> '' AND subject = trim(subject) AND subject NOT LIKE '%  %'), CONSTRAINT wording_of_email_has_a_subject CHECK (channel <> 'email' OR subject IS NOT NULL));

CREATE UNIQUE INDEX wording_one_in_use ON "wording" (event, channel, language) WHERE active;

CREATE TABLE "message" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "key" VARCHAR(160) NOT NULL, "event" VARCHAR(60) NOT NULL, "channel" VARCHAR(40) NOT NULL, "address" VARCHAR(200) NOT NULL, "patient_id" INTEGER, "lead_id" INTEGER, "staff_id" INTEGER, "card_id" INTEGER, "appointment_id" INTEGER, "about_version" INTEGER, "wording_id" INTEGER, "subject" VARCHAR(200), "body" TEXT NOT NULL, "automatic" INTEGER NOT NULL, "state" VARCHAR(40) NOT NULL, "not_before" DATETIME NOT NULL, "not_after" DATETIME, "claimed_by" VARCHAR(120), "claimed_at" DATETIME, "fence" INTEGER NOT NULL, "attempts" INTEGER NOT NULL, "sent_at" DATETIME, "provider_ref" VARCHAR(200), "problem" VARCHAR(300), CONSTRAINT "message_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "message_lead_id_exists" FOREIGN KEY ("lead_id") REFERENCES "lead" ("id") ON DELETE RESTRICT, CONSTRAINT "message_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT "message_card_id_exists" FOREIGN KEY ("card_id") REFERENCES "card" ("id") ON DELETE RESTRICT, CONSTRAINT "message_appointment_id_exists" FOREIGN KEY ("appointment_id") REFERENCES "appointment" ("id") ON DELETE RESTRICT, CONSTRAINT "message_wording_id_exists" FOREIGN KEY ("wording_id") REFERENCES "wording" ("id") ON DELETE RESTRICT, CONSTRAINT message_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT message_channel_is_known CHECK (channel IN ('whatsapp', 'sms', 'email')), CONSTRAINT message_state_is_known CHECK (state IN ('pending', 'claimed', 'sending', 'sent', 'failed', 'cancelled', 'parked')), CONSTRAINT message_not_before_is_an_instant CHECK (not_before IS NULL OR strftime('%Y-%m-%d %H:%M:%S', not_before) IS substr(not_before, 1, 19)), CONSTRAINT message_not_after_is_an_instant CHECK (not_after IS NULL OR strftime('%Y-%m-%d %H:%M:%S', not_after) IS substr(not_after, 1, 19)), CONSTRAINT message_claimed_at_is_an_instant CHECK (claimed_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', claimed_at) IS substr(claimed_at, 1, 19)), CONSTRAINT message_sent_at_is_an_instant CHECK (sent_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', sent_at) IS substr(sent_at, 1, 19)), CONSTRAINT message_has_one_reader CHECK (CASE WHEN patient_id IS NULL THEN 0 ELSE 1 END + CASE WHEN lead_id IS NULL THEN 0 ELSE 1 END + CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END = 1), CONSTRAINT message_sent_has_its_time CHECK ((state = 'sent') = (sent_at IS NOT NULL)), CONSTRAINT message_in_hand_names_its_sender CHECK (state NOT IN ('claimed', 'sending') OR claimed_by IS NOT NULL), CONSTRAINT message_counts_up CHECK (attempts >= 0 AND fence >= 0));

CREATE INDEX "message_patient_id" ON "message" ("patient_id");

CREATE INDEX "message_lead_id" ON "message" ("lead_id");

CREATE INDEX "message_staff_id" ON "message" ("staff_id");

CREATE INDEX "message_card_id" ON "message" ("card_id");

CREATE INDEX "message_appointment_id" ON "message" ("appointment_id");

CREATE INDEX "message_wording_id" ON "message" ("wording_id");

CREATE UNIQUE INDEX message_key_is_new ON "message" (key);

CREATE INDEX message_waiting ON "message" (not_before, id) WHERE state IN ('pending', 'claimed', 'sending');

CREATE INDEX message_of_patient ON "message" (patient_id, not_before);

CREATE INDEX message_of_appointment ON "message" (appointment_id);

CREATE TABLE "delivery" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "message_id" INTEGER NOT NULL, "attempt" INTEGER NOT NULL, "result" VARCHAR(40) NOT NULL, "provider_ref" VARCHAR(200), "detail" VARCHAR(300), CONSTRAINT "delivery_message_id_exists" FOREIGN KEY ("message_id") REFERENCES "message" ("id") ON DELETE RESTRICT, CONSTRAINT delivery_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT delivery_result_is_known CHECK (result IN ('accepted', 'delivered', 'read', 'refused', 'bounced', 'unknown')), CONSTRAINT delivery_is_of_an_attempt CHECK (attempt >= 1));

CREATE INDEX "delivery_message_id" ON "delivery" ("message_id");

CREATE INDEX delivery_of_message ON "delivery" (message_id, at);

CREATE TABLE "audit_entry" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "seq" INTEGER NOT NULL, "staff_id" INTEGER, "role" VARCHAR(40), "act" VARCHAR(40) NOT NULL, "table_name" VARCHAR(60), "row_id" INTEGER, "before" TEXT, "after" TEXT, "reason" VARCHAR(300), "address" VARCHAR(64), "request" VARCHAR(64), "prev" VARCHAR(64) NOT NULL, "mac" VARCHAR(64) NOT NULL, CONSTRAINT "audit_entry_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT audit_entry_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT audit_entry_act_is_known CHECK (act IN ('insert', 'update', 'end', 'delete', 'sign_in', 'sign_out', 'refuse', 'export', 'erase', 'restore')));

CREATE INDEX "audit_entry_staff_id" ON "audit_entry" ("staff_id");

CREATE UNIQUE INDEX audit_entry_number_once ON "audit_entry" (seq);

CREATE UNIQUE INDEX audit_entry_follows_one ON "audit_entry" (prev);

CREATE UNIQUE INDEX audit_entry_seal_once ON "audit_entry" (mac);

CREATE INDEX audit_entry_of_row ON "audit_entry" (table_name, row_id);

CREATE INDEX audit_entry_of_staff ON "audit_entry" (staff_id, at);

CREATE TABLE "read_entry" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "staff_id" INTEGER, "role" VARCHAR(40), "act" VARCHAR(40) NOT NULL, "table_name" VARCHAR(60) NOT NULL, "ids" TEXT NOT NULL, "row_count" INTEGER NOT NULL, "address" VARCHAR(64), "request" VARCHAR(64), CONSTRAINT "read_entry_staff_id_exists" FOREIGN KEY ("staff_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT read_entry_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT read_entry_act_is_known CHECK (act IN ('list', 'detail', 'form', 'search', 'export', 'report', 'api')), CONSTRAINT read_entry_counts_up CHECK (row_count >= 0));

CREATE INDEX "read_entry_staff_id" ON "read_entry" ("staff_id");

CREATE INDEX read_entry_of_table ON "read_entry" (table_name, at);

CREATE INDEX read_entry_of_staff ON "read_entry" (staff_id, at);

CREATE TABLE "kpi_snapshot" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(60) NOT NULL, "period" VARCHAR(40) NOT NULL, "period_start" DATE NOT NULL, "location_id" INTEGER, "numerator" INTEGER NOT NULL, "denominator" INTEGER NOT NULL, "excluded" INTEGER NOT NULL, CONSTRAINT "kpi_snapshot_location_id_exists" FOREIGN KEY ("location_id") REFERENCES "location" ("id") ON DELETE RESTRICT, CONSTRAINT kpi_snapshot_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT kpi_snapshot_period_is_known CHECK (period IN ('week', 'month')), CONSTRAINT kpi_snapshot_period_start_is_a_day CHECK (period_start IS NULL OR date(period_start) IS period_start), CONSTRAINT kpi_snapshot_month_begins_on_1 CHECK (period <> 'month' OR substr(CAST(period_start AS text), 9, 2) = '01'), CONSTRAINT kpi_snapshot_counts_up CHECK (denominator >= 0 AND excluded >= 0));

CREATE INDEX "kpi_snapshot_location_id" ON "kpi_snapshot" ("location_id");

CREATE UNIQUE INDEX kpi_snapshot_taken_once ON "kpi_snapshot" (code, period, period_start, COALESCE(location_id, 0));

CREATE INDEX kpi_snapshot_by_start ON "kpi_snapshot" (period_start);

CREATE TABLE "worker_tick" ("id" INTEGER NOT NULL PRIMARY KEY, "name" VARCHAR(40) NOT NULL, "ticked_at" DATETIME NOT NULL, CONSTRAINT worker_tick_ticked_at_is_an_instant CHECK (ticked_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', ticked_at) IS substr(ticked_at, 1, 19)));

CREATE UNIQUE INDEX worker_tick_name_is_free ON "worker_tick" (name);

CREATE TABLE "job_run" ("id" INTEGER NOT NULL PRIMARY KEY, "job" VARCHAR(60) NOT NULL, "due_on" DATE NOT NULL, "started_at" DATETIME NOT NULL, "finished_at" DATETIME, CONSTRAINT job_run_due_on_is_a_day CHECK (due_on IS NULL OR date(due_on) IS due_on), CONSTRAINT job_run_started_at_is_an_instant CHECK (started_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', started_at) IS substr(started_at, 1, 19)), CONSTRAINT job_run_finished_at_is_an_instant CHECK (finished_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', finished_at) IS substr(finished_at, 1, 19)), CONSTRAINT job_run_finishes_after_start CHECK (finished_at >= started_at));

CREATE UNIQUE INDEX job_run_once_per_day ON "job_run" (job, due_on);
