"""The append-only log, its sealer and followers."""
