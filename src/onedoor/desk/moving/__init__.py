"""在办件迁移: what a new version means for running cases, and moving them (for whoever manages the item)."""
