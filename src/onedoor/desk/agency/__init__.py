"""帮办代办 at the station: fill in for a villager, wait for the confirmation, hand in."""
