"""What can go wrong while bytes become a document."""


class ExtractError(Exception):
    """Base of all errors of this layer."""


class UnreadableFileError(ExtractError):
    """A file that cannot become a document: `reason` and `advice` go into the quarantine."""

    def __init__(self, error: str, reason: str, advice: str) -> None:
        self.error = error
        self.reason = reason
        self.advice = advice
        super().__init__(f"{reason} {advice}")
