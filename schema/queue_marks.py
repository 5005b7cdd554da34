"""What a person wants first in the laboratory's queue: pins, and works that are in a rush."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField

from schema.base import Record
from schema.fields import ChoiceField, InstantField
from schema.rules import Guard, Index, Rule, Unique
from schema.skills import at_the_bench
from schema.staff import Staff
from schema.tracks import Track

MARKS = {"pin": "Pinned on top", "rush": "Rush"}


class QueueMark(Record):
    """Somebody put a work before others, by hand and for now; the mark ends, its row stays."""

    track = ForeignKeyField(Track, backref="queue_marks", verbose_name="Lab process")
    kind = ChoiceField(MARKS)
    reason = CharField(max_length=200, null=True)
    started_at = InstantField(verbose_name="From")
    by = ForeignKeyField(Staff, backref="queue_marks")
    ended_at = InstantField(null=True, verbose_name="Until")
    ended_by = ForeignKeyField(
        Staff, backref="ended_queue_marks", null=True, help_text="Empty: with the work itself."
    )

    class Meta:
        area = "Laboratory"
        label, label_plural = "Mark in the queue", "Marks in the queue"
        help = "Who put which work before others in the queue, and when."
        title = ("track", "kind")
        shown = ("track", "kind", "reason", "started_at", "by", "ended_at", "ended_by")
        verbs_only = True
        own = ("by", *at_the_bench("track."), "track.order.dentist")
        place = ("track.card.location",)
        rules = [
            Unique(
                "queue_mark_one_open_of_a_kind",
                ("track_id", "kind"),
                where="ended_at IS NULL",
                says="This work is marked like that already.",
                field="kind",
            ),
            Rule(
                "queue_mark_ends_after_start",
                "ended_at >= started_at",
                says="A mark ends after it began.",
                field="ended_at",
            ),
            Rule(
                "queue_mark_is_ended_at_a_moment",
                "ended_by_id IS NULL OR ended_at IS NOT NULL",
                says="Say when the mark ended.",
                field="ended_by",
            ),
            Guard(
                "queue_mark_is_on_open_work",
                ("INSERT", "UPDATE OF track_id, ended_at"),
                "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM track t JOIN card k "
                "ON k.id = t.card_id WHERE t.id = NEW.track_id AND k.closed_at IS NOT NULL)",
                says="This process is closed and waits in no queue.",
                field="track",
                locks="card WHERE NEW.ended_at IS NULL "
                "AND id = (SELECT card_id FROM track WHERE id = NEW.track_id)",
            ),
            Guard(
                "queue_mark_stays_as_it_was_set",
                ("UPDATE OF track_id, kind, started_at, by_id",),
                "NEW.track_id <> OLD.track_id OR NEW.kind <> OLD.kind "
                "OR NEW.started_at <> OLD.started_at OR NEW.by_id <> OLD.by_id",
                says="End this mark and set another one.",
                field="kind",
            ),
            Index("queue_mark_open", ("track_id",), where="ended_at IS NULL"),
        ]
