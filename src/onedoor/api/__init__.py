"""The face for machines."""
