DROP INDEX "followup_staff_id";

CREATE INDEX followup_staff_id ON "followup" (staff_id) WHERE staff_id IS NOT NULL;

DROP INDEX "followup_location_id";

CREATE INDEX followup_location_id ON "followup" (location_id) WHERE location_id IS NOT NULL;

DROP INDEX "followup_patient_id";

CREATE INDEX followup_patient_id ON "followup" (patient_id) WHERE patient_id IS NOT NULL;

DROP INDEX "followup_appointment_id";

CREATE INDEX followup_appointment_id ON "followup" (appointment_id) WHERE appointment_id IS NOT NULL;

DROP INDEX "followup_made_by_id";

CREATE INDEX followup_made_by_id ON "followup" (made_by_id) WHERE made_by_id IS NOT NULL;

DROP INDEX "followup_done_by_id";

CREATE INDEX followup_done_by_id ON "followup" (done_by_id) WHERE done_by_id IS NOT NULL;

DROP INDEX "card_closed_by_id";

CREATE INDEX card_closed_by_id ON "card" (closed_by_id) WHERE closed_by_id IS NOT NULL;
