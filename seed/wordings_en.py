"""The first wordings in English: per event the short text, the subject and the e-mail."""

from __future__ import annotations

ENGLISH: dict[str, tuple[str | None, str, str]] = {
    "appointment_booked": (
        "{first_name}, your visit is booked: {day}, {time}, {place}. Questions: {clinic_phone}.",
        "Your visit on {day}",
        "Dear {first_name},\n\nyour visit ({visit_kind}) with {provider} is booked for {day} at "
        "{time}, {place}.\n\nIf you cannot come, please call {clinic_phone}.",
    ),
    "appointment_reminder": (
        "{first_name}, we expect you on {day} at {time}, {place}. If you cannot come, please "
        "call {clinic_phone}.",
        "We expect you on {day}",
        "Dear {first_name},\n\nwe expect you on {day} at {time}, {place}, with {provider}.\n\n"
        "If you cannot come, please call {clinic_phone}, so that the time can help another "
        "patient.",
    ),
    "appointment_moved": (
        "{first_name}, your visit moved from {old_day} {old_time} to {day} at {time}, {place}. "
        "Questions: {clinic_phone}.",
        "Your visit moved to {day}",
        "Dear {first_name},\n\nyour visit of {old_day} at {old_time} was moved. The new time is "
        "{day} at {time}, {place}.\n\nIf it does not suit you, please call {clinic_phone}.",
    ),
    "appointment_cancelled": (
        "{first_name}, your visit on {day} at {time} was cancelled. For a new one call "
        "{clinic_phone}.",
        "Your visit on {day} was cancelled",
        "Dear {first_name},\n\nyour visit on {day} at {time}, {place}, was cancelled.\n\n"
        "For a new time please call {clinic_phone}.",
    ),
    "appointment_missed": (
        "{first_name}, we missed you on {day}. For a new visit call {clinic_phone}.",
        "We missed you on {day}",
        "Dear {first_name},\n\nwe missed you on {day} and hope that you are well.\n\n"
        "For a new visit please call {clinic_phone}.",
    ),
    "recall_due": (
        "{first_name}, it is time for your next visit ({visit_kind}), around {due_day}. "
        "Book at {clinic_phone}.",
        "Time for your next visit",
        "Dear {first_name},\n\nit is time for your next visit ({visit_kind}), best around "
        "{due_day}.\n\nPlease call {clinic_phone} to choose a time.",
    ),
    "recall_again": (
        "{first_name}, your visit ({visit_kind}) is not booked yet. Book at {clinic_phone}.",
        "Your next visit is not booked yet",
        "Dear {first_name},\n\nyour visit ({visit_kind}) is not booked yet.\n\n"
        "Please call {clinic_phone} to choose a time.",
    ),
    "post_procedure_check": (
        "{first_name}, how are you after your treatment? If anything worries you, call "
        "{clinic_phone}.",
        "How are you after your treatment?",
        "Dear {first_name},\n\nhow are you after your treatment? If anything worries you, "
        "please call {clinic_phone}.",
    ),
    "stage_due": (
        "{first_name}, the next step of your treatment ({stage_name}) is due around {due_day}. "
        "Book at {clinic_phone}.",
        "The next step of your treatment",
        "Dear {first_name},\n\nthe next step of your treatment ({stage_name}) is due around "
        "{due_day}.\n\nPlease call {clinic_phone} to choose a time.",
    ),
    "order_ready": (
        "{first_name}, your work from our laboratory is ready. Questions: {clinic_phone}.",
        "Your work is ready",
        "Dear {first_name},\n\nyour work from our laboratory is ready for your visit.\n\n"
        "If your visit is not booked yet, please call {clinic_phone}.",
    ),
    "order_delayed": (
        "{first_name}, your work needs until {day}. We will call you about your visit: "
        "{clinic_phone}.",
        "Your work needs a little longer",
        "Dear {first_name},\n\nyour work from our laboratory needs until {day}. We are sorry, "
        "and will call you about your visit.\n\nQuestions: {clinic_phone}.",
    ),
    "plan_presentation": (
        "{first_name}, we look forward to explaining your treatment plan. Please bring along "
        "whoever decides with you. {clinic_phone}",
        "Your treatment plan",
        "Dear {first_name},\n\nwe look forward to explaining your treatment plan to you. Please "
        "bring along whoever decides with you.\n\nQuestions: {clinic_phone}.",
    ),
    "plan_reminder": (
        "{first_name}, do you have questions about your treatment plan? Call {clinic_phone}.",
        "Questions about your treatment plan?",
        "Dear {first_name},\n\ndo you have questions about your treatment plan? We gladly "
        "answer them: {clinic_phone}.",
    ),
    "treatment_completed": (
        "{first_name}, your treatment is complete. Thank you for your trust! {clinic_phone}",
        "Your treatment is complete",
        "Dear {first_name},\n\nyour treatment is complete. Thank you for your trust!\n\n"
        "We will remind you of your next check-up. Questions: {clinic_phone}.",
    ),
    "lead_received": (
        "{first_name}, thank you for your inquiry. We will call you shortly. {clinic_phone}",
        "Thank you for your inquiry",
        "Dear {first_name},\n\nthank you for your inquiry. We will call you shortly.\n\n"
        "You can also reach us at {clinic_phone}.",
    ),
    "lead_answered": (
        "{first_name}, thank you for talking with us. To book a consultation call {clinic_phone}.",
        "Thank you for talking with us",
        "Dear {first_name},\n\nthank you for talking with us. To book a consultation please "
        "call {clinic_phone}.",
    ),
    "password_link": (
        None,
        "Choose your password",
        "Dear {first_name},\n\nchoose your password here:\n\n{link}\n\nThe link works once, for "
        "{valid_hours} hours. If you did not expect it, tell your admin.",
    ),
    "password_changed": (
        None,
        "Your password was changed",
        "Dear {first_name},\n\nyour password was changed. If it was not you, tell your admin at "
        "once.",
    ),
}
