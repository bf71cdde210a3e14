"""Coverage of needs: how many are answered, where, for how long, until when, and what money would close."""
