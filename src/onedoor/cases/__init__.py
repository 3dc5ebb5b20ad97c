"""办件: the engine."""
