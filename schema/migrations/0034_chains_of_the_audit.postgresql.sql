ALTER TABLE "audit_entry" ADD COLUMN "chain" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "audit_entry" ALTER COLUMN "chain" DROP DEFAULT;

ALTER TABLE "audit_entry" ADD COLUMN "beside" VARCHAR(100);

ALTER TABLE "audit_entry" ADD CONSTRAINT audit_entry_is_of_a_chain CHECK (chain BETWEEN 0 AND 3);

DROP INDEX audit_entry_number_once;

CREATE UNIQUE INDEX audit_entry_number_once ON "audit_entry" (chain, seq);
