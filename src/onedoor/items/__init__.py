"""事项: implementation lists as immutable published versions."""
