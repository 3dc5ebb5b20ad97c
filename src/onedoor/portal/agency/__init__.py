"""代办等您确认: what a worker filled in for a villager, and yes or no, on the villager's own phone."""
