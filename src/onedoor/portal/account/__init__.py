"""我的: drafts, cases, messages, licences, mandates, and who read my data."""
