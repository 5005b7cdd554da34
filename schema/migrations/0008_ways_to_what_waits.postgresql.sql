CREATE INDEX card_open ON "card" (kind, due_at NULLS FIRST, id) WHERE closed_at IS NULL;

CREATE INDEX lead_by_loss ON "lead" (lost_at) WHERE lost_at IS NOT NULL;

CREATE INDEX appointment_by_start ON "appointment" (starts_at, id);

CREATE INDEX photo_to_upload ON "photo" (photographed_at) WHERE uploaded_at IS NULL;

CREATE INDEX message_by_state ON "message" (state, not_before);
