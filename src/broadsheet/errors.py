"""Every error a caller may meet, as one small tree.

    BroadsheetError
    ├── UsageError              the call itself makes no sense (not a URL, no such file, two options at odds)
    │   ├── UnknownPublication  no feed of the operator's own making has that name
    │   └── NameTaken           something published has that name already
    ├── ConfigError             a setting is unknown or out of range
    │   └── RuleError           a file of site rules says something that cannot be followed; `where` is file:line
    ├── FetchError              nothing usable came back from a URL
    │   ├── Unreachable         no connection to the host could be made
    │   ├── RefusedAddress      we will not connect there: a private, loopback or otherwise special address
    │   ├── TooLarge            more bytes, decoded or not, than we take
    │   └── TimedOut            no answer, or not all of it, in time
    ├── ParseError              bytes that are not what they should be
    │   ├── NotAFeed            no feed dialect is recognised (often HTML)
    │   └── NotAPage            nothing that can be read as an HTML document
    ├── SourceError             something about a source we watch
    │   ├── UnknownSource       no source by that name
    │   ├── NoFeedFound         a site with neither feed, sitemap nor list of articles
    │   └── SourceExists        it is watched already
    ├── StoreError              the store cannot do it
    │   ├── StoreTooNew         written by a newer Broadsheet
    │   ├── StoreInUse          another process holds this data folder
    │   ├── StoreUnwritable     the folder cannot be written
    │   └── DiskFull            no room left
    ├── ArchiveError            an archive file that cannot be read or written
    ├── ImageError              a picture that the image proxy does not give; bears the HTTP status it is told with
    ├── AlertNotSent            a message to the operator that a webhook or mail server did not take
    └── ExtractionCrashed       a page that took its worker process down, or ran past its limits

Each says what happened (`what`), to which URL, source, file or setting (`where`), and what to do next (`do`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any


class BroadsheetError(Exception):
    """Something went wrong that a person can understand and act on."""

    retry = False  # may a later attempt, unchanged, differ?

    def __init__(self, where: str, what: str, *, do: str = "") -> None:
        self.where = where
        self.what = what
        self.do = do
        super().__init__(str(self))

    def __reduce__(self) -> tuple[Callable[[type[BroadsheetError], str, str, str], BroadsheetError], tuple[type[BroadsheetError], str, str, str]]:
        # An exception travels between processes by its args, which here are the finished message.
        return _rebuilt, (type(self), self.where, self.what, self.do)

    def __str__(self) -> str:
        said = f"{self.where}: {self.what}" if self.where else self.what
        return f"{said}. {self.do}" if self.do else said


def _rebuilt(kind: type[BroadsheetError], where: str, what: str, do: str) -> BroadsheetError:
    return kind(where, what, do=do)


class UsageError(BroadsheetError):
    """The call itself makes no sense."""


class UnknownPublication(UsageError):
    """No feed of the operator's own making is named *where*."""


class NameTaken(UsageError):
    """Something published is named *where* already."""


class ConfigError(BroadsheetError):
    """A setting (*where*) is unknown or out of range."""


class RuleError(ConfigError):
    """A file of site rules cannot be followed at *where*, which is file:line."""


class FetchError(BroadsheetError):
    """Nothing usable came back from the URL *where*."""

    retry = True
    retry_after: timedelta | None = None  # how long the server asked us to wait, where it did


class Unreachable(FetchError):
    """No connection to the host of the URL *where* could be made: nothing else there can be had either."""


class RefusedAddress(FetchError):
    """The URL *where* leads to an address we do not connect to."""

    retry = False


class TooLarge(FetchError):
    """The answer from *where* is larger than the limit."""

    retry = False


class TimedOut(FetchError):
    """*where* did not answer in time."""


class ParseError(BroadsheetError):
    """The bytes from *where* cannot be read as what they should be."""


class NotAFeed(ParseError):
    """No feed dialect is recognised in the bytes from *where*."""


class NotAPage(ParseError):
    """The bytes from *where* cannot be read as an HTML document."""


class SourceError(BroadsheetError):
    """Something about the source *where*."""


class UnknownSource(SourceError):
    """No source has the id *where*."""


class NoFeedFound(SourceError):
    """The site *where* has neither feed, sitemap nor a list of articles."""


class SourceExists(SourceError):
    """The source *where* is watched already."""


class StoreError(BroadsheetError):
    """The store at *where* cannot do what was asked."""


class StoreTooNew(StoreError):
    """The store at *where* was written by a newer Broadsheet."""


class StoreInUse(StoreError):
    """Another process is writing to the store at *where*."""


class StoreUnwritable(StoreError):
    """The store at *where* cannot be written."""


class DiskFull(StoreError):
    """No room is left on the disk that holds *where*."""


class ArchiveError(BroadsheetError):
    """The archive file or folder *where* cannot be read or written."""


class ExtractionCrashed(BroadsheetError):
    """Reading the page *where* took its worker down or ran past its limits."""


class AlertNotSent(BroadsheetError):
    """The webhook or mail server *where* did not take a message to the operator."""

    retry = True


class ImageError(BroadsheetError):
    """A picture that the image proxy does not give. *status* is what its client is told, *what* the message it is told in."""

    def __init__(self, where: str, what: str, *, status: int = 404, do: str = "", retry_after_s: int | None = None) -> None:
        self.status = status
        self.retry_after_s = retry_after_s
        super().__init__(where, what, do=do)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(ImageError, status=self.status, do=self.do, retry_after_s=self.retry_after_s), (self.where, self.what)
