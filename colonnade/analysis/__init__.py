"""Snapshots and figures: numbers with a definition, computed by SQL over Parquet that the reader may see."""
