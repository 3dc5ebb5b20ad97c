"""标准化: what the checker finds, lists beside each other and their standard, and the laws that all of it rests on."""
