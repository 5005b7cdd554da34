ALTER TABLE "order_visit" ADD COLUMN "planned_for" TIMESTAMP;

UPDATE "order_visit" SET planned_for = (SELECT a.starts_at FROM appointment a WHERE a.id = "order_visit".appointment_id AND a.cancelled_at IS NULL AND a.missed_at IS NULL AND a.completed_at IS NULL) WHERE purpose IN ('try_in', 'placement');
