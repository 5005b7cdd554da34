"""What the evidence of a control point can be about: fields, processes, shots, consents, links."""

from __future__ import annotations

from schema.bridges import RECORD_KINDS
from schema.consents import PURPOSES
from schema.custom import CustomField
from schema.in_use import bench_stages
from schema.photos import MOMENTS
from schema.pipelines import Pipeline, Stage
from schema.workflow import Refused

# As `schema/evidence.py` asks for them.
FIELDS = {
    "patient": "Patient",
    "dentist": "Dentist",
    "work_type": "Work type",
    "material": "Material",
    "shade": "Shade",
    "responsible": "Responsible",
    "due": "Due",
}
# Left empty these ask for any: every process below, every moment, a link of whatever kind.
ANY = ("children", "photos", "link")


def abouts(pipeline: Pipeline) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each kind of evidence its codes with their names; a stage is named after its pipeline."""
    return {
        "field": {code: (word,) for code, word in FIELDS.items()} | _own_fields(pipeline),
        "children": _processes(pipeline) if pipeline.kind == "order" else {},
        "photos": {code: (word,) for code, word in MOMENTS.items()},
        "consent": {code: (word,) for code, word in PURPOSES.items()},
        "link": {code: (word,) for code, word in RECORD_KINDS.items()},
    }


def about_of(pipeline: Pipeline, evidence: str, about: str | None) -> str | None:
    """What is kept: None where the evidence is about nothing in particular. Raises Refused."""
    said = (about or "").strip()
    known = abouts(pipeline).get(evidence)
    if known is None or (not said and evidence in ANY):
        return None
    if not said:
        raise Refused("Say what the evidence is about: which field, or which consent.")
    if said not in known:
        raise Refused("«%(about)s» is nothing that this evidence can be about.", about=said)
    return said


def _own_fields(pipeline: Pipeline) -> dict[str, tuple[str, ...]]:
    """Fields of the clinic's own on these cards; a process knows those of its order too."""
    kinds = ("track", "order") if pipeline.kind == "track" else (pipeline.kind,)
    mine = CustomField.select().where(CustomField.kind.in_(kinds), CustomField.retired_on.is_null())
    return {one.code: (one.label,) for one in mine.order_by(CustomField.label)}


def _processes(pipeline: Pipeline) -> dict[str, tuple[str, ...]]:
    """Processes in use, and each of their stages on from the second: «pipeline:stage»."""
    stages = bench_stages(Stage, Pipeline).order_by(Pipeline.name, Stage.position)
    found: dict[str, tuple[str, ...]] = {}
    for stage in stages:
        way = stage.pipeline
        if way.code in found:
            found[f"{way.code}:{stage.code}"] = (way.name, stage.name)
        found.setdefault(way.code, (way.name,))
    return found
