"""Messages to people: in-site, SMS, e-mail."""
