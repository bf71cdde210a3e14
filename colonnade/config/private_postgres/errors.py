"""The one error of the private PostgreSQL."""


class PrivatePostgresError(RuntimeError):
    """The private PostgreSQL cannot run here. ``mend`` says what the person at the keyboard can do about it."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(f"{message} Mend: {mend}")
