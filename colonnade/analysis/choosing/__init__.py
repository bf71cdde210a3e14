"""Choosing among the proposals of a call: what they would meet, under the rules that the call and the board set."""
