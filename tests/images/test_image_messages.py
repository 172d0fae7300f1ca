"""What clients are told when there is no picture."""

from __future__ import annotations

import json

import pytest

from broadsheet.errors import ImageError
from broadsheet.images import messages


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (messages.bad_address(), 400, "Unable to parse URI"),
        (messages.blocked_address(), 400, "IP address blocked by policy"),
        (messages.saver_disabled("tiff", ("jpg", "png")), 400, "Saving to tiff is disabled. Supported savers: jpg, png"),
        (messages.not_made("bad extract area"), 400, "bad extract area"),
        (messages.origin_answered(418), 404, "The requested URL returned error: 418"),
        (messages.timed_out(), 404, "The requested URL timed out"),
        (messages.unresolvable(), 404, "The hostname of the origin is unresolvable (DNS) or blocked by policy"),
        (messages.too_large(5), 404, "The image is too large to be downloaded. Max image size: 5 bytes"),
        (messages.redirects(10), 404, "Will not follow more than 10 redirects"),
        (messages.not_an_image(), 404, "not a valid"),
        (messages.unreadable("premature end"), 404, "premature end"),
        (messages.too_many_pixels(71_000_000), 404, "71000000 pixels"),
        (messages.too_many_pages(256), 404, "256"),
        (messages.took_too_long(10.0), 404, "10 seconds"),
        (messages.worker_died(), 404, "memory"),
        (messages.refused(), 403, "its own articles"),
        (messages.switched_off(), 404, "switched off"),
        (messages.too_often(7), 429, "7 seconds"),
        (messages.method_not_allowed(), 405, "GET and HEAD"),
        (messages.no_processor(), 500, "broadsheet[images]"),
        (messages.broken(), 500, "wrong"),
    ],
)
def test_each_cause_has_its_status_and_words(error: ImageError, status: int, words: str) -> None:
    assert error.status == status
    assert words in error.what


def test_an_error_is_told_as_json_in_the_shape_that_clients_know() -> None:
    assert messages.error_json(messages.bad_address()) == b'{"status":"error","code":400,"message":"Unable to parse URI"}'


@pytest.mark.parametrize("reason", ['<script>alert("x")</script>', "a\r\nb", 'quoted "path" \\ and {braces}', "x" * 5_000])
def test_a_librarys_complaint_is_told_in_plain_characters_only(reason: str) -> None:
    told = json.loads(messages.error_json(messages.unreadable(reason)))["message"]
    assert len(told) < 200
    assert not set(told) & set('<>"\\{}&\r\n')
