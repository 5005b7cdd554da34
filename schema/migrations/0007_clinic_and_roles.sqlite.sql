PRAGMA legacy_alter_table = 1;

CREATE TABLE "clinic_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "name" VARCHAR(120) NOT NULL, "currency" VARCHAR(3) NOT NULL, "approval_threshold" INTEGER NOT NULL, "is_demo" INTEGER NOT NULL, "rights_stamp" INTEGER NOT NULL, "time_zone" VARCHAR(40), "phone" VARCHAR(16), "email" VARCHAR(160), "address" VARCHAR(200), CONSTRAINT clinic_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT clinic_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT clinic_approval_threshold_is_whole CHECK (approval_threshold IS NULL OR typeof(approval_threshold) = 'integer'), CONSTRAINT clinic_approval_threshold_not_negative CHECK (approval_threshold >= 0), CONSTRAINT clinic_time_zone_is_known CHECK (time_zone IN ('Europe/Amsterdam', 'Europe/Athens', 'Europe/Belgrade', 'Europe/Berlin', 'Europe/Bratislava', 'Europe/Brussels', 'Europe/Bucharest', 'Europe/Budapest', 'Europe/Chisinau', 'Europe/Copenhagen', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Istanbul', 'Europe/Kyiv', 'Europe/Lisbon', 'Europe/Ljubljana', 'Europe/London', 'Europe/Luxembourg', 'Europe/Madrid', 'Europe/Malta', 'Europe/Oslo', 'Europe/Paris', 'Europe/Podgorica', 'Europe/Prague', 'Europe/Riga', 'Europe/Rome', 'Europe/Sarajevo', 'Europe/Skopje', 'Europe/Sofia', 'Europe/Stockholm', 'Europe/Tallinn', 'Europe/Tirane', 'Europe/Vienna', 'Europe/Vilnius', 'Europe/Warsaw', 'Europe/Zagreb', 'Europe/Zurich', 'UTC')), CONSTRAINT clinic_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = ''), CONSTRAINT clinic_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%'), CONSTRAINT clinic_is_one CHECK (id = 1), CONSTRAINT clinic_currency_has_three_letters CHECK (length(currency) = 3 AND currency = upper(currency)));

INSERT INTO "clinic_new" ("id", "row_version", "created_at", "name", "currency", "approval_threshold", "is_demo", "rights_stamp") SELECT "id", "row_version", "created_at", "name", "currency", "approval_threshold", "is_demo", "rights_stamp" FROM "clinic";

DROP TABLE "clinic";

ALTER TABLE "clinic_new" RENAME TO "clinic";

CREATE TABLE "role_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(60) NOT NULL, "about" VARCHAR(200), "ended_on" DATE, CONSTRAINT role_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT role_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT role_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on));

INSERT INTO "role_new" ("id", "row_version", "created_at", "code", "name", "about") SELECT "id", "row_version", "created_at", "code", "name", "about" FROM "role";

DROP TABLE "role";

ALTER TABLE "role_new" RENAME TO "role";

CREATE UNIQUE INDEX role_code_is_free ON "role" (code);

PRAGMA legacy_alter_table = 0;
