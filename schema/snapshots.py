"""Weekly and monthly figures as they stood when the period ended; nothing moves them later."""

from __future__ import annotations

from fractions import Fraction

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from schema.base import Act
from schema.fields import ChoiceField, DayField
from schema.rules import Index, Rule, Unique
from schema.staff import Location

PERIODS = {"week": "Week", "month": "Month"}


class KpiSnapshot(Act):
    """One figure of one period, frozen: kept as numerator and denominator, never as a fraction."""

    code = CharField(max_length=60, verbose_name="Figure")
    period = ChoiceField(PERIODS)
    period_start = DayField(verbose_name="From", help_text="A Monday, or the 1st of a month.")
    location = ForeignKeyField(Location, backref="snapshots", null=True, help_text="Empty: all.")
    numerator = BigIntegerField()
    denominator = BigIntegerField(default=1)
    excluded = IntegerField(default=0, help_text="How many were left out, such as spam or doubles.")

    class Meta:
        area = "Reports"
        label = "Frozen figure"
        help = "Figures of past weeks and months, as they stood then."
        title = ("code", "period", "period_start")
        coded = ("code",)
        shown = ("code", "period", "period_start", "location", "numerator", "denominator", "at")
        order = ("-period_start", "code")
        place = ("location",)
        verbs_only = True
        rules = [
            Unique(
                "kpi_snapshot_taken_once",
                ("code", "period", "period_start", "COALESCE(location_id, 0)"),
                says="This figure is frozen for that period already.",
            ),
            Rule(
                "kpi_snapshot_month_begins_on_1",
                "period <> 'month' OR substr(CAST(period_start AS text), 9, 2) = '01'",
                says="A month begins on its 1st.",
                field="period_start",
            ),
            Rule(
                "kpi_snapshot_counts_up",
                "denominator >= 0 AND excluded >= 0",
                says="Counts are not negative.",
                field="denominator",
            ),
            Index("kpi_snapshot_by_start", ("period_start",)),
        ]

    @property
    def value(self) -> Fraction | None:
        """The figure itself; None when there was nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None
