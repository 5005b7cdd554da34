"""List pages and the edit form: ours against stock Flask-Admin and against pages by hand."""

from __future__ import annotations

from collections.abc import Iterator

from bench.goals import Goal
from bench.pages import Peers, opening, paths
from bench.questions import counted
from bench.stopwatch import Time, in_turn
from bench.tables import show

Times = dict[str, dict[str, Time]]
LISTS = ("first", "filter", "sort due", "sort received")
SEARCHES = ("search common", "search rare", "search absent")


def measure(peers: Peers, orders: int, only: str | None = None) -> Times:
    """Every page of every application, by page and application."""
    found = {}
    for page, addresses in paths(orders).items():
        if only is None or only == page:
            acts = {
                name: opening(getattr(peers, name), path)
                for name, path in zip(Peers._fields, addresses, strict=True)
            }
            found[page] = in_turn(acts)
    return found


def tell(times: Times) -> None:
    rows = []
    for page, of in times.items():
        ours, stock, hand = of["ours"], of["stock"], of["hand"]
        ratio = (ours.cpu / hand.cpu, stock.cpu / ours.cpu)
        walls = (ours.wall / hand.wall, stock.wall / ours.wall, ours.wall)
        rows.append((page, ours.cpu, stock.cpu, hand.cpu, *ratio, *walls))
    heads = (
        "page", "ours ms", "stock ms", "hand ms", "ours:hand", "stock:ours",
        "wall ours:hand", "stock:ours", "ours ms",
    )  # fmt: skip
    show(heads, rows)


def list_goals(times: Times, engine: str) -> Iterator[Goal]:
    """PostgreSQL works outside of this process, so there the clock on the wall compares peers."""
    by = "cpu" if engine == "sqlite" else "wall"
    for page in (*LISTS, "deep"):
        ours, stock, hand = (times[page][name] for name in Peers._fields)
        if page != "deep":
            yield Goal(f"1 {page}: ours to hand", ours.cpu / hand.cpu, "<=", 5)
        yield Goal(f"1 {page}: stock to ours", getattr(stock, by) / getattr(ours, by), ">=", 5)
    for page in SEARCHES:
        ours, stock = (getattr(times[page][name], by) for name in ("ours", "stock"))
        yield Goal(f"5 {page}: stock to ours", stock / ours, ">=", 20)


def own_goals(peers: Peers, orders: int, engine: str) -> Iterator[Goal]:
    """Our pages against our own first page, all of them in turn."""
    by, found = "cpu" if engine == "sqlite" else "wall", paths(orders)
    pages = ("first", "deep", *SEARCHES)
    times = in_turn({page: opening(peers.ours, found[page][0]) for page in pages})
    first = getattr(times["first"], by)
    for page, number, target in (("deep", 4, 1.5), *((search, 5, 1.3) for search in SEARCHES)):
        yield Goal(f"{number} {page} to own first", getattr(times[page], by) / first, "<=", target)


def edit_goals(peers: Peers, times: Times, orders: int) -> Iterator[Goal]:
    ours, _, hand = (times["edit"][name].cpu for name in Peers._fields)
    yield Goal("6 edit form: ours to hand", ours / hand, "<=", 6)
    size = len(peers.ours.get(paths(orders)["edit"][0]).data)
    yield Goal("6 edit form: kB", size / 1000, "<=", 50)


def question_goals(peers: Peers, orders: int) -> Iterator[Goal]:
    """Statements of one page: 3 and one for each table that its references name."""
    for page, (path, _, _) in paths(orders).items():
        if page != "edit":
            yield Goal(f"2 {page}: statements", counted(opening(peers.ours, path)), "<=", 3 + 6)
