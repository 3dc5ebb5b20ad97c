"""Finding: home, search, browsing, the guide of one item."""
