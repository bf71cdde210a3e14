"""The house itself: its components on a page of their own, its health, and what it answers when a page is not there."""
