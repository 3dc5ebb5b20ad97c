"""The officer's face."""
