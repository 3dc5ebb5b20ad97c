"""Sealed files, content-addressed."""
