"""The pages that are measured, and where each of the three applications has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from flask.testing import FlaskClient

from bench.by_hand import hand_app
from bench.large_rows import SEARCHED
from bench.ours import SECRET, our_app, signed_in, token_of
from bench.stock import stock_app
from schema.database import database, fold
from schema.pipelines import Pipeline, Stage


class Peers(NamedTuple):
    """A signed-in browser of each application."""

    ours: FlaskClient
    stock: FlaskClient
    hand: FlaskClient


def peers_of(url: str) -> Peers:
    token = token_of()
    return Peers(
        signed_in(our_app(url), token),
        signed_in(stock_app(SECRET), token),
        signed_in(hand_app(SECRET), token),
    )


def paths(orders: int) -> dict[str, tuple[str, str, str]]:
    """Each page's address: ours, stock, by hand."""
    stage = _an_open_stage()
    deep = orders * 5 // 6
    found = {
        "first": ("", "", ""),
        "deep": (f"page={deep // 50}", f"page={deep // 50}", f"after={orders - deep + 1}"),
    }
    for name, word in SEARCHED.items():
        typed = quote(fold(word) or "")
        exact = quote(word)
        found[f"search {name}"] = (f"search={typed}", f"search={exact}", f"search={typed}")
    found |= {
        "filter": (f"flt.card.stage.is={stage}", f"flt0_0={stage}", f"stage={stage}"),
        "sort due": ("sort=card.due_at", "sort=9", "sort=due"),
        "sort received": ("sort=received_on", "sort=6", "sort=received"),
    }
    lists = {
        name: (f"/lab-order/?{ours}", f"/admin/order/?{stock}", f"/?{hand}")
        for name, (ours, stock, hand) in found.items()
    }
    edit = (
        f"/lab-order/edit/?id={orders}",
        f"/admin/order/edit/?id={orders}",
        f"/edit?id={orders}",
    )
    return lists | {"edit": edit}


def _an_open_stage() -> int:
    with database.connection_context():
        query = Stage.select(Stage.id).join(Pipeline)
        way = query.where(Pipeline.code == "bench_order", Stage.category == "open")
        return int(way.order_by(Stage.position).offset(2).scalar())


def opening(client: FlaskClient, path: str) -> Callable[[], None]:
    """The act of opening a page, which must succeed."""

    def act() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    return act
