"""What a dentist always wants of the laboratory, so that it need not be asked again."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.fields import DayField
from schema.lab import Material, WorkType
from schema.rules import Guard, Rule, Unique
from schema.staff import Staff


class DentistPreference(Record):
    """A wish of a dentist for all works, or for those of one type or one material."""

    dentist = ForeignKeyField(Staff, backref="lab_preferences")
    work_type = ForeignKeyField(
        WorkType, backref="preferences", null=True, help_text="Empty: for works of every type."
    )
    material = ForeignKeyField(
        Material, backref="preferences", null=True, help_text="Empty: for every material."
    )
    wish = CharField(max_length=160, help_text="Such as cement gap 0.04 mm, or light contacts.")
    ended_on = DayField(null=True, verbose_name="Until")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Preference of a dentist", "Preferences of dentists"
        help = "What a dentist always wants; it stands on the bench and on the job ticket."
        title = ("dentist", "wish")
        shown = ("dentist", "wish", "work_type", "material", "ended_on")
        search = ("wish",)
        ends = "ended_on"
        own = ("dentist",)
        place = ("dentist.location",)
        rules = [
            Unique(
                "dentist_preference_said_once",
                ("dentist_id", "COALESCE(work_type_id, 0)", "COALESCE(material_id, 0)", "wish"),
                where="ended_on IS NULL",
                says="This preference stands already.",
                field="wish",
            ),
            Rule(
                "dentist_preference_says_something",
                "length(trim(wish)) >= 3",
                says="Write what the dentist prefers, in three letters or more.",
                field="wish",
            ),
            Guard(
                "dentist_preference_stays_with_its_dentist",
                ("UPDATE OF dentist_id",),
                "NEW.dentist_id <> OLD.dentist_id",
                says="A preference stays with its dentist; end it and write one for the other.",
                field="dentist",
            ),
        ]
