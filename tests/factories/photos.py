"""Makes shots of the protocol, photos and publications."""

from __future__ import annotations

from typing import Any

from schema.photos import Photo, Shot, ShotRequirement
from schema.publications import Publication
from tests.factories import NOW, TODAY, number
from tests.factories.lab import a_work_type
from tests.factories.patients import a_consent, a_patient
from tests.factories.staff import a_person


def a_shot(**columns: Any) -> Shot:
    mark = number()
    good = {"code": f"S{mark}", "name": "Smile", "view": f"smile {mark}", "moment": "before"}
    return Shot.create(**good | columns)


def a_shot_requirement(**columns: Any) -> ShotRequirement:
    columns["work_type"] = columns.get("work_type") or a_work_type()
    columns["shot"] = columns.get("shot") or a_shot()
    return ShotRequirement.create(**columns)


def a_photo(**columns: Any) -> Photo:
    """Taken and uploaded; of the order's patient when an order is given."""
    order = columns.get("order")
    columns["patient"] = columns.get("patient") or (order.patient if order else a_patient())
    columns["shot"] = columns.get("shot") or a_shot()
    columns["photographed_by"] = columns.get("photographed_by") or a_person("photo")
    good = {
        "photographed_at": NOW,
        "uploaded_at": NOW,
        "link": f"https://photos.clinic.test/{number()}",
    }
    return Photo.create(**good | columns)


def a_publication(**columns: Any) -> Publication:
    """On the website, under a consent given before."""
    photo = columns["photo"] = columns.get("photo") or a_photo()
    columns["patient"] = columns.get("patient") or photo.patient
    columns["by"] = columns.get("by") or a_person("marketing")
    a_consent(patient=columns["patient"], purpose="photo_website", at=NOW)
    return Publication.create(**{"use": "website", "published_on": TODAY} | columns)
