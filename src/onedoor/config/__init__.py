"""Wiring: settings, urls, adapters, and which adapter serves which port."""
