"""What can go wrong, in words that a citizen or a clerk can act on. Faces translate; nobody else catches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onedoor.kernel.law import Article


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one field (``""`` = the whole form): what is wrong and what to do, in Chinese."""

    field: str
    message: str


class OneDoorError(Exception):
    """Root of all errors that a face translates."""


class Refused(OneDoorError):
    """A rule of law or procedure forbids the act (422). ``code`` is stable and for machines."""

    def __init__(self, code: str, message: str, article: Article | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.article = article


class Invalid(OneDoorError):
    """Bad input (422): every fault at once, each with its field. Nothing was changed."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__("；".join(error.message for error in self.errors))


class Conflict(OneDoorError):
    """The page is stale, or an idempotency key came back with another body (409)."""

    def __init__(self, message: str = "页面已过期：这件事刚被别人办过，请刷新后再试。") -> None:
        super().__init__(message)
        self.message = message


class Forbidden(OneDoorError):
    """This actor may not do this act here (403); where even existence is private, raise NotFound."""

    def __init__(self, message: str = "您没有办理这一步的权限。") -> None:
        super().__init__(message)
        self.message = message


class NotFound(OneDoorError):
    """No such thing, or not yours to see (404)."""

    def __init__(self, message: str = "没有找到。请核对编号。") -> None:
        super().__init__(message)
        self.message = message
