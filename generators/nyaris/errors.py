"""Errors that a user can act on."""


class NyarisError(Exception):
    """Bad input: the message names the thing, what was expected and the remedy."""


class UsageError(NyarisError):
    """The command was called in a way that cannot work; the exit code is 2."""
