"""What the log holds of a record, an error, and an access: where and what kind, never whose or which."""

import io
import logging
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st

from colonnade.config.cli.serve import DiscreetLogger
from colonnade.config.logs import ACCESS_LINE, DiscreetFormatter

SECRET = "jane.doe@example.org"


def line_of(message: str, *values: object, logger: str = "some.library", error: BaseException | None = None) -> str:
    raised = (type(error), error, error.__traceback__) if error else None
    return DiscreetFormatter().format(logging.LogRecord(logger, logging.ERROR, "a.py", 7, message, values, raised))


@given(st.text(alphabet="QXZ", min_size=3), st.text(alphabet="QXZ", min_size=3))
def test_no_value_reaches_a_line(value: str, message: str) -> None:
    try:
        try:
            raise KeyError(value)
        except KeyError as cause:
            raise ValueError(message) from cause
    except ValueError as error:
        text = line_of("could not read %s", value, error=error)
    assert value not in text
    assert message not in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text


def test_a_text_that_was_put_together_before_is_replaced_by_its_place() -> None:
    assert SECRET not in line_of(f"no mail to {SECRET}")
    assert "a:7" in line_of(f"no mail to {SECRET}")
    assert "The queue is full" in line_of("The queue is full", logger="colonnade.exchange")


def test_an_error_that_turns_in_a_circle_ends() -> None:
    one, other = ValueError(SECRET), KeyError(SECRET)
    one.__cause__, other.__cause__ = other, one
    assert line_of("x %s", 1, error=one).count("ValueError") == 1


def access(address: str) -> str:
    """The line that the server writes of a visit to ``address``."""
    settings = Config()
    settings.set("accesslog", "-")
    settings.set("access_log_format", ACCESS_LINE)
    logger = DiscreetLogger(settings)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger.access_log.addHandler(handler)
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": address,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_USER_AGENT": "a browser",
        "HTTP_REFERER": f"https://example.org/?q={SECRET}",
        "HTTP_COOKIE": "sessionid=abc",
        "colonnade.route": "/search/",
    }
    answer: Any = SimpleNamespace(status="200 OK", sent=512, headers=[])
    request: Any = SimpleNamespace(headers=[])
    try:
        logger.access(answer, request, environ, timedelta(milliseconds=41))
    finally:
        logger.access_log.removeHandler(handler)
    return stream.getvalue()


def test_an_access_names_the_page_and_not_the_visitor() -> None:
    line = access(f"/search/?q={SECRET}")
    assert line.strip().endswith("GET /search/ 200 512 41ms")
    for said in (SECRET, "203.0.113.9", "browser", "abc", "q="):
        assert said not in line


def test_what_the_server_says_of_a_failure_is_discreet_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logger = DiscreetLogger(Config())
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("Error handling request %s", f"/search/?q={SECRET}")
    for handler in list(logger.error_log.handlers):
        logger.error_log.removeHandler(handler)
    assert "Error handling request %s" in stream.getvalue()
    assert "builtins.ValueError" in stream.getvalue()
    assert SECRET not in stream.getvalue()
