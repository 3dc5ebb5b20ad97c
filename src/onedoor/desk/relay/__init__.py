"""异地收件 at the window: what is taken in for organs elsewhere, handed on, and brought back."""
