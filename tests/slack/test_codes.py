"""Slack's own error codes, and answers that hold none."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.failures import code_of
from bot.slack.refusals import UNREACHED, refusal


def answered(data, status=200):
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.example/api/auth.test",
        req_args={},
        data=data,
        headers={},
        status_code=status,
    )
    return SlackApiError("said no", response)


def test_slacks_own_code_is_told():
    error = answered({"ok": False, "error": "invalid_auth"})

    assert (refusal(error), code_of(error)) == ("invalid_auth", "invalid_auth")


@pytest.mark.parametrize("data", ["Bad Gateway", {}, {"error": 7}, {"error": "a <b> c"}])
def test_an_answer_without_a_code_is_none_of_slacks(data):
    error = answered(data, 502)

    assert (refusal(error), code_of(error)) == (UNREACHED, "SlackApiError")


def test_the_network_has_no_codes():
    assert (refusal(TimeoutError()), code_of(TimeoutError())) == (UNREACHED, "TimeoutError")
    assert refusal(None) == UNREACHED
