PRAGMA legacy_alter_table = 1;

CREATE TABLE "material_lot_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "material_id" INTEGER NOT NULL, "maker" VARCHAR(80) NOT NULL, "lot_number" VARCHAR(60) NOT NULL, "piece" INTEGER NOT NULL, "expires_on" DATE, "enlargement" INTEGER, "opened_at" DATETIME, "finished_at" DATETIME, "withdrawn_at" DATETIME, "product" VARCHAR(40), "serial" VARCHAR(40), "shade_printed" VARCHAR(20), "height_tenths" INTEGER, CONSTRAINT "material_lot_material_id_exists" FOREIGN KEY ("material_id") REFERENCES "material" ("id") ON DELETE RESTRICT, CONSTRAINT material_lot_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT material_lot_maker_is_tidy CHECK (maker <> '' AND maker = trim(maker) AND maker NOT LIKE '%  %'), CONSTRAINT material_lot_lot_number_is_tidy CHECK (lot_number <> '' AND lot_number = trim(lot_number) AND lot_number NOT LIKE '%  %'), CONSTRAINT material_lot_expires_on_is_a_day CHECK (expires_on IS NULL OR date(expires_on) IS expires_on), CONSTRAINT material_lot_opened_at_is_an_instant CHECK (opened_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', opened_at) IS substr(opened_at, 1, 19)), CONSTRAINT material_lot_finished_at_is_an_instant CHECK (finished_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', finished_at) IS substr(finished_at, 1, 19)), CONSTRAINT material_lot_withdrawn_at_is_an_instant CHECK (withdrawn_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', withdrawn_at) IS substr(withdrawn_at, 1, 19)), CONSTRAINT material_lot_pieces_count_from_one CHECK (piece >= 1), CONSTRAINT material_lot_enlarges_plausibly CHECK (enlargement BETWEEN 10000 AND 15000), CONSTRAINT material_lot_height_is_of_a_disc CHECK (height_tenths BETWEEN 10 AND 2000), CONSTRAINT material_lot_finishes_after_opening CHECK (finished_at IS NULL OR (opened_at IS NOT NULL AND finished_at >= opened_at)));

INSERT INTO "material_lot_new" ("id", "row_version", "created_at", "material_id", "maker", "lot_number", "piece", "expires_on", "enlargement", "opened_at", "finished_at", "withdrawn_at") SELECT "id", "row_version", "created_at", "material_id", "maker", "lot_number", "piece", "expires_on", "enlargement", "opened_at", "finished_at", "withdrawn_at" FROM "material_lot";

DROP TABLE "material_lot";

ALTER TABLE "material_lot_new" RENAME TO "material_lot";

CREATE INDEX "material_lot_material_id" ON "material_lot" ("material_id");

CREATE UNIQUE INDEX material_lot_registered_once ON "material_lot" (material_id, maker, lot_number, piece);

CREATE INDEX material_lot_by_product ON "material_lot" (product);

CREATE TABLE "material_new" ("id" INTEGER NOT NULL PRIMARY KEY, "row_version" INTEGER NOT NULL DEFAULT 1, "created_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "code" VARCHAR(40) NOT NULL, "name" VARCHAR(80) NOT NULL, "family" VARCHAR(40) NOT NULL, "bridgeable" INTEGER NOT NULL, "max_span" INTEGER, "ended_on" DATE, "order_below" INTEGER, CONSTRAINT material_created_at_is_an_instant CHECK (created_at IS NULL OR strftime('%Y-%m-%d %H:%M:%S', created_at) IS substr(created_at, 1, 19)), CONSTRAINT material_code_is_tidy CHECK (code <> '' AND code = trim(code) AND code NOT LIKE '%  %'), CONSTRAINT material_name_is_tidy CHECK (name <> '' AND name = trim(name) AND name NOT LIKE '%  %'), CONSTRAINT material_family_is_known CHECK (family IN ('zirconia', 'glass_ceramic', 'metal_ceramic', 'metal', 'resin', 'wax', 'plaster', 'auxiliary')), CONSTRAINT material_ended_on_is_a_day CHECK (ended_on IS NULL OR date(ended_on) IS ended_on), CONSTRAINT material_span_fits_an_arch CHECK (max_span IS NULL OR (bridgeable AND max_span BETWEEN 2 AND 16)), CONSTRAINT material_order_below_is_positive CHECK (order_below > 0));

INSERT INTO "material_new" ("id", "row_version", "created_at", "code", "name", "family", "bridgeable", "max_span", "ended_on") SELECT "id", "row_version", "created_at", "code", "name", "family", "bridgeable", "max_span", "ended_on" FROM "material";

DROP TABLE "material";

ALTER TABLE "material_new" RENAME TO "material";

CREATE UNIQUE INDEX material_code_is_free ON "material" (code);

DROP TABLE IF EXISTS "material_lot_search";

PRAGMA legacy_alter_table = 0;
