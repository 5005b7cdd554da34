"""The price list that a new house starts with; prices are examples to be overwritten."""

from __future__ import annotations

from schema.protocols import ProcedureType
from seed.sowing import sow

# Category: code, name, tooth, price in lei, minutes.
PRICE_LIST: dict[str, tuple[tuple[str, str, str, int, int], ...]] = {
    "examination": (
        ("EX01", "Consultation with treatment plan", "no", 200, 45),
        ("EX02", "Recall examination", "no", 150, 30),
        ("EX03", "Emergency examination", "may", 200, 30),
        ("EX04", "Check after a procedure", "may", 0, 15),
        ("EX05", "Periodontal chart", "no", 250, 45),
    ),
    "imaging": (
        ("IM01", "Periapical X-ray", "yes", 50, 10),
        ("IM02", "Panoramic X-ray", "no", 120, 10),
        ("IM03", "CBCT of one arch", "no", 300, 15),
        ("IM04", "Photo protocol", "no", 100, 20),
        ("IM05", "Intra-oral scan", "no", 250, 20),
    ),
    "hygiene": (
        ("HY01", "Scaling, airflow and polishing", "no", 350, 60),
        ("HY02", "Fluoride varnish", "no", 120, 15),
        ("HY03", "Fissure sealing", "yes", 120, 20),
    ),
    "periodontal": (
        ("PE01", "Full-mouth scaling, first half", "no", 600, 90),
        ("PE02", "Full-mouth scaling, second half", "no", 600, 90),
        ("PE03", "Periodontal maintenance", "no", 400, 60),
        ("PE04", "Re-evaluation", "no", 200, 30),
        ("PE05", "Curettage in a closed field", "yes", 180, 20),
    ),
    "restorative": (
        ("RE01", "Composite filling, one surface", "yes", 300, 45),
        ("RE02", "Composite filling, two or more surfaces", "yes", 400, 60),
        ("RE03", "Post and core build-up", "yes", 500, 60),
        ("RE04", "Direct composite veneer", "yes", 700, 75),
    ),
    "endodontic": (
        ("EN01", "Root canal, one canal", "yes", 700, 75),
        ("EN02", "Root canal, two or more canals", "yes", 1200, 120),
        ("EN03", "Root canal retreatment", "yes", 1500, 120),
    ),
    "surgery": (
        ("SU01", "Extraction", "yes", 350, 30),
        ("SU02", "Surgical extraction", "yes", 900, 60),
        ("SU03", "Sinus lift", "no", 3500, 120),
        ("SU04", "Bone graft", "may", 2500, 90),
        ("SU05", "Removal of stitches", "may", 0, 15),
    ),
    "implant": (
        ("IP01", "Implant placement", "yes", 3500, 75),
        ("IP02", "Implant second stage", "yes", 600, 45),
        ("IP03", "Implant impression", "yes", 400, 45),
        ("IP04", "Crown on implant", "yes", 2800, 60),
        ("IP05", "Implant review", "may", 200, 30),
    ),
    "prosthetic": (
        ("PR01", "Preparation and impression", "yes", 400, 90),
        ("PR02", "Temporary crown", "yes", 200, 30),
        ("PR03", "Zirconia crown", "yes", 1500, 60),
        ("PR04", "Metal-ceramic crown", "yes", 900, 60),
        ("PR05", "Ceramic veneer", "yes", 2000, 60),
        ("PR06", "Inlay, onlay or overlay", "yes", 1300, 60),
        ("PR07", "Complete denture", "no", 3000, 60),
        ("PR08", "Partial denture", "no", 2500, 60),
        ("PR09", "Night guard", "no", 800, 30),
        ("PR10", "Try-in", "may", 0, 30),
    ),
    "orthodontic": (
        ("OR01", "Records for aligners", "no", 500, 45),
        ("OR02", "Aligner treatment", "no", 14000, 45),
        ("OR03", "Aligner check", "no", 250, 30),
        ("OR04", "Retainer", "no", 900, 45),
    ),
    "whitening": (
        ("WH01", "Whitening in the practice", "no", 1200, 75),
        ("WH02", "Whitening trays for home", "no", 900, 30),
    ),
}


def sow_procedure_types() -> None:
    """Kinds of procedures that are missing; prices that the clinic set stay."""
    rows = [
        {
            "code": code,
            "name": name,
            "category": category,
            "needs_tooth": tooth,
            "price": lei * 100,
            "minutes": minutes,
        }
        for category, kinds in PRICE_LIST.items()
        for code, name, tooth, lei, minutes in kinds
    ]
    sow(ProcedureType, ("code",), rows)
