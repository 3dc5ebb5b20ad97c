"""我要问: what is answered already, asking, one's own questions, and the page of one."""
