"""人员与账号: who works here, on which posts, and how far their accounts are."""
