"""Proposals, the board that reviews them, and the decisions that follow."""
