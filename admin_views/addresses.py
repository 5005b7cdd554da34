"""The addresses of a table's screens: what nobody could ever do there has none."""

from __future__ import annotations

from peewee import Model

from admin_views.ending import ends_by_hand
from schema.base import Act, option


def pages_of(model: type[Model]) -> set[str]:
    """The names of the views of one table; each rule that is left out makes the start quicker."""
    by_hand = not option(model, "verbs_only")
    found = {"index_view", "details_view", "export"}
    if option(model, "audited", True):
        found |= {"history_view"}
    if by_hand:
        found |= {"create_view", "ajax_lookup"}
    if by_hand and not issubclass(model, Act):
        found |= {"edit_view", "action_view"}
    return found | {"end_view"} if ends_by_hand(model) else found
