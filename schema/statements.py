"""Prints what makes a table, as a migration writes it: `python -m schema.statements TABLE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from schema import TABLES
from schema.base import index_statements, prepare, table_name
from schema.database import close_database, open_database

ADDRESSES = {"sqlite": "sqlite:///:memory:", "postgresql": "postgresql://nobody@localhost/nothing"}


def statements(name: str, engine: str) -> Iterator[str]:
    """CREATE TABLE and its indexes for one engine; nothing is asked of a database."""
    model = next(model for model in TABLES if table_name(model) == name)
    open_database(ADDRESSES[engine])
    prepare(model, engine)
    yield model._schema._create_table(safe=False).query()[0].replace("%%", "%")
    for index in model._schema._create_indexes(safe=False):
        yield index.query()[0]
    yield from index_statements(model, engine)
    close_database()


if __name__ == "__main__":
    for told in ADDRESSES:
        print(f"\n-- {told}\n")
        print(";\n\n".join(statements(sys.argv[1], told)) + ";")
