"""流程推演: how long an item takes, where it sticks, what each change would give."""
