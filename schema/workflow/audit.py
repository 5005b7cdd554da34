"""Taking in what came past Benchside: it stays told as such, with who answers for it and why."""

from __future__ import annotations

from schema import TABLES
from schema.acting import acting, actor
from schema.base import table_name
from schema.database import database, execute_plain, is_sqlite, one_act
from schema.recording import NOW_POSTGRESQL, TRAIL, TXID
from schema.sealing import Seal
from schema.trail import BELOW_ALL, differences, recorded_tables, whole_of
from schema.workflow import Refused


def take_in(reason: str) -> int:
    """Seal changes that no act answers for, and rows that differ from the trail as they are now.

    Their entry says «outside» and the reason; returns how many changes it holds. Broken entries
    are not mended: nobody can, and the proof goes on to tell of them.
    """
    if not reason.strip():
        raise Refused("Write why these changes are taken in.")
    with one_act():
        for model in recorded_tables(TABLES):
            for row_id in {
                found.row_id for found in differences(model) if found.row_id is not None
            }:
                _write_down(table_name(model), whole_of(model), row_id)
        with acting(door="outside", reason=reason.strip()):
            return Seal(database.obj, is_sqlite()).seal("entry_id IS NULL", BELOW_ALL, actor())


def _write_down(table: str, whole: str, row_id: int) -> None:
    now, txid = ("CURRENT_TIMESTAMP", "NULL") if is_sqlite() else (NOW_POSTGRESQL, TXID)
    row, number = f'FROM "{table}" WHERE id = {row_id:d}', f"{row_id:d}"
    execute_plain(
        f"{TRAIL}, txid) SELECT {now}, '{table}', id, 'found', NULL, {whole}, {txid} {row}"
    )
    execute_plain(
        f"{TRAIL}, txid) SELECT {now}, '{table}', {number}, 'delete', NULL, NULL, {txid} "
        f"WHERE NOT EXISTS (SELECT 1 {row})"
    )
