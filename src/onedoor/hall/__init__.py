"""大厅: visits to the hall, what was handed over and handed back there, and what the hall prints about it."""
