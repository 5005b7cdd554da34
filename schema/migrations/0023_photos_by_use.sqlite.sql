PRAGMA legacy_alter_table = 1;

CREATE TABLE "consent_new" ("id" INTEGER NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "patient_id" INTEGER NOT NULL, "purpose" VARCHAR(40) NOT NULL, "given" INTEGER NOT NULL, "recognisable" INTEGER NOT NULL DEFAULT FALSE, "text_version" VARCHAR(80), "channel" VARCHAR(40) NOT NULL, "evidence" VARCHAR(300), "guardian_id" INTEGER, "by_id" INTEGER, CONSTRAINT "consent_patient_id_exists" FOREIGN KEY ("patient_id") REFERENCES "patient" ("id") ON DELETE RESTRICT, CONSTRAINT "consent_guardian_id_exists" FOREIGN KEY ("guardian_id") REFERENCES "guardian" ("id") ON DELETE RESTRICT, CONSTRAINT "consent_by_id_exists" FOREIGN KEY ("by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT, CONSTRAINT consent_at_is_an_instant CHECK (at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', at) IS substr(at, 1, 19)), CONSTRAINT consent_purpose_is_known CHECK (purpose IN ('treatment', 'sms', 'whatsapp', 'email', 'call', 'photo_clinical', 'photo_marketing', 'photo_website', 'photo_social', 'photo_print', 'photo_lecture')), CONSTRAINT consent_channel_is_known CHECK (channel IN ('paper', 'tablet', 'web', 'call', 'message', 'in_person')), CONSTRAINT consent_given_names_its_text CHECK (NOT given OR text_version IS NOT NULL), CONSTRAINT consent_guardian_is_theirs FOREIGN KEY (guardian_id, patient_id) REFERENCES "guardian" (id, patient_id) ON DELETE RESTRICT);

INSERT INTO "consent_new" ("id", "at", "patient_id", "purpose", "given", "text_version", "channel", "evidence", "guardian_id", "by_id") SELECT "id", "at", "patient_id", "purpose", "given", "text_version", "channel", "evidence", "guardian_id", "by_id" FROM "consent";

DROP TABLE "consent";

ALTER TABLE "consent_new" RENAME TO "consent";

PRAGMA legacy_alter_table = 0;

CREATE INDEX "consent_patient_id" ON "consent" ("patient_id");

CREATE INDEX "consent_guardian_id" ON "consent" ("guardian_id");

CREATE INDEX "consent_by_id" ON "consent" ("by_id");

CREATE INDEX consent_in_force ON "consent" (patient_id, purpose, at, id);

ALTER TABLE "shot" ADD COLUMN "recognisable" INTEGER NOT NULL DEFAULT FALSE;

ALTER TABLE "photo" ADD COLUMN "recognisable" INTEGER NOT NULL DEFAULT FALSE;

UPDATE shot SET recognisable = TRUE WHERE view = 'face_smile';

CREATE INDEX photo_newest ON "photo" (photographed_at, id) WHERE uploaded_at IS NOT NULL;
