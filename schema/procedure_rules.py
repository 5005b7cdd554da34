"""What the database keeps of procedures: the tooth, the visit, and that they are done once."""

from __future__ import annotations

from schema.rules import Agree, AnyRule, Guard, Index, Rule

PROCEDURE_RULES: list[AnyRule] = [
    Rule(
        "procedure_currency_has_three_letters",
        "length(currency) = 3 AND currency = upper(currency)",
        says="A currency is three capital letters, such as RON or EUR.",
        field="currency",
    ),
    Rule(
        "procedure_done_at_a_visit",
        "done_at IS NULL OR appointment_id IS NOT NULL",
        says="Choose the appointment at which it was done.",
        field="appointment",
    ),
    Rule(
        "procedure_accepted_or_declined",
        "accepted_at IS NULL OR declined_at IS NULL",
        says="A procedure is accepted or declined, not both.",
        field="declined_at",
    ),
    Rule(
        "procedure_declined_is_not_done",
        "declined_at IS NULL OR done_at IS NULL",
        says="The patient declined this procedure; it is not done.",
        field="done_at",
    ),
    Rule(
        "procedure_void_says_why",
        "(voided_at IS NULL) = (trim(COALESCE(void_reason, '')) = '') "
        "AND (voided_at IS NULL OR done_at IS NOT NULL)",
        says="Only a done procedure is marked as a mistake, with the reason.",
        field="void_reason",
    ),
    Agree(
        "procedure_at_a_visit_of_the_patient",
        ("appointment_id", "patient_id"),
        "appointment",
        ("id", "patient_id"),
        says="Choose an appointment of the same patient.",
        field="appointment",
        deferred=True,
    ),
    Guard(
        "procedure_tooth_fits_its_kind",
        ("INSERT", "UPDATE OF type_id, tooth"),
        "EXISTS (SELECT 1 FROM procedure_type t WHERE t.id = NEW.type_id AND "
        "((t.needs_tooth = 'yes' AND NEW.tooth IS NULL) "
        "OR (t.needs_tooth = 'no' AND NEW.tooth IS NOT NULL)))",
        says="Choose the tooth when the procedure needs one; leave it empty when it has none.",
        field="tooth",
    ),
    Guard(
        "procedure_in_a_plan_of_the_patient",
        ("INSERT", "UPDATE OF plan_stage_id, patient_id"),
        "NEW.plan_stage_id IS NOT NULL AND (SELECT p.patient_id FROM plan_stage s "
        "JOIN treatment_plan p ON p.id = s.plan_id WHERE s.id = NEW.plan_stage_id) "
        "<> NEW.patient_id",
        says="That plan belongs to another patient.",
        field="plan_stage",
    ),
    Guard(
        "procedure_is_done_once",
        ("UPDATE OF done_at, appointment_id, type_id, tooth, provider_id",),
        "OLD.done_at IS NOT NULL AND (NEW.done_at IS DISTINCT FROM OLD.done_at "
        "OR NEW.appointment_id IS DISTINCT FROM OLD.appointment_id "
        "OR NEW.type_id <> OLD.type_id OR NEW.tooth IS DISTINCT FROM OLD.tooth "
        "OR NEW.provider_id IS DISTINCT FROM OLD.provider_id)",
        says="This procedure is done; what was done stays as it is.",
        field="done_at",
    ),
    Guard(
        "procedure_done_is_kept",
        ("DELETE",),
        "OLD.done_at IS NOT NULL",
        says="A procedure that was done stays in the record.",
    ),
    Guard(
        "procedure_done_where_the_patient_came",
        ("INSERT", "UPDATE OF done_at, appointment_id"),
        "NEW.done_at IS NOT NULL AND EXISTS (SELECT 1 FROM appointment a "
        "WHERE a.id = NEW.appointment_id "
        "AND (a.cancelled_at IS NOT NULL OR a.missed_at IS NOT NULL))",
        says="That appointment was cancelled or missed. Choose the one where it was done.",
        field="appointment",
    ),
    Index("procedure_of_patient_by_done", ("patient_id", "done_at")),
    Index("procedure_by_tooth", ("patient_id", "tooth"), where="tooth IS NOT NULL"),
]
