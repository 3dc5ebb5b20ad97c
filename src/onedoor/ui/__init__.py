"""The design system: parts, tokens, form renderer."""
