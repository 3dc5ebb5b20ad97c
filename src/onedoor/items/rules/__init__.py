"""Pure rules of items."""
