"""The citizen's face."""
