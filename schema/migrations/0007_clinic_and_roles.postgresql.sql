ALTER TABLE "clinic" ADD COLUMN "time_zone" VARCHAR(40), ADD COLUMN "phone" VARCHAR(16), ADD COLUMN "email" VARCHAR(160), ADD COLUMN "address" VARCHAR(200);

ALTER TABLE "clinic" ADD CONSTRAINT clinic_time_zone_is_known CHECK (time_zone IN ('Europe/Amsterdam', 'Europe/Athens', 'Europe/Belgrade', 'Europe/Berlin', 'Europe/Bratislava', 'Europe/Brussels', 'Europe/Bucharest', 'Europe/Budapest', 'Europe/Chisinau', 'Europe/Copenhagen', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Istanbul', 'Europe/Kyiv', 'Europe/Lisbon', 'Europe/Ljubljana', 'Europe/London', 'Europe/Luxembourg', 'Europe/Madrid', 'Europe/Malta', 'Europe/Oslo', 'Europe/Paris', 'Europe/Podgorica', 'Europe/Prague', 'Europe/Riga', 'Europe/Rome', 'Europe/Sarajevo', 'Europe/Skopje', 'Europe/Sofia', 'Europe/Stockholm', 'Europe/Tallinn', 'Europe/Tirane', 'Europe/Vienna', 'Europe/Vilnius', 'Europe/Warsaw', 'Europe/Zagreb', 'Europe/Zurich', 'UTC'));

ALTER TABLE "clinic" ADD CONSTRAINT clinic_phone_is_e164 CHECK (phone LIKE '+%' AND length(phone) BETWEEN 8 AND 16 AND trim(substr(phone, 2), '0123456789') = '');

ALTER TABLE "clinic" ADD CONSTRAINT clinic_email_is_normal CHECK (email = lower(email) AND email LIKE '%_@_%');

ALTER TABLE "role" ADD COLUMN "ended_on" DATE;
