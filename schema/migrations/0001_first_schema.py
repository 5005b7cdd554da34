"""The first shape of the house, frozen as SQL for each engine."""

from schema.migrations import run_sql_beside


def up(migrator, database):
    run_sql_beside(__file__)
