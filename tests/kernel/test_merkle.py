"""The tree of RFC 6962: the reference vectors of certificate-transparency, and what no tree may let pass."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel import merkle
from onedoor.kernel.sm import sm3


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# certificate-transparency, merkletree/merkle_tree_test: the inputs, the roots of their prefixes, and proofs.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def hexes(values: Sequence[bytes]) -> list[str]:
    return [value.hex() for value in values]


def test_the_roots_of_the_reference_vectors() -> None:
    leaves = [merkle.leaf_hash(data, sha256) for data in INPUTS]
    roots = [merkle.frontier(leaves[:size], sha256).root(sha256).hex() for size in range(1, 9)]
    assert roots == ROOTS
    assert merkle.Frontier().root(sha256).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("place", PATHS)
def test_the_inclusion_proofs_of_the_reference_vectors(place: tuple[int, int]) -> None:
    leaves = [merkle.leaf_hash(data, sha256) for data in INPUTS]
    assert hexes(merkle.inclusion_proof(*place, merkle.reader(leaves, sha256), hashed=sha256)) == PATHS[place]


@pytest.mark.parametrize("sizes", CONSISTENCIES)
def test_the_consistency_proofs_of_the_reference_vectors(sizes: tuple[int, int]) -> None:
    leaves = [merkle.leaf_hash(data, sha256) for data in INPUTS]
    assert hexes(merkle.consistency_proof(*sizes, merkle.reader(leaves, sha256), hashed=sha256)) == CONSISTENCIES[sizes]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1 written down as the standard says it."""
    if not leaves:
        return sm3(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sm3(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:]))


LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(70)]
READ = merkle.reader(LEAVES)


def head(size: int) -> merkle.Head:
    return merkle.Head(size, naive_root(LEAVES[:size]))


@given(st.integers(0, 70), st.integers(0, 70))
def test_a_tree_grown_in_steps_from_its_stored_edge_is_the_tree(first: int, last: int) -> None:
    first, last = sorted((first, last))
    stored = merkle.Frontier(first, tuple(READ(*place) for place in merkle.edge(first)))
    assert stored == merkle.frontier(LEAVES[:first])
    for leaf in LEAVES[first:last]:
        stored, _ = stored.append(leaf)
    assert stored.root() == naive_root(LEAVES[:last])


def test_every_inclusion_proof_verifies_and_no_other_leaf_place_or_size_does() -> None:
    for size in range(1, 34):
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, READ)
            assert merkle.verify_inclusion(LEAVES[index], index, head(size), proof=proof)
            assert not merkle.verify_inclusion(LEAVES[index + 1], index, head(size), proof=proof)
            assert not merkle.verify_inclusion(LEAVES[index], index, head(size + 1), proof=proof)
            assert not merkle.verify_inclusion(LEAVES[index], index, head(size), proof=[*proof, LEAVES[0]])
            if proof:
                assert not merkle.verify_inclusion(LEAVES[index], (index + 1) % size, head(size), proof=proof)
                assert not merkle.verify_inclusion(LEAVES[index], index, head(size), proof=proof[:-1])
    assert not merkle.verify_inclusion(LEAVES[0], 1, head(1), proof=[])
    with pytest.raises(ValueError):
        merkle.inclusion_proof(1, 1, READ)


def test_every_consistency_proof_verifies_and_no_altered_one_does() -> None:
    for new in range(1, 34):
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, READ)
            assert merkle.verify_consistency(head(old), head(new), proof=proof)
            other = merkle.Head(old, LEAVES[-1])
            assert not merkle.verify_consistency(other, head(new), proof=proof)
            assert not merkle.verify_consistency(head(old), head(new), proof=[*proof, LEAVES[0]])
            if proof:
                assert not merkle.verify_consistency(head(old), head(new), proof=proof[:-1])
                assert not merkle.verify_consistency(head(old), head(new), proof=[LEAVES[-1], *proof[1:]])
    assert not merkle.verify_consistency(head(5), head(4), proof=[LEAVES[0]])
    with pytest.raises(ValueError):
        merkle.consistency_proof(2, 1, READ)


def test_a_leaf_never_passes_as_a_node() -> None:
    left, right = LEAVES[:2]
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)
