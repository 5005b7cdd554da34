"""What recalls are called: how days count, where a patient stands, how an attempt went."""

from __future__ import annotations

COUNTED_IN = {"calendar": "Calendar days", "working": "Working days"}
STATUSES = {
    "waiting": "To be contacted",
    "contacted": "Contacted",
    "booked": "Booked",
    "refused": "Refused",
    "unreachable": "Contact data missing",
}
OUTCOMES = {
    "sent": "Sent",
    "booked": "Booked",
    "later": "Call later",
    "no_answer": "No answer",
    "refused": "Does not want to come",
    "bad_contact": "Wrong number or address",
}
INTERVAL_OF_RULE = "All three are added: 6 months and 1 day are half a year and a day."
INTERVAL_OF_PATIENT = (
    "Only where this patient comes at other times than the rule says. "
    "All three are added: 2 months and 2 weeks."
)
