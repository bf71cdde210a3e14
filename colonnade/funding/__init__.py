"""Contributors, contributions, seed rounds and awards, appeals."""
