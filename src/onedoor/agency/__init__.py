"""帮办代办: township and village workers fill in for villagers; nothing is handed in before the villager confirms."""
