"""Administering people: who has an account, with which roles; the mails that go to them."""
