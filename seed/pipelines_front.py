"""The pipelines of the front office: inquiries, treatment plans and claims."""

from __future__ import annotations

from seed.ways import DAY, Place, Point, Way, tick

LEAD = Way(
    "lead",
    "lead",
    "Inquiry to appointment",
    (
        Place("new", "New", 15),
        Place("contacted", "Contacted", 2 * DAY),
        Place("appointment_scheduled", "Appointment scheduled", 10 * DAY, "patient"),
        Place("consultation_completed", "Consultation completed", 2 * DAY),
        Place("converted", "Converted", category="done"),
        Place("lost", "Lost", category="lost"),
    ),
    jumps=("new appointment_scheduled", "appointment_scheduled converted"),
    returns=(
        "appointment_scheduled contacted",
        "consultation_completed contacted appointment_scheduled",
    ),
)

PLAN = Way(
    "plan",
    "plan",
    "Treatment plan to completed case",
    (
        Place(
            "drafted",
            "Drafted",
            2 * DAY,
            points=(
                tick("stages_priced", "Stages and prices are complete", "parameters"),
                tick("decision_makers", "Decision makers are recorded", "identification"),
            ),
        ),
        Place("awaiting_approval", "Awaiting approval", DAY),
        Place(
            "presentation_booked",
            "Presentation booked",
            5 * DAY,
            points=(
                Point(
                    "photos_shown",
                    "Photos before treatment are ready to be shown",
                    "photos",
                    required=False,
                ),
            ),
        ),
        Place("presented", "Presented", DAY, "patient"),
        Place("deciding", "Deciding", 10 * DAY, "patient"),
        Place(
            "accepted",
            "Accepted",
            5 * DAY,
            points=(
                Point(
                    "treatment_consent",
                    "Consent to the treatment is in force",
                    "clinical",
                    "consent",
                    "treatment",
                ),
            ),
        ),
        Place("in_treatment", "In treatment", 120 * DAY),
        Place("completed", "Completed", category="done"),
        Place("declined", "Declined", category="lost"),
        Place("lapsed", "Lapsed", category="lost"),
    ),
    jumps=(
        "drafted presentation_booked presented",
        "awaiting_approval presented",
        "presented accepted",
    ),
    returns=(
        "awaiting_approval drafted",
        "presentation_booked drafted",
        "presented drafted presentation_booked",
        "deciding drafted presentation_booked",
        "accepted deciding drafted",
        "in_treatment deciding",
    ),
)

CLAIM = Way(
    "claim",
    "claim",
    "Claim to the insurer",
    (
        Place(
            "drafted",
            "Drafted",
            DAY,
            points=(
                tick("lines_match", "Lines match what was done", "parameters"),
                tick("policy_valid", "The policy was valid that day", "identification"),
            ),
        ),
        Place("in_review", "In review", DAY),
        Place("returned", "Returned", DAY),
        Place("approved", "Approved", DAY),
        Place("submitted", "Submitted", 30 * DAY, "supplier"),
        Place("paid", "Paid", category="done"),
        Place("denied", "Denied", category="lost"),
    ),
    line=("drafted", "in_review", "approved", "submitted", "paid"),
    jumps=("in_review returned",),
    returns=(
        "in_review drafted",
        "returned in_review drafted",
        "approved drafted in_review",
        "submitted drafted",
    ),
    lost=("submitted denied", "drafted denied", "returned denied"),
)
