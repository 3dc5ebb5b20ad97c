"""A village decides nothing: it receives, passes on, and does things for people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onedoor.agency.rules import Here, Offer, Role, what_here
from onedoor.items.rules.codes import Level

OFFERS = st.lists(
    st.builds(
        Offer,
        code=st.uuids().map(str),
        organ=st.sampled_from(["town", "other-town", "county"]),
        level=st.sampled_from([Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE]),
        agent=st.booleans(),
    ),
    max_size=12,
)


@given(OFFERS, st.sampled_from(Role), st.booleans())
def test_only_the_own_items_are_handled_or_received(offers: list[Offer], role: Role, village: bool) -> None:
    what = what_here(offers, role=role, village=village, government="town")
    for offer in offers:
        here = what.get(offer.code)
        if here in {Here.HANDLED, Here.RECEIPT}:
            assert offer.organ == "town"
        if village and here is Here.HANDLED:
            assert offer.level is Level.VILLAGE
        if here is Here.AGENCY:
            assert offer.agent
            assert offer.organ == "town" or offer.level is Level.COUNTY
