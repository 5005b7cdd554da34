"""Short lists of the front office: sources, reasons, outcomes, kinds of visit, other systems."""

from __future__ import annotations

from schema.appointments import AppointmentType
from schema.bridges import ExternalSystem
from schema.contacts import ContactOutcome
from schema.leads import InquiryReason, InquirySource, LossReason
from seed.sowing import sow, sow_once

SOURCES = {
    "phone": "Telephone",
    "website": "Website",
    "whatsapp": "WhatsApp",
    "google": "Google",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "referral_patient": "Recommended by a patient",
    "referral_practice": "Referred by a practice",
    "walk_in": "Walked in",
    "event": "Event or partner",
    "other": "Other",
}
# What such an inquiry is usually worth, in lei.
REASONS = {
    "Implant consult": 9000,
    "Aligners": 14000,
    "Crowns and bridges": 6000,
    "Veneers": 12000,
    "Full rehabilitation": 40000,
    "Denture": 4000,
    "Whitening": 1200,
    "Hygiene and check-up": 500,
    "Filling or root canal": 1200,
    "Pain or emergency": 500,
    "Child": 400,
    "Second opinion": 2000,
    "Other": None,
}
LOSSES = {
    "Too expensive": "lost",
    "Chose another clinic": "lost",
    "Too far away": "lost",
    "No suitable time": "lost",
    "Does not want treatment now": "lost",
    "Treatment not offered here": "lost",
    "Missed the consultation and did not rebook": "lost",
    "No answer after three tries": "abandoned",
    "Did not book after three talks": "abandoned",
    "Wrong number": "invalid",
    "Is a patient already": "invalid",
    "Spam or advertising": "invalid",
    "Job application": "invalid",
}
OUTCOMES = {
    "reached": ("Reached", True),
    "booked": ("Booked", True),
    "call_later": ("Asked to be called later", True),
    "questions": ("Has questions for the dentist", True),
    "refused": ("Does not want to come", True),
    "voicemail": ("Left a voice message", False),
    "no_answer": ("No answer", False),
    "busy": ("Busy", False),
    "missed": ("Missed call", False),
    "wrong_number": ("Wrong number", False),
    "sent": ("Sent", False),
    "not_delivered": ("Not delivered", False),
}
VISITS = {
    "consultation": ("Consultation", 45),
    "presentation": ("Plan presentation", 45),
    "hygiene": ("Hygiene", 60),
    "treatment": ("Treatment", 60),
    "surgery": ("Surgery", 90),
    "implant": ("Implant placement", 75),
    "impression": ("Impression or scan", 45),
    "try_in": ("Try-in", 30),
    "placement": ("Placement of a work", 60),
    "orthodontics": ("Aligner check", 30),
    "control": ("Check-up", 30),
    "photos": ("Photo session", 30),
    "emergency": ("Emergency", 30),
}
SYSTEMS = {
    "practice": ("Practice software", "practice"),
    "imaging": ("X-ray and imaging archive", "imaging"),
    "scans": ("Cloud storage of scans", "scans"),
    "cad": ("CAD system of the laboratory", "cad"),
    "telephony": ("Telephone system", "telephony"),
}


def sow_lists() -> None:
    """Entries that are missing by their code; lists without codes only while they are empty."""
    sow(InquirySource, ("code",), _named(SOURCES))
    reasons = REASONS.items()
    sow_once(InquiryReason, ({"name": n, "usual_value": v and v * 100} for n, v in reasons))
    sow_once(LossReason, ({"name": name, "kind": kind} for name, kind in LOSSES.items()))
    outcomes = OUTCOMES.items()
    sow(ContactOutcome, ("code",), ({"code": c, "name": n, "reached": r} for c, (n, r) in outcomes))
    visits = VISITS.items()
    sow(AppointmentType, ("code",), ({"code": c, "name": n, "minutes": m} for c, (n, m) in visits))
    systems = SYSTEMS.items()
    sow(ExternalSystem, ("code",), ({"code": c, "name": n, "kind": k} for c, (n, k) in systems))


def _named(names: dict[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "name": name} for code, name in names.items()]
