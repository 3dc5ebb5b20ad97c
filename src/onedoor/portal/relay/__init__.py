"""Following what a window took in for an organ elsewhere."""
