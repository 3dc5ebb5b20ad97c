"""Pure rules of cases: the engine."""
