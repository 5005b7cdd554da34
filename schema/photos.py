"""The photo protocol: which shots a work needs, and the photos as links."""

from __future__ import annotations

from peewee import SQL, BooleanField, CharField, ForeignKeyField, IntegerField

from schema.base import Record
from schema.fields import ChoiceField, InstantField, LinkField, ToothField
from schema.lab import WorkType
from schema.names import NameField
from schema.orders import LabOrder
from schema.patients import Patient
from schema.rules import Agree, Guard, Index, Rule, Unique
from schema.staff import Staff

MOMENTS = {
    "before": "Before",
    "prep": "Preparation",
    "try_in": "Try-in",
    "after": "After",
    "lab": "Laboratory",
}


class Shot(Record):
    """A view of the photo protocol at a moment, such as the smile from the front, before."""

    code = NameField(max_length=40)
    name = NameField(max_length=80)
    view = NameField(max_length=40, help_text="The same word pairs a before with its after.")
    moment = ChoiceField(MOMENTS)
    magnification = CharField(max_length=10, null=True, help_text="Such as 1:2.")
    required = BooleanField(
        default=False, help_text="For every work, unless the work's own list says otherwise."
    )
    position = IntegerField(default=1, help_text="The order in which shots are taken.")
    recognisable = BooleanField(
        default=False,
        constraints=[SQL("DEFAULT FALSE")],
        help_text="The patient can be recognised on it, such as by the face.",
    )

    class Meta:
        area = "Laboratory"
        help = "The views of the photo protocol."
        title = ("name", "moment")
        coded_from = {"code": "name"}
        spoken = ("name",)
        shown = (
            "name",
            "position",
            "moment",
            "magnification",
            "required",
            "recognisable",
        )
        lookup = True
        order = ("position", "id")
        rules = [
            Unique("shot_code_is_free", ("code",), says="A shot has this code already."),
            Unique(
                "shot_view_once_per_moment",
                ("view", "moment"),
                says="This view is in the list for that moment already.",
                field="view",
            ),
        ]


class ShotRequirement(Record):
    """A work type needs this shot, or does without it."""

    work_type = ForeignKeyField(WorkType, backref="shots")
    shot = ForeignKeyField(Shot, backref="work_types")
    required = BooleanField(default=True)

    class Meta:
        area = "Laboratory"
        label = "Required shot"
        help = "Which shots a work type needs before its order closes."
        title = ("work_type", "shot")
        joint = " · "
        shown = ("work_type", "shot", "required")
        order = title
        lookup = True
        rules = [
            Unique(
                "shot_requirement_stated_once",
                ("work_type_id", "shot_id"),
                says="This shot is in the list of the work type already.",
                field="shot",
            ),
        ]


class Photo(Record):
    """One photo: taken by whom and when, and the link under which the file is kept."""

    patient = ForeignKeyField(Patient, backref="photos")
    order = ForeignKeyField(LabOrder, backref="photos", null=True)
    shot = ForeignKeyField(Shot, backref="photos")
    tooth = ToothField(null=True)
    photographed_at = InstantField(null=True, verbose_name="Photographed")
    photographed_by = ForeignKeyField(Staff, backref="photos", null=True)
    uploaded_at = InstantField(null=True, verbose_name="Uploaded")
    link = LinkField(null=True, help_text="Where the file is kept; it stays there.")
    file_hash = CharField(
        max_length=64,
        null=True,
        verbose_name="Fingerprint",
        help_text="SHA-256 of the original file.",
    )
    recognisable = BooleanField(
        default=False,
        constraints=[SQL("DEFAULT FALSE")],
        help_text="The patient can be recognised on it, whatever the shot.",
    )

    class Meta:
        area = "Treatment"
        everyday = 6
        help = "Photos by patient, tooth and shot. Files stay in their own storage."
        title = ("shot", "photographed_at")
        shown = ("patient", "order", "shot", "tooth", "photographed_at", "uploaded_at", "link")
        own = (
            "photographed_by",
            "patient.dentist",
            "order.dentist",
            "order.tracks.assignments.technician",
            "order.tracks.card.stage.skilled.staff",
        )
        place = ("patient.location",)
        groups = (
            ("Of what", ("patient", "order", "shot", "tooth", "recognisable")),
            ("When and by whom", ("photographed_at", "photographed_by")),
            ("Kept", ("uploaded_at", "link", "file_hash")),
        )
        rules = [
            Unique("photo_id_and_patient", ("id", "patient_id"), says="Known already."),
            Agree(
                "photo_is_of_the_orders_patient",
                ("order_id", "patient_id"),
                "lab_order",
                ("id", "patient_id"),
                says="Choose an order of this patient.",
                field="order",
            ),
            Rule(
                "photo_uploaded_after_photographed",
                "uploaded_at IS NULL OR (photographed_at IS NOT NULL "
                "AND uploaded_at >= photographed_at)",
                says="Note when the photo was taken; it is uploaded after that.",
                field="photographed_at",
            ),
            Rule(
                "photo_uploaded_has_a_link",
                "uploaded_at IS NULL OR link IS NOT NULL",
                says="Give the link to the uploaded photo.",
                field="link",
            ),
            Rule(
                "photo_names_its_photographer",
                "(photographed_at IS NULL) = (photographed_by_id IS NULL)",
                says="Say who took the photo, and when.",
                field="photographed_by",
            ),
            Guard(
                "photo_published_stays",
                ("UPDATE OF patient_id, uploaded_at, link", "DELETE"),
                "EXISTS (SELECT 1 FROM publication p WHERE p.photo_id = OLD.id)",
                says="This photo was published and stays as it is.",
                field="link",
            ),
            Guard(
                "photo_published_stays_hidden",
                ("UPDATE OF shot_id, recognisable",),
                "EXISTS (SELECT 1 FROM publication p WHERE p.photo_id = OLD.id "
                "AND p.withdrawn_on IS NULL) AND NOT OLD.recognisable "
                "AND NOT (SELECT s.recognisable FROM shot s WHERE s.id = OLD.shot_id) "
                "AND (NEW.recognisable "
                "OR (SELECT s.recognisable FROM shot s WHERE s.id = NEW.shot_id))",
                says="This photo is shown as one that names nobody; take it down first.",
                field="recognisable",
            ),
            Index("photo_by_patient", ("patient_id", "tooth", "photographed_at")),
            Index("photo_by_order", ("order_id", "shot_id")),
            Index("photo_newest", ("photographed_at", "id"), where="uploaded_at IS NOT NULL"),
            Index("photo_to_upload", ("photographed_at",), where="uploaded_at IS NULL"),
        ]
