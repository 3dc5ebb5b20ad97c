"""镇村便民服务: every township and village with what it can do for people."""
