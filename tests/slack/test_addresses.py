"""Where a response_url may lead: to Slack, however it is dressed up."""

import pytest

from bot.slack.addresses import is_slacks

API = "https://slack.com/api/"


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/actions/T1/2/abc",
        "https://hooks.slack.com/commands/T1/2/a-b_c~%20",
        "https://HOOKS.slack.com/x",
        "https://hooks.slack.com:443/x",
        "https://hooks.slack-gov.com/actions/T1/2/abc",
    ],
)
def test_slacks_own_are_answered_at(url):
    assert is_slacks(url, API)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.slack.com/x",
        "//hooks.slack.com/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com:99999/x",
        "https://hooks.slack.com.evil.example/x",
        "https://evil.example/hooks.slack.com",
        "https://evil.example#hooks.slack.com",
        "https://hooks.slack.com@evil.example/",
        "https://hooks.slack.com:443@evil.example/",
        "https://evil.example\\@hooks.slack.com/",
        "https://hooks.slack.com\\.evil.example/",
        "https://hooks.slack.com/a\r\nHost: evil.example",
        "https://hooks.slack.com /x",
        "https://hooks.slack.c\u043em/x",
        "https://\u200bhooks.slack.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:6379/",
        "file:///etc/passwd",
        "gopher://hooks.slack.com/x",
        "javascript:alert(1)",
        "https://" + "a" * 100_000,
        "https://hooks.slack.com/" + "a" * 2000,
    ],
)
def test_others_are_not(url):
    assert not is_slacks(url, API)


def test_what_serves_the_web_api_serves_these_too():
    assert is_slacks("http://127.0.0.1:9/slack/respond/1", "http://127.0.0.1:9/slack/api/")
    assert not is_slacks("http://127.0.0.1:8/slack/respond/1", "http://127.0.0.1:9/slack/api/")
    assert not is_slacks("https://127.0.0.1:9/slack/respond/1", "http://127.0.0.1:9/slack/api/")
