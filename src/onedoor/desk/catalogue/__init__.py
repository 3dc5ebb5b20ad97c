"""The catalogue's editor (事项管理): for people who are not programmers."""
