"""The embedded database and the process tree. Knows no Django."""
