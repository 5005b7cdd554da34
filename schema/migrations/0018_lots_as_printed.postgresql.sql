ALTER TABLE "material_lot" ADD COLUMN "product" VARCHAR(40);

ALTER TABLE "material_lot" ADD COLUMN "serial" VARCHAR(40);

ALTER TABLE "material_lot" ADD COLUMN "shade_printed" VARCHAR(20);

ALTER TABLE "material_lot" ADD COLUMN "height_tenths" INTEGER;

ALTER TABLE "material_lot" ADD CONSTRAINT material_lot_height_is_of_a_disc CHECK (height_tenths BETWEEN 10 AND 2000);

CREATE INDEX material_lot_by_product ON "material_lot" (product);

ALTER TABLE "material" ADD COLUMN "order_below" INTEGER;

ALTER TABLE "material" ADD CONSTRAINT material_order_below_is_positive CHECK (order_below > 0);
