"""The money: what is short, who could fund it, the trust fund, seed rounds and appeals."""
