"""What came for the whole of a bundle, once more for the case of each member that waits for it."""

from __future__ import annotations

from dataclasses import replace

from onedoor.cases.commands import store
from onedoor.cases.commands.acting import Decide, Doing, act
from onedoor.cases.rules import carrying, promising
from onedoor.cases.rules import events as e
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding


def give(whole: Case, handed: carrying.Handed, doing: Doing) -> None:
    """Each member that waits for what came gets it; for use inside the transaction in which the whole got it.

    Their rows are locked in the order of their ids, as wherever several cases are locked at once.
    """
    for member, (child, _) in sorted(handed.children.items(), key=lambda one: one[1][0].id):
        act(child.number, replace(doing, version=None, whole=whole), _giving(member, handed, doing))


def _giving(member: str, handed: carrying.Handed, doing: Doing) -> Decide:
    def decide_(child: Case, _: Occasion) -> tuple[e.Event, ...]:
        received, named = handed.received, carrying.for_member(handed, member, child)
        if not named:
            return ()
        to, mode = Binding(store.stream(child.id), child.area), store.mode_of(doing.by)
        files = {key: received.materials[name] for key, name in named.items() if name in received.materials}
        made = {
            key: tuple(copy.id for copy in vault.copy(ids, to=to, by=doing.by, at=doing.at, entry_mode=mode))
            for key, ids in files.items()
        }
        paper = {key: received.paper[name] for key, name in named.items() if name in received.paper}
        return promising.hand_in(child, replace(received, materials=made, paper=paper))

    return decide_
