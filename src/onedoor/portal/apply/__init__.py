"""Applying: for whom, situations, form, materials, check, submit, receipt."""
