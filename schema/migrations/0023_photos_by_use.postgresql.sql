ALTER TABLE "consent" DROP CONSTRAINT consent_purpose_is_known;

ALTER TABLE "consent" ADD CONSTRAINT consent_purpose_is_known CHECK (purpose IN ('treatment', 'sms', 'whatsapp', 'email', 'call', 'photo_clinical', 'photo_marketing', 'photo_website', 'photo_social', 'photo_print', 'photo_lecture'));

ALTER TABLE "consent" ADD COLUMN "recognisable" BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE "shot" ADD COLUMN "recognisable" BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE "photo" ADD COLUMN "recognisable" BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE shot SET recognisable = TRUE WHERE view = 'face_smile';

CREATE INDEX photo_newest ON "photo" (photographed_at, id) WHERE uploaded_at IS NOT NULL;
