"""综合窗口: who stands here, which item, one dense page, the receipt; and supplements at the counter."""
