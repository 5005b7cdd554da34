"""Photos shown to the public: each under a consent of the patient for that use, on that day."""

from __future__ import annotations

from peewee import ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField, DayField, LinkField
from schema.patients import Patient
from schema.photos import Photo
from schema.rules import Agree, Guard, Index, Rule
from schema.staff import Staff

USES = {
    "website": "Website",
    "social": "Social media",
    "lecture": "Lecture",
    "print": "Printed matter",
}


def consented(patient: str, use: str, photo: str, until: str | None = None) -> str:
    """SQL for both engines: what the patient said last of that use allows this photo to be shown.

    `until` is a day: what was said later than that day does not count. Where the person can be
    recognised, by the shot or as noted on the photo, the patient must have agreed to that too.
    """
    said = f"AND substr(CAST(c.at AS text), 1, 10) <= CAST({until} AS text) " if until else ""
    return (
        "COALESCE((SELECT c.given AND (c.recognisable OR NOT EXISTS (SELECT 1 FROM photo f "
        f"JOIN shot s ON s.id = f.shot_id WHERE f.id = {photo} "
        "AND (f.recognisable OR s.recognisable))) FROM consent c "
        f"WHERE c.patient_id = {patient} AND c.purpose = 'photo_' || {use} {said}"
        "ORDER BY c.at DESC, c.id DESC LIMIT 1), FALSE)"
    )


class Publication(Record):
    """A photo was published: where, when, and under the patient's consent."""

    photo = ForeignKeyField(Photo, backref="publications")
    patient = ForeignKeyField(Patient, backref="publications")
    use = ChoiceField(USES)
    published_on = DayField()
    withdrawn_on = DayField(null=True)
    link = LinkField(null=True)
    by = ForeignKeyField(Staff, backref="publications", verbose_name="Published by")

    class Meta:
        area = "Treatment"
        everyday = 7
        help = "Photos shown to the public; each needs the patient's consent in force that day."
        verbs_only = True
        title = ("photo", "use")
        shown = ("photo", "patient", "use", "published_on", "withdrawn_on", "link", "by")
        ends = "withdrawn_on"
        own = ("by",)
        place = ("patient.location",)
        rules = [
            Agree(
                "publication_is_of_the_photos_patient",
                ("photo_id", "patient_id"),
                "photo",
                ("id", "patient_id"),
                says="Choose the patient who is on the photo.",
                field="patient",
            ),
            Guard(
                "publication_has_a_consent",
                ("INSERT", "UPDATE OF photo_id, patient_id, published_on, use"),
                f"NOT {consented('NEW.patient_id', 'NEW.use', 'NEW.photo_id', 'NEW.published_on')}",
                says="The patient has not agreed to this photo for this use; ask first.",
                field="photo",
                locks="patient WHERE id = NEW.patient_id",
            ),
            Guard(
                "publication_is_of_an_uploaded_photo",
                ("INSERT", "UPDATE OF photo_id"),
                "EXISTS (SELECT 1 FROM photo p WHERE p.id = NEW.photo_id "
                "AND p.uploaded_at IS NULL)",
                says="This photo is not uploaded yet.",
                field="photo",
                locks="photo WHERE id = NEW.photo_id",
            ),
            Rule(
                "publication_withdrawn_after_published",
                "withdrawn_on >= published_on",
                says="A publication is withdrawn after it was published.",
                field="withdrawn_on",
            ),
            Guard(
                "publication_taken_down_stays",
                ("UPDATE OF withdrawn_on",),
                "OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS DISTINCT FROM "
                "OLD.withdrawn_on",
                says="This photo was taken down; publish it anew, under the consent of that day.",
                field="withdrawn_on",
            ),
            Guard(
                "publication_is_never_removed",
                ("DELETE",),
                "TRUE",
                says="A publication is kept; note when the photo was taken down.",
            ),
            Index("publication_by_patient", ("patient_id", "published_on")),
        ]
