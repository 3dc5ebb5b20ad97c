"""The same small plan by Viewflow and by SpiffWorkflow: acceptance, two opinions side by side, review, decision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

import psycopg
from psycopg import sql

from onedoor.bench.server import Server
from onedoor.instance.postgres import APPLICATION, OWNER

SCHEMA: Final = "peers"
STEPS: Final = 5  # of a life: as many acts as ours


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine: the module that it is imported by, and the program that lives lives with it.

    ``kept``: its state stays in memory between steps, which no step of another person in another process can have.
    ``noted``: beside its state it leaves who did which step when, in a row of its own, as every act of ours does.
    """

    name: str
    module: str
    program: str
    kept: bool = False
    noted: bool = False


PEERS: Final = (
    Peer("Viewflow", "viewflow", "onedoor.bench.peers.viewflow_lives"),
    Peer("SpiffWorkflow", "SpiffWorkflow", "onedoor.bench.peers.spiff_lives"),
    Peer("SpiffWorkflow in memory", "SpiffWorkflow", "onedoor.bench.peers.spiff_lives", kept=True),
    Peer("SpiffWorkflow in memory, noted", "SpiffWorkflow", "onedoor.bench.peers.spiff_lives", kept=True, noted=True),
)
HOW: Final = "用 pip install --require-hashes -r requirements/bench.txt 装上后再测（只为测试，平台自己不用它们）"


def missing() -> tuple[str, ...]:
    """The engines that are not installed here."""
    return tuple(peer.name for peer in PEERS if not peer.kept and find_spec(peer.module) is None)


def beside(server: Server, *, lives: int) -> dict[Peer, list[float]]:
    """Milliseconds of each step, for engines that are installed; each step saved in PostgreSQL.

    Their tables stand in a schema of their own in the database of this instance.
    """
    found = [peer for peer in PEERS if find_spec(peer.module) is not None]
    if found:
        _make_schema(server)
    job = {"dsn": server.dsn(), "schema": SCHEMA, "lives": lives}
    jobs = {peer: json.dumps({**job, "kept": peer.kept, "noted": peer.noted}) for peer in found}
    return {peer: json.loads(server.program(peer.program, given=given)) for peer, given in jobs.items()}


def _make_schema(server: Server) -> None:
    names = {"schema": sql.Identifier(SCHEMA), "role": sql.Identifier(APPLICATION)}
    with psycopg.connect(server.dsn(OWNER), autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {role}").format(**names))
