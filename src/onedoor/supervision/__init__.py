"""电子督查: what the county did today, what was late, what ought to be in the hall, and who works on the platform."""
