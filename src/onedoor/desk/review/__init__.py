"""The case page: application left, act right."""
