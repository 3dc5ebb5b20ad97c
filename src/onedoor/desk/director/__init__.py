"""督查: what the county did, by organ, with the cases behind every figure."""
