"""Other departments' systems as processes of their own."""
