"""How well the matching engine ranks, on graded links that it was not made from. Measured here, never copied here."""
