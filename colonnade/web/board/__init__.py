"""The board: calls, reviews, meetings, decisions, and what follows them."""
