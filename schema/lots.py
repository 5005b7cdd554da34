"""Material lots and where they were used, so that a lot leads to its patients."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Act, Record
from schema.fields import DayField, InstantField
from schema.lab import Material
from schema.measures import ScaledField
from schema.names import NameField
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.rules import Guard, Index, Rule, Unique
from schema.staff import Staff
from schema.tracks import Track


class MaterialLot(Record):
    """One disc, block or bottle of a lot: opened, used, finished."""

    material = ForeignKeyField(Material, backref="lots")
    maker = NameField(max_length=80)
    lot_number = NameField(max_length=60)
    piece = IntegerField(default=1, help_text="Counts the discs or bottles of one lot.")
    expires_on = DayField(null=True, help_text="The last day of use, as printed.")
    enlargement = ScaledField(
        null=True,
        digits=4,
        every_digit=True,
        verbose_name="Enlargement factor",
        help_text="As printed on the disc, such as 1.2350.",
    )
    opened_at = InstantField(null=True)
    finished_at = InstantField(null=True)
    withdrawn_at = InstantField(null=True, help_text="Called back by the maker.")
    product = CharField(
        max_length=40, null=True, help_text="The article number on the label: GTIN or HIBC."
    )
    serial = CharField(max_length=40, null=True)
    shade_printed = CharField(max_length=20, null=True, verbose_name="Shade as printed")
    height_tenths = ScaledField(
        null=True, digits=1, unit="mm", verbose_name="Height", help_text="In millimetres."
    )

    class Meta:
        area = "Laboratory"
        everyday = 7
        help = "Lots in the laboratory; an expired or finished one cannot be used."
        title = ("material", "lot_number", "piece")
        shown = ("material", "maker", "lot_number", "piece", "expires_on", "finished_at")
        search = ("lot_number",)
        ends, later = "finished_at", ("withdrawn_at",)
        groups = (
            ("The lot", ("material", "maker", "lot_number", "piece", "product", "serial")),
            ("The disc, as printed", ("shade_printed", "height_tenths", "enlargement")),
            ("How long it is good", ("expires_on", "opened_at", "finished_at", "withdrawn_at")),
        )
        rules = [
            Unique(
                "material_lot_registered_once",
                ("material_id", "maker", "lot_number", "piece"),
                says="This piece of the lot is registered already; count the next one.",
                field="lot_number",
            ),
            Rule(
                "material_lot_pieces_count_from_one",
                "piece >= 1",
                says="Pieces are counted from 1.",
                field="piece",
            ),
            Rule(
                "material_lot_enlarges_plausibly",
                "enlargement BETWEEN 10000 AND 15000",
                says="An enlargement factor lies between 1.0000 and 1.5000.",
                field="enlargement",
            ),
            Rule(
                "material_lot_height_is_of_a_disc",
                "height_tenths BETWEEN 10 AND 2000",
                says="A height lies between 1 and 200 mm.",
                field="height_tenths",
            ),
            Rule(
                "material_lot_finishes_after_opening",
                "finished_at IS NULL OR (opened_at IS NOT NULL AND finished_at >= opened_at)",
                says="A piece is opened first and finished later.",
                field="finished_at",
            ),
            Guard(
                "material_lot_stays_what_it_is",
                ("UPDATE OF material_id, maker, lot_number, piece, expires_on",),
                "(NEW.material_id <> OLD.material_id OR NEW.maker <> OLD.maker "
                "OR NEW.lot_number <> OLD.lot_number OR NEW.piece <> OLD.piece "
                "OR NEW.expires_on IS DISTINCT FROM OLD.expires_on) "
                "AND EXISTS (SELECT 1 FROM lot_use u WHERE u.lot_id = OLD.id)",
                says="This lot is in works already and stays as registered.",
                field="lot_number",
            ),
            Index("material_lot_by_product", ("product",)),
        ]


class LotUse(Act):
    """A piece of a lot went into a work."""

    order = ForeignKeyField(LabOrder, backref="lot_uses")
    track = ForeignKeyField(Track, backref="lot_uses", null=True, verbose_name="Lab process")
    lot = ForeignKeyField(MaterialLot, backref="uses")
    stage = ForeignKeyField(Stage, backref="lot_uses", null=True)
    used_on = DayField(help_text="The clinic's day of use.")
    by = ForeignKeyField(Staff, backref="lot_uses")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Use of a lot", "Uses of lots"
        help = "Which lot went into which work."
        title = ("lot", "order")
        shown = ("used_on", "order", "track", "lot", "stage", "by")
        own = ("by", "order.dentist")
        now = ("used_on",)
        place = ("order.card.location",)
        inside = "Lots used"
        rules = [
            Guard(
                "lot_use_is_before_expiry",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM material_lot l WHERE l.id = NEW.lot_id "
                "AND l.expires_on < NEW.used_on)",
                says="This lot has expired. Take another one.",
                field="lot",
                locks="material_lot WHERE id = NEW.lot_id",
            ),
            Guard(
                "lot_use_is_of_a_lot_in_stock",
                ("INSERT",),
                "EXISTS (SELECT 1 FROM material_lot l WHERE l.id = NEW.lot_id "
                "AND (l.finished_at IS NOT NULL OR l.withdrawn_at IS NOT NULL))",
                says="This lot is finished or called back. Take another one.",
                field="lot",
                locks="material_lot WHERE id = NEW.lot_id",
            ),
            Guard(
                "lot_use_track_is_of_the_order",
                ("INSERT",),
                "NEW.track_id IS NOT NULL AND NEW.order_id <> "
                "(SELECT t.order_id FROM track t WHERE t.id = NEW.track_id)",
                says="Choose a process of this order.",
                field="track",
            ),
            Index("lot_use_by_lot", ("lot_id", "order_id")),
            Index("lot_use_by_order", ("order_id",)),
        ]
