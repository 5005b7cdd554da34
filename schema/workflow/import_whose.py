"""Which patient a row of another list means: by code, telephone, or name and birth day."""

from __future__ import annotations

import datetime as dt

from schema.patients import Patient
from schema.workflow import Refused
from schema.workflow.import_people import name_key
from schema.workflow.import_rows import Values


class PatientBook:
    """Every patient who has not left, ready to be found."""

    def __init__(self) -> None:
        self.by_code: dict[str, int] = {}
        self.by_phone: dict[str, set[int]] = {}
        self.by_name: dict[str, set[int]] = {}
        self.names: dict[int, str] = {}
        self.born: dict[int, dt.date | None] = {}
        for key, code, last, first, born, phone in (
            Patient.select(
                Patient.id,
                Patient.code,
                Patient.last_name,
                Patient.first_name,
                Patient.birth_on,
                Patient.phone,
            )
            .where(Patient.ended_on.is_null())
            .tuples()
        ):
            self.by_code[code.casefold()] = key
            self.names[key], self.born[key] = name_key(last, first), born
            self.by_name.setdefault(self.names[key], set()).add(key)
            if phone:
                self.by_phone.setdefault(phone, set()).add(key)

    def find(self, values: Values) -> int:
        """The one patient whom all written columns fit; Refused when none or several do."""
        found = self._candidates(values)
        if values.get("patient_name") and found:
            found = {key for key in found if self.names[key] == name_key(values["patient_name"])}
        born = values.get("patient_birth_on")
        if born:
            found = {key for key in found if self.born[key] in (born, None)}
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Refused("Several patients fit. Write the patient's code.")
        raise Refused("No patient fits. Check the code, phone, name and birth day.")

    def _candidates(self, values: Values) -> set[int]:
        code, phone = values.get("patient_code"), values.get("patient_phone")
        if code:
            key = self.by_code.get(code.casefold())
            return {key} if key else set()
        if phone:
            return self.by_phone.get(phone, set())
        if not values.get("patient_name"):
            raise Refused("The patient is missing.")
        if not values.get("patient_birth_on"):
            raise Refused("A name alone can be several. Write the code, phone or birth day too.")
        named = self.by_name.get(name_key(values["patient_name"]), set())
        return {key for key in named if self.born[key] == values["patient_birth_on"]}
