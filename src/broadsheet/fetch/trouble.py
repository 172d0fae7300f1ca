"""What went wrong on the network, in words a person can act on. No word here ever holds a password: library texts are not passed on."""

from __future__ import annotations

import errno
import ssl

import aiohttp

from broadsheet.errors import FetchError, TimedOut, Unreachable
from broadsheet.fetch.config import FetchSettings
from broadsheet.fetch.guard import Blocked, refused
from broadsheet.fetch.target import Target

TROUBLE = (aiohttp.ClientError, OSError, TimeoutError, UnicodeError)
"""What a request may raise besides our own errors. UnicodeError: the system's resolver met a label that is empty or too long."""

_UNKNOWN_AUTHORITY = frozenset({18, 19, 20, 21})  # OpenSSL's X509_V_ERR_* for self-signed ones and missing issuers
_SYSTEM_WORDS = {
    errno.ECONNREFUSED: "nothing listens there",
    errno.ECONNRESET: "it broke off the connection",
    errno.EHOSTUNREACH: "there is no way to it from here",
    errno.ENETUNREACH: "there is no way to it from here",
    errno.ETIMEDOUT: "it did not answer",
    errno.EMFILE: "too many files are open on this machine",
}


def explain(error: Exception, target: Target, settings: FetchSettings) -> FetchError:
    """The error of ours that says what *error* means for *target*, which was asked as *settings* say."""
    url = target.url
    if (blocked := _blocked(error)) is not None:
        return refused(target, str(blocked))
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return _untrusted(error, url)
        case aiohttp.ClientHttpProxyError(status=407):
            return FetchError(url, "the proxy wants a user and a password, or others than it got", do="Check fetch.proxy")
        case aiohttp.ClientHttpProxyError():
            return FetchError(url, f"the proxy answered {error.status} when asked to connect to {target.host}")
        case aiohttp.ClientProxyConnectionError():
            return FetchError(url, "the proxy cannot be reached", do="Check fetch.proxy")
        case aiohttp.ClientConnectorDNSError() | UnicodeError():
            return Unreachable(url, f"the name {target.host} cannot be resolved")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return Unreachable(url, "no secure connection could be made")
        case aiohttp.ConnectionTimeoutError():
            return Unreachable(url, f"no connection was made within {settings.connect_timeout:g} seconds")
        case TimeoutError():
            return TimedOut(url, f"no whole answer came within {settings.timeout:g} seconds")
        case aiohttp.ClientPayloadError():
            return FetchError(url, "its answer broke off before the end it promised")
        case aiohttp.ClientResponseError():
            return FetchError(url, "its answer is not HTTP as we know it")
        case aiohttp.ServerDisconnectedError():
            return FetchError(url, "it closed the connection without an answer")
        case OSError():
            return Unreachable(url, f"{target.host} cannot be reached: {_system(error)}")
    return FetchError(url, f"the request failed ({type(error).__name__})")


def _blocked(error: BaseException | None) -> Blocked | None:
    """The guard's own objection, however deep the connector wrapped it."""
    while error is not None and not isinstance(error, Blocked):
        error = error.__cause__
    return error


def _untrusted(error: aiohttp.ClientConnectorCertificateError, url: str) -> FetchError:
    found = error.certificate_error
    if not isinstance(found, ssl.SSLCertVerificationError):
        return Unreachable(url, "its certificate is not trusted")
    remedy = "If its authority is your own, name it in fetch.ca_file" if found.verify_code in _UNKNOWN_AUTHORITY else ""
    return Unreachable(url, f"its certificate is not trusted: {found.verify_message.rstrip('.')}", do=remedy)


def _system(error: OSError) -> str:
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    number = errno.ECONNRESET if isinstance(inner, ConnectionResetError) else inner.errno  # a reset within TLS has no number
    return _SYSTEM_WORDS.get(number or 0) or inner.strerror or type(inner).__name__
