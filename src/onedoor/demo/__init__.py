"""The sample county (示例)."""
