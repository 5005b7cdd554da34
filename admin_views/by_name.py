"""How people stand where one of them is chosen: by name, as in the Romanian alphabet."""

from __future__ import annotations

from schema.alphabet import place_in_alphabet
from schema.staff import Staff

# For `order_by` of a select of staff that is not distinct.
BY_NAME = (place_in_alphabet(Staff.last_name), place_in_alphabet(Staff.first_name), Staff.id)
