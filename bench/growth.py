"""What more rows cost: our own pages over houses of 10,000, 100,000 and more orders."""

from __future__ import annotations

from collections.abc import Iterator

from bench.goals import Goal
from bench.house import open_house
from bench.ours import our_app, signed_in, token_of
from bench.pages import opening, paths
from bench.stopwatch import Time, in_turn
from bench.tables import show
from schema.database import close_database

PAGES = ("first", "deep", "search common", "filter", "sort due", "sort received", "edit")
# The smallest house has some forty works at a stage: pages of fifty would not be alike.
WHOLE_PAGE = "&page_size=20"
SIZES = (10_000, 100_000, 300_000)


def measure(engine: str, orders: int, server: str) -> dict[int, dict[str, Time]]:
    """Our pages by size; within a size in turn, the sizes one after the other."""
    sizes = [size for size in SIZES if size < orders] + [orders]
    return {size: _of_size(engine, size, server) for size in sizes}


def _of_size(engine: str, size: int, server: str) -> dict[str, Time]:
    close_database()
    url = open_house(engine, size, server)
    client = signed_in(our_app(url), token_of())
    found = {page: paths(size)[page][0] for page in PAGES}
    found["filter"] += WHOLE_PAGE
    return in_turn({page: opening(client, path) for page, path in found.items()})


def tell(times: dict[int, dict[str, Time]]) -> None:
    smallest, largest = min(times), max(times)
    rows = [
        (
            page,
            *(times[size][page].cpu for size in times),
            times[largest][page].cpu / times[smallest][page].cpu,
            times[largest][page].wall / times[smallest][page].wall,
        )
        for page in PAGES
    ]
    show(["page", *(f"{size:,} ms" for size in times), "factor", "by wall"], rows)


def growth_goals(times: dict[int, dict[str, Time]]) -> Iterator[Goal]:
    smallest, largest = times[min(times)], times[max(times)]
    for page in PAGES:
        target = {"deep": 1.5, "edit": 1.1}.get(page, 1.3)
        if page != "search common":
            factor = largest[page].cpu / smallest[page].cpu
            yield Goal(f"3 growth of {page}", factor, "<=", target)
