"""Reference data of the laboratory: works, materials, shades, causes, components, photos."""

from __future__ import annotations

from schema.components import ComponentKind
from schema.lab import Material, RemakeCause, Shade, WorkType, WorkTypeMaterial
from schema.photos import Shot, ShotRequirement
from schema.shade_guides import TABS
from seed.lab_causes import CAUSES
from seed.lab_components import COMPONENTS
from seed.lab_shots import SHOTS, WITH_ARRIVAL_PHOTO, WITHOUT_PATIENT_PHOTOS
from seed.lab_works import MATERIALS, NO_DEVICES, WORKS, Work
from seed.sowing import ids, sow


def sow_lab() -> None:
    """Everything that the laboratory chooses from, as far as it is missing."""
    sow(Material, ("code",), (stuff._asdict() for stuff in MATERIALS))
    new = {row["code"] for row in sow(WorkType, ("code",), (_work(work) for work in WORKS))}
    works = [work for work in WORKS if work.code in new]
    _sow_allowed(works)
    sow(Shade, ("guide", "code"), _shades())
    sow(RemakeCause, ("code",), _causes())
    kinds = COMPONENTS.items()
    sow(ComponentKind, ("code",), ({"code": c, "name": n, "returns": r} for c, (n, r) in kinds))
    sow(Shot, ("code",), SHOTS)
    _sow_required_shots(works)


def _work(work: Work) -> dict[str, object]:
    return {
        "code": work.code,
        "name": work.name,
        "route": work.route,
        "unit_tenths": work.tenths,
        "needs_teeth": "teeth" in work.needs,
        "needs_shade": "shade" in work.needs,
        "needs_stump": "stump" in work.needs,
        "is_bridge": "bridge" in work.needs,
        "is_fixed": "fixed" in work.needs,
        "is_device": work.code not in NO_DEVICES,
    }


def _sow_allowed(works: list[Work]) -> None:
    kinds, materials = ids(WorkType), ids(Material)
    pairs = [
        {"work_type": kinds[work.code], "material": materials[code]}
        for work in works
        for code in work.materials.split()
    ]
    sow(WorkTypeMaterial, ("work_type", "material"), pairs)


def _shades() -> list[dict[str, object]]:
    return [
        {"guide": guide, "code": tab, "lightness": place}
        for guide, tabs in TABS.items()
        for place, tab in enumerate(tabs.split(), 1)
    ]


def _causes() -> list[dict[str, object]]:
    return [
        {"code": f"{letter}{number}" if letter != "X" else "X", "family": family, "name": name}
        for (letter, family), names in CAUSES.items()
        for number, name in enumerate(names, 1)
    ]


def _sow_required_shots(works: list[Work]) -> None:
    """What a new kind of work needs otherwise than every work does."""
    kinds, shots = ids(WorkType), ids(Shot)
    always = [str(shot["code"]) for shot in SHOTS if shot["required"]]
    codes = {work.code for work in works}
    rows = [
        *((code, "arrival", True) for code in WITH_ARRIVAL_PHOTO),
        *((code, shot, False) for code in WITHOUT_PATIENT_PHOTOS for shot in always),
    ]
    wanted = [
        {"work_type": kinds[code], "shot": shots[shot], "required": required}
        for code, shot, required in rows
        if code in codes
    ]
    sow(ShotRequirement, ("work_type", "shot"), wanted)
