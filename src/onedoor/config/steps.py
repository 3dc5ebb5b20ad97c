"""What an instance does before it serves, in order. A context that brings something adds one line.

Each step is a management command and must do nothing where its work is done already.
"""

AS_OWNER: tuple[tuple[str, ...], ...] = (
    ("migrate", "--no-input", "--verbosity=0"),
    ("keys",),
    ("grants",),
)

AS_APPLICATION: tuple[tuple[str, ...], ...] = (("areas", "load"),)

DEMO: tuple[tuple[str, ...], ...] = (("demo", "load"),)
