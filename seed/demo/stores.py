"""The stores of the laboratory: material lots and where they went, files in other systems."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.bridges import ExternalRecord, ExternalSystem
from schema.gs1 import check_digit
from schema.lab import Material
from schema.lots import LotUse, MaterialLot
from schema.pipelines import ControlPoint
from seed.demo.tickets import Ticket
from seed.demo.ways import Traveller
from seed.demo.world import World, keys

MAKERS = {"zirconia": "Zirkon Nord", "glass_ceramic": "Vitrum", "metal_ceramic": "Cobalta"}
QUARTER = 91
SHADES = ("A1", "A2", "A3", "B1", "C2")
# Below so many usable pieces it is time to order; of some there are fewer on the shelf.
ORDER_BELOW = (3, 2, 1, 2, 1, 1, 2)


class Stores:
    """One lot of each material for each quarter, opened when it began."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.materials = {one.id: one for one in Material.select().order_by(Material.id)}
        self.lots: dict[tuple[int, int], int] = {}
        self.finished: dict[int, dt.datetime] = {}
        self.systems = keys(ExternalSystem)

    def use(self, ticket: Ticket, track: int | None, traveller: Traveller, at: dt.datetime) -> None:
        """A piece of the quarter's lot goes into a work."""
        day = at.date()
        self.world.pen.add(
            LotUse,
            order=ticket.id,
            track=track,
            lot=self.lot(ticket.material or next(iter(self.materials)), day),
            stage=traveller.stage.id,
            used_on=day,
            by=self.world.someone("technician"),
            at=at,
        )

    def file(
        self, ticket: Ticket, traveller: Traveller, point: ControlPoint, at: dt.datetime
    ) -> None:
        """The scan or model of a card, in the folder of the program that made it."""
        kind = point.about if point.about in ("scan", "model") else "other"
        word = "cad" if kind == "model" else "scan"
        fits = [key for code, key in self.systems.items() if word in code]
        made = at - dt.timedelta(minutes=40)
        self.world.pen.add(
            ExternalRecord,
            card=traveller.card,
            system=(fits or list(self.systems.values()))[0],
            kind=kind,
            external_id=f"{kind}-{traveller.card}-{point.id}",
            link=f"https://{word}.example.ro/{ticket.id}/{kind}",
            file_name=f"{kind}-{ticket.id}.stl",
            made_at=made,
            uploaded_at=made + dt.timedelta(minutes=5),
            ready_at=at,
            created_at=made,
        )

    def lot(self, material: int, day: dt.date) -> int:
        quarter = (self.world.today - day).days // QUARTER
        if (material, quarter) not in self.lots:
            last = self.world.today - dt.timedelta(days=quarter * QUARTER)
            key = self.add(material, quarter, last)
            self.lots[material, quarter] = key
            if quarter > 0:
                self.finished[key] = self.world.moment(last, 18)
        return self.lots[material, quarter]

    def add(self, material: int, quarter: int, last: dt.date, **facts: Any) -> int:
        """A lot of a material, opened a quarter before its last day of use here."""
        kind, opened = self.materials[material], last - dt.timedelta(days=QUARTER)
        row = {
            "material": material,
            "maker": MAKERS.get(kind.family, "Dentalia"),
            "lot_number": f"L{material:02d}{quarter:02d}{self.world.dice.randint(1000, 9999)}",
            "expires_on": last + dt.timedelta(days=420 + 23 * (material * 5 % 14)),
            "enlargement": 12_350 - quarter * 7 if kind.family == "zirconia" else None,
            "opened_at": self.world.moment(opened, 8),
            "created_at": self.world.moment(opened, 8),
        }
        return self.world.pen.add(MaterialLot, **row | printed(material, kind.family) | facts)


def printed(material: int, family: str) -> dict[str, Any]:
    """What the maker's label says: HIBC on ceramics, a GTIN on all else, facts on discs."""
    if family == "glass_ceramic":
        return {"product": f"H124VT{material:03d}", "shade_printed": SHADES[material % len(SHADES)]}
    body = f"0764015571{material:03d}"
    facts: dict[str, Any] = {"product": f"{body}{check_digit(body)}"}
    if family == "zirconia":
        height = 140 + 20 * (material % 3)
        facts |= {"shade_printed": SHADES[material % len(SHADES)], "height_tenths": height}
    return facts


def sow_shelf(stores: Stores) -> None:
    """One open lot of each material; beside them one expired, one called back, and new ones."""
    world, materials = stores.world, list(stores.materials)
    for material in materials:
        stores.lot(material, world.today)
    for number, material in enumerate(materials[:4]):
        facts: dict[str, Any] = {"opened_at": None}
        if number == 0:
            facts["expires_on"] = world.today - dt.timedelta(days=20)
        if number == 1:
            facts["withdrawn_at"] = world.moment(world.day(10))
        stores.add(material, 90 + number, world.today, **facts)
    for material, below in zip(materials, ORDER_BELOW, strict=False):
        Material.update(order_below=below).where(Material.id == material).execute()


def finish_lots(stores: Stores) -> None:
    """Lots of past quarters are empty; they were not when they were used."""
    for lot, at in stores.finished.items():
        MaterialLot.update(finished_at=min(at, stores.world.now)).where(
            MaterialLot.id == lot
        ).execute()
