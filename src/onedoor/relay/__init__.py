"""异地收件: materials taken in here for an organ elsewhere, handed on, its answers and its result brought back."""
