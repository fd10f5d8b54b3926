"""Post a message to a web address; that it cannot be posted never fails a run."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from flows.exceptions import RequestError
from flows.notice import Notice, body_for
from flows.settings import NOTICE_FORMS

ADDRESS = "GONGKAI_NOTIFY"
FORM = "GONGKAI_NOTIFY_FORM"
TIMEOUT_SECONDS = 10.0
_TRIES = 3
_PAUSE_SECONDS = 2.0
_TOO_MANY = 429
_SERVER_ERRORS = 500

logger = logging.getLogger(__name__)


class Target(NamedTuple):
    """Where messages go, and in which form, one of `flows.settings.NOTICE_FORMS`."""

    url: str
    form: str

    @property
    def host(self) -> str:
        """The part that may be shown: what follows it is often a password."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname}"


def read_target(environment: Mapping[str, str]) -> Target | None:
    """Read where messages go; None where nobody is to be told.

    Options of the command line stand in the environment by then. Raises RequestError where it is
    no web address or no form that is known.
    """
    url = environment.get(ADDRESS, "")
    if not url:
        return None
    form = environment.get(FORM) or NOTICE_FORMS[0]
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise RequestError(f"{ADDRESS} is no web address: give https://… or leave it out")
    if form not in NOTICE_FORMS:
        raise RequestError(f"{FORM} is {form!r}: give one of {', '.join(NOTICE_FORMS)}")
    return Target(url, form)


def post(target: Target, notice: Notice, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Post a message, up to three times; tells whether it arrived."""
    body = body_for(target.form, notice)
    wrong = ""
    for number in range(_TRIES):
        if number:
            sleep(_PAUSE_SECONDS * number)
        try:
            answer = httpx.post(target.url, json=body, timeout=TIMEOUT_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            wrong = type(error).__name__
            continue
        wrong = _complaint(answer)
        if not wrong:
            return True
        if answer.status_code < _SERVER_ERRORS and answer.status_code != _TOO_MANY:
            break
    logger.warning("%s did not take the message: %s", target.host, wrong)
    return False


def _complaint(answer: httpx.Response) -> str:
    """Say what is wrong with an answer: robots refuse with status 200 and a code in the body."""
    if not answer.is_success:
        return f"HTTP {answer.status_code}"
    try:
        told = answer.json()
    except ValueError:
        return ""
    if not isinstance(told, dict):
        return ""
    code = told.get("errcode") or told.get("code")
    return f"code {code}" if code else ""
