"""Being heard: 利害关系人 and applicants before a decision, and what the public is told."""
