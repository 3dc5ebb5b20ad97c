"""Other workflow engines beside ours, each a program of its own: the platform neither imports nor installs them."""

from onedoor.bench.peers.measuring import HOW, PEERS, Peer, beside, missing

__all__ = ["HOW", "PEERS", "Peer", "beside", "missing"]
