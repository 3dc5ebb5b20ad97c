"""Identities, roles, sign-in, mandates."""
