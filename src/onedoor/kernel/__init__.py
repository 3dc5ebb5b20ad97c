"""Pure rules and codecs. Knows no Django, no database, no clock of its own: time is an argument."""
