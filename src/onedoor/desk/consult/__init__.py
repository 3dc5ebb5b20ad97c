"""Questions of citizens at the desk: dispatch, return, answer, check, publish."""
