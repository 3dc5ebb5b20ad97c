"""Making and checking fixed-layout documents."""
