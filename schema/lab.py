"""What the laboratory makes and of what: work types, materials, shades, causes, suppliers."""

from __future__ import annotations

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import ChoiceField, DayField, EmailField, PhoneField
from schema.measures import ScaledField
from schema.names import NameField
from schema.rules import Guard, Rule, Unique
from schema.shade_guides import GUIDES, tab_stands_in_its_guide
from schema.stamps import known_at_once

CAUSE_GROUPS = {
    "scan": "Scan or impression",
    "clinic": "Clinic",
    "patient": "Patient",
    "design": "Design or communication",
    "lab": "Laboratory",
    "transport": "Custody or transport",
    "other": "Other",
}
FAMILIES = {
    "zirconia": "Zirconia",
    "glass_ceramic": "Glass ceramic",
    "metal_ceramic": "Metal-ceramic",
    "metal": "Metal",
    "resin": "Resin and composite",
    "wax": "Wax",
    "plaster": "Plaster",
    "auxiliary": "Auxiliary (cement, glaze, stain)",
}


def _code_stays(table: str) -> Guard:
    return Guard(
        f"{table}_code_stays",
        ("UPDATE OF code",),
        "NEW.code <> OLD.code",
        says="A code stays as it is; change the name instead.",
        field="code",
    )


class WorkType(Record):
    """A kind of prosthetic work, such as crown, bridge or splint."""

    code = NameField(max_length=40)
    name = NameField(max_length=80)
    route = NameField(max_length=40, help_text="The route that the work takes, such as ZR or PFM.")
    unit_tenths = ScaledField(
        default=10, digits=1, verbose_name="Load", help_text="In units: 1 is one crown."
    )
    needs_teeth = BooleanField(default=True)
    needs_shade = BooleanField(default=True)
    needs_stump = BooleanField(default=False, verbose_name="Needs a stump shade")
    is_bridge = BooleanField(default=False)
    is_fixed = BooleanField(default=True, help_text="Fixed work is documented for longer.")
    is_device = BooleanField(
        default=True,
        constraints=[SQL("DEFAULT TRUE")],
        verbose_name="Custom-made device",
        help_text="It leaves the laboratory with its statement (EU 2017/745, Annex XIII).",
    )
    ended_on = DayField(null=True)

    class Meta:
        area = "Laboratory"
        help = "What the laboratory makes, and what an order of that kind must say."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "route", "unit_tenths", "needs_shade", "is_bridge", "ended_on")
        lookup = True
        ends = "ended_on"
        inlines = ("materials",)
        order = ("name",)
        groups = (
            ("The work", ("name", "route", "unit_tenths", "code", "ended_on")),
            (
                "What an order must say",
                ("needs_teeth", "needs_shade", "needs_stump", "is_bridge", "is_fixed", "is_device"),
            ),
        )
        rules = [
            known_at_once("work_type"),
            Unique("work_type_code_is_free", ("code",), says="A work type has this code already."),
            _code_stays("work_type"),
            Rule(
                "work_type_load_is_not_negative",
                "unit_tenths >= 0",
                says="The load of a work is zero or more.",
                field="unit_tenths",
            ),
            Rule(
                "work_type_bridge_needs_teeth",
                "needs_teeth OR NOT is_bridge",
                says="A bridge is ordered by teeth; switch on «Needs teeth».",
                field="needs_teeth",
            ),
        ]


class Material(Record):
    """What a work is made of, such as multilayer zirconia or CoCr with ceramic."""

    code = NameField(max_length=40)
    name = NameField(max_length=80)
    family = ChoiceField(FAMILIES)
    bridgeable = BooleanField(default=True, verbose_name="Fit for bridges")
    max_span = IntegerField(null=True, verbose_name="Longest span", help_text="In teeth.")
    ended_on = DayField(null=True)
    order_below = IntegerField(null=True, help_text="In usable pieces; fewer are to be ordered.")

    class Meta:
        area = "Laboratory"
        help = "Materials, and how long a bridge they bear."
        title = ("name",)
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = ("name", "family", "bridgeable", "max_span", "ended_on")
        lookup = True
        ends = "ended_on"
        order = ("name",)
        rules = [
            known_at_once("material"),
            Unique("material_code_is_free", ("code",), says="A material has this code already."),
            _code_stays("material"),
            Rule(
                "material_span_fits_an_arch",
                "max_span IS NULL OR (bridgeable AND max_span BETWEEN 2 AND 16)",
                says="A longest span is 2 to 16 teeth, of a material fit for bridges.",
                field="max_span",
            ),
            Rule(
                "material_order_below_is_positive",
                "order_below > 0",
                says="Order below one piece or more, or leave it empty.",
                field="order_below",
            ),
        ]


class WorkTypeMaterial(Record):
    """A work type may be made of this material."""

    work_type = ForeignKeyField(WorkType, backref="materials")
    material = ForeignKeyField(Material, backref="work_types")

    class Meta:
        area = "Laboratory"
        label = "Allowed material"
        help = "An order takes only a material that its work type allows."
        title = shown = order = ("work_type", "material")
        joint = " · "
        lookup = True
        rules = [
            Unique(
                "work_type_material_listed_once",
                ("work_type_id", "material_id"),
                says="This material is allowed for the work type already.",
                field="material",
            ),
        ]


class Shade(Record):
    """A tab of a shade guide; `lightness` sorts from light to dark."""

    guide = ChoiceField(GUIDES)
    code = NameField(max_length=20)
    lightness = IntegerField(default=0, help_text="Place in the guide, light to dark.")

    class Meta:
        area = "Laboratory"
        help = "Shades as the guides have them."
        title = ("code",)
        shown = ("code", "guide", "lightness")
        within = "guide"
        lookup = True
        order = ("guide", "lightness")
        rules = [
            Unique("shade_stands_once", ("guide", "code"), says="The guide has this tab already."),
            Rule(
                "shade_stands_in_its_guide",
                tab_stands_in_its_guide(),
                says="This guide has no such tab. VITA classical has 16 tabs, 3D-Master 29.",
                field="code",
            ),
        ]


class RemakeCause(Record):
    """Why a work is made again: a coded cause, not a person to blame."""

    code = NameField(max_length=10)
    family = ChoiceField(CAUSE_GROUPS, verbose_name="Cause group")
    name = NameField(max_length=160, verbose_name="Cause")
    ended_on = DayField(null=True)

    class Meta:
        area = "Laboratory"
        help = "Causes of remakes; codes never change, so that years compare."
        title = ("code", "name")
        spoken = ("name",)
        shown = ("code", "name", "family", "ended_on")
        lookup = True
        ends = "ended_on"
        order = ("code",)
        rules = [
            Unique("remake_cause_code_is_free", ("code",), says="A cause has this code already."),
            _code_stays("remake_cause"),
        ]


class Subcontractor(Record):
    """A firm outside that takes over a step, such as a milling centre."""

    name = NameField(max_length=120)
    phone = PhoneField(null=True)
    email = EmailField(max_length=160, null=True, verbose_name="E-mail")
    usual_days = IntegerField(null=True, help_text="Calendar days until the work is back.")
    ended_on = DayField(null=True)

    class Meta:
        area = "Laboratory"
        help = "Firms that do a step for us."
        title = ("name",)
        shown = ("name", "phone", "email", "usual_days", "ended_on")
        lookup = True
        ends = "ended_on"
        rules = [
            Unique("subcontractor_name_is_free", ("name",), says="A firm has this name already."),
            Rule(
                "subcontractor_days_are_positive",
                "usual_days > 0",
                says="Usual days are one or more.",
                field="usual_days",
            ),
        ]
