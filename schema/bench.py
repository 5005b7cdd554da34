"""What was done at the bench, each act once however often a tablet sent it; runs of machines."""

from __future__ import annotations

from peewee import CharField, ForeignKeyField, IntegerField

from schema.base import Act, Record
from schema.cards import Card
from schema.fields import ChoiceField, InstantField
from schema.rules import Guard, Index, Rule, Unique
from schema.skills import at_the_bench
from schema.staff import Staff
from schema.tracks import Track

DEEDS = {"start": "Start", "done": "Done", "problem": "Problem", "lot": "Lot"}


class BenchAct(Act):
    """One tap at the bench: the tablet gives it a key, so that what is sent again counts once."""

    key = CharField(
        max_length=40,
        verbose_name="Mark of the tap",
        help_text="Made by the tablet, once for each.",
    )
    deed = ChoiceField(DEEDS)
    card = ForeignKeyField(Card, backref="bench_acts")
    step = IntegerField(help_text="How many steps the card had taken by then.")
    tapped_at = InstantField(help_text="By the tablet's clock; never after it was received.")
    by = ForeignKeyField(Staff, backref="bench_acts")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Act at the bench", "Acts at the bench"
        help = "What technicians tapped at the bench, each once."
        title = ("card", "deed")
        shown = ("at", "card", "deed", "tapped_at", "by")
        verbs_only = True
        own = ("by",)
        place = ("card.location",)
        rules = [
            Unique("bench_act_counts_once", ("key",), says="This is recorded already."),
            Rule(
                "bench_act_key_is_long",
                "length(key) >= 16",
                says="The key of an act has 16 characters or more.",
                field="key",
            ),
            Rule(
                "bench_act_is_tapped_before_it_comes",
                "tapped_at <= at",
                says="An act is tapped before it is received.",
                field="tapped_at",
            ),
            Guard(
                "bench_act_is_on_a_process",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM card k WHERE k.id = NEW.card_id AND k.kind = 'track')",
                says="Work at the bench is done on a process of an order.",
                field="card",
            ),
            Index("bench_act_by_card", ("card_id", "step")),
        ]


class MachineRun(Record):
    """A nest in the mill, a tray in the furnace, a ring in the press: works that go together."""

    stage_code = CharField(max_length=40, verbose_name="Stage")
    machine = CharField(max_length=60, null=True)
    started_at = InstantField(verbose_name="From")
    ended_at = InstantField(null=True, verbose_name="Until")
    by = ForeignKeyField(Staff, backref="machine_runs")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Machine run", "Machine runs"
        help = "Works that a machine makes together; its minutes count once."
        title = ("stage_code", "machine", "started_at")
        coded = ("stage_code",)
        shown = ("stage_code", "machine", "started_at", "ended_at", "by")
        verbs_only = True
        own = ("by",)
        inlines = ("works",)
        rules = [
            Rule(
                "machine_run_ends_after_start",
                "ended_at >= started_at",
                says="A run ends after it began.",
                field="ended_at",
            ),
            Guard(
                "machine_run_is_of_a_machine",
                ("INSERT", "UPDATE OF stage_code"),
                "NOT EXISTS (SELECT 1 FROM stage s WHERE s.code = NEW.stage_code "
                "AND s.clock = 'machine')",
                says="Choose a stage whose clock is a machine's.",
                field="stage_code",
            ),
            Guard(
                "machine_run_that_ended_stays",
                ("UPDATE",),
                "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS DISTINCT FROM OLD.ended_at "
                "OR NEW.started_at <> OLD.started_at OR NEW.stage_code <> OLD.stage_code)",
                says="This run is over; begin another one.",
                field="ended_at",
            ),
        ]


class MachineRunWork(Record):
    """A work lies in a run, until the run ends or it is taken out."""

    run = ForeignKeyField(MachineRun, backref="works")
    track = ForeignKeyField(Track, backref="machine_runs", verbose_name="Lab process")
    taken_out_at = InstantField(null=True, verbose_name="Out since")

    class Meta:
        area = "Laboratory"
        label, label_plural = "Work of a run", "Works of runs"
        help = "Which works a run of a machine makes."
        title = ("run", "track")
        shown = ("run", "track", "taken_out_at")
        verbs_only = True
        own = at_the_bench("track.")
        place = ("track.card.location",)
        inside = "Works"
        rules = [
            Unique(
                "machine_run_work_lies_there_once",
                ("run_id", "track_id"),
                where="taken_out_at IS NULL",
                says="This work is in the run already.",
                field="track",
            ),
            Guard(
                "machine_run_work_is_in_one_run",
                ("INSERT", "UPDATE OF run_id, track_id, taken_out_at"),
                "NEW.taken_out_at IS NULL AND EXISTS (SELECT 1 FROM machine_run_work w "
                "JOIN machine_run r ON r.id = w.run_id WHERE w.track_id = NEW.track_id "
                "AND w.run_id <> NEW.run_id AND w.taken_out_at IS NULL AND r.ended_at IS NULL)",
                says="This work is in another run; take it out there first.",
                field="track",
                locks="track WHERE id = NEW.track_id",
            ),
            Guard(
                "machine_run_work_waits_at_its_stage",
                ("INSERT",),
                "NOT EXISTS (SELECT 1 FROM machine_run r JOIN track t ON t.id = NEW.track_id "
                "JOIN card k ON k.id = t.card_id JOIN stage s ON s.id = k.stage_id "
                "WHERE r.id = NEW.run_id AND s.code = r.stage_code)",
                says="A run takes works that stand at its stage.",
                field="track",
            ),
            Guard(
                "machine_run_work_joins_before_the_end",
                ("INSERT", "UPDATE OF run_id, track_id"),
                "EXISTS (SELECT 1 FROM machine_run r WHERE r.id = NEW.run_id "
                "AND r.ended_at IS NOT NULL)",
                says="This run is over; begin another one.",
                field="run",
                locks="machine_run WHERE id = NEW.run_id",
            ),
        ]
