"""How well the engines rank and judge, on labelled data that they were not made from. Measured here, never copied."""
