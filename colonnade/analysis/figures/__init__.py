"""Figures: named numbers with a definition, a version, their SQL, and the records behind them."""
