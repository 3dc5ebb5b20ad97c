"""A Merkle tree in the shape of RFC 6962 §2.1, over SM3 unless told otherwise; grown without reloading its leaves.

Nodes are named (level, index): level 0 are the leaves, node (level, i) covers leaves i·2^level … (i+1)·2^level - 1.
Only complete subtrees are nodes; the roots of incomplete ones are computed when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from onedoor.kernel.sm import sm3

Hash: TypeAlias = Callable[[bytes], bytes]
NodeReader: TypeAlias = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree (level, index)."""

LEAF: Final = b"\x00"
INNER: Final = b"\x01"


def leaf_hash(data: bytes, hashed: Hash = sm3) -> bytes:
    """The hash of one leaf; its prefix keeps a leaf from passing as an inner node."""
    return hashed(LEAF + data)


def node_hash(left: bytes, right: bytes, hashed: Hash = sm3) -> bytes:
    """The hash of an inner node."""
    return hashed(INNER + left + right)


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: the roots of its complete subtrees, largest first. All that growing needs."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes, hashed: Hash = sm3) -> tuple[Frontier, tuple[tuple[int, int, bytes], ...]]:
        """The grown frontier, and the inner nodes (level, index, hash) that this leaf completed."""
        stack, created = list(self.hashes), []
        size, level, current = self.size, 0, leaf
        while size >> level & 1:
            current = node_hash(stack.pop(), current, hashed)
            level += 1
            created.append((level, size >> level, current))
        return Frontier(size + 1, (*stack, current)), tuple(created)

    def root(self, hashed: Hash = sm3) -> bytes:
        """The tree's root; of an empty tree the hash of nothing."""
        if not self.hashes:
            return hashed(b"")
        current = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            current = node_hash(left, current, hashed)
        return current


def edge(size: int) -> tuple[tuple[int, int], ...]:
    """The (level, index) of the nodes that a frontier of this size holds: to load one from storage."""
    return tuple((level, (size >> level) - 1) for level in reversed(range(size.bit_length())) if size >> level & 1)


def frontier(leaves: Iterable[bytes], hashed: Hash = sm3) -> Frontier:
    """The frontier of these leaf hashes."""
    current = Frontier()
    for leaf in leaves:
        current, _ = current.append(leaf, hashed)
    return current


def reader(leaves: Sequence[bytes], hashed: Hash = sm3) -> NodeReader:
    """Reads nodes of a tree that is held in memory."""
    nodes = {(0, index): leaf for index, leaf in enumerate(leaves)}
    current = Frontier()
    for leaf in leaves:
        current, created = current.append(leaf, hashed)
        nodes.update({(level, index): value for level, index, value in created})
    return lambda level, index: nodes[level, index]


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def subtree(start: int, size: int, read: NodeReader, *, hashed: Hash = sm3) -> bytes:
    """The root over leaves start … start+size-1; ``start`` is a multiple of the next power of two of ``size``."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    k = _split(size)
    return node_hash(subtree(start, k, read, hashed=hashed), subtree(start + k, size - k, read, hashed=hashed), hashed)


def inclusion_proof(index: int, size: int, read: NodeReader, *, hashed: Hash = sm3) -> tuple[bytes, ...]:
    """PATH(m, D[n]): what a verifier needs beside leaf ``index`` to reach the root of ``size`` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    proof: list[bytes] = []
    start = 0
    while size > 1:
        k = _split(size)
        if index < k:
            proof.append(subtree(start + k, size - k, read, hashed=hashed))
            size = k
        else:
            proof.append(subtree(start, k, read, hashed=hashed))
            start, index, size = start + k, index - k, size - k
    return tuple(reversed(proof))


def consistency_proof(old: int, new: int, read: NodeReader, *, hashed: Hash = sm3) -> tuple[bytes, ...]:
    """PROOF(m, D[n]): that the tree of ``old`` leaves is the beginning of the tree of ``new``."""
    if not 0 <= old <= new:
        raise ValueError(f"no tree of {old} within a tree of {new}")
    if old in (0, new):
        return ()
    proof: list[bytes] = []
    start, size, whole = 0, new, True
    while old != size:
        k = _split(size)
        if old <= k:
            proof.append(subtree(start + k, size - k, read, hashed=hashed))
            size = k
        else:
            proof.append(subtree(start, k, read, hashed=hashed))
            start, old, size, whole = start + k, old - k, size - k, False
    if not whole:
        proof.append(subtree(start, size, read, hashed=hashed))
    return tuple(reversed(proof))


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says of a tree."""

    size: int
    root: bytes


def verify_inclusion(leaf: bytes, index: int, head: Head, *, proof: Sequence[bytes], hashed: Hash = sm3) -> bool:
    """Whether the proof leads from this leaf at this place to the head's root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < head.size:
        return False
    fn, sn, current = index, head.size - 1, leaf
    for beside in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            current = node_hash(beside, current, hashed)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            current = node_hash(current, beside, hashed)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and current == head.root


def verify_consistency(old: Head, new: Head, *, proof: Sequence[bytes], hashed: Hash = sm3) -> bool:
    """Whether the proof shows that the old tree is the beginning of the new one (RFC 9162 §2.1.4.2)."""
    if old.size in (0, new.size):
        same = old.root == (hashed(b"") if old.size == 0 else new.root)
        return same and not proof
    if old.size > new.size or not proof:
        return False
    path = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
    return _walk(old, new, path, hashed=hashed)


def _walk(old: Head, new: Head, path: Sequence[bytes], *, hashed: Hash) -> bool:
    fn, sn = old.size - 1, new.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for beside in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(beside, first, hashed), node_hash(beside, second, hashed)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, beside, hashed)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == old.root and second == new.root
