ALTER TABLE "outsourcing" ADD COLUMN "units" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "outsourcing" ALTER COLUMN "units" DROP DEFAULT;

ALTER TABLE "outsourcing" ADD COLUMN "method" VARCHAR(40);

ALTER TABLE "outsourcing" ADD COLUMN "sent_by_id" INTEGER;

ALTER TABLE "outsourcing" ADD COLUMN "promised_on" DATE;

ALTER TABLE "outsourcing" ADD COLUMN "returned_to_id" INTEGER;

ALTER TABLE "outsourcing" ADD COLUMN "outcome" VARCHAR(40);

ALTER TABLE "outsourcing" ADD COLUMN "faults" VARCHAR(300);

UPDATE "outsourcing" SET "promised_on" = "expected_on", "outcome" = CASE WHEN "returned_at" IS NOT NULL THEN 'complete' END;

ALTER TABLE "outsourcing" ALTER COLUMN "promised_on" SET NOT NULL;

ALTER TABLE "outsourcing" ADD CONSTRAINT "outsourcing_sent_by_id_exists" FOREIGN KEY ("sent_by_id") REFERENCES "staff" ("id") ON DELETE RESTRICT;

CREATE INDEX "outsourcing_sent_by_id" ON "outsourcing" ("sent_by_id");

ALTER TABLE "outsourcing" ADD CONSTRAINT "outsourcing_returned_to_id_exists" FOREIGN KEY ("returned_to_id") REFERENCES "staff" ("id") ON DELETE RESTRICT;

CREATE INDEX "outsourcing_returned_to_id" ON "outsourcing" ("returned_to_id");

ALTER TABLE "outsourcing" ADD CONSTRAINT outsourcing_method_is_known CHECK (method IN ('courier', 'own_driver', 'hand', 'post', 'file'));

ALTER TABLE "outsourcing" ADD CONSTRAINT outsourcing_outcome_is_known CHECK (outcome IN ('complete', 'faulty'));

ALTER TABLE "outsourcing" ADD CONSTRAINT outsourcing_makes_some CHECK (units > 0);

ALTER TABLE "outsourcing" ADD CONSTRAINT outsourcing_return_says_how CHECK ((returned_at IS NULL) = (outcome IS NULL));

ALTER TABLE "outsourcing" ADD CONSTRAINT outsourcing_faults_are_told CHECK (outcome IS DISTINCT FROM 'faulty' OR (faults IS NOT NULL AND trim(faults) <> ''));

ALTER TABLE "component_movement" ADD COLUMN "outsourcing_id" INTEGER;

ALTER TABLE "component_movement" ADD CONSTRAINT "component_movement_outsourcing_id_exists" FOREIGN KEY ("outsourcing_id") REFERENCES "outsourcing" ("id") ON DELETE RESTRICT;

CREATE INDEX "component_movement_outsourcing_id" ON "component_movement" ("outsourcing_id");

ALTER TABLE "component_movement" ADD CONSTRAINT component_movement_outside_is_of_a_firm CHECK (outsourcing_id IS NULL OR to_holder = 'subcontractor' OR from_holder = 'subcontractor');
