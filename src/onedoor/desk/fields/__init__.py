"""The fields of a list: where they stand, how an officer reads them, how they are changed."""
