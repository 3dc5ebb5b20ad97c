"""行政区划 and working-day calendars."""
