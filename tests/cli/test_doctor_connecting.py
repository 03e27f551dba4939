"""What the doctor says of how people connect their own calendars, from the settings alone."""

import pytest

from bot.doctor.check_settings import check_settings
from bot.settings import Settings

OAUTH = {"CAL_OAUTH_CLIENT_ID": "a-client", "PUBLIC_URL": "https://bot.example"}
KEPT = {"REDIS_URL": "redis://localhost:6379/0", "ENCRYPTION_KEYS": f"k1:{'A' * 43}="}
ABOUT = ("CAL_OAUTH_CLIENT_ID", "Connecting")


def said(env: dict[str, str]) -> list[str]:
    """What is found about it."""
    settings, problems = Settings.readable(env)
    found = check_settings(env, settings, problems)
    return [f"{one.verdict}: {one.said} | {one.mend}" for one in found if one.about in ABOUT]


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, []),
        ({**OAUTH, **KEPT}, ["https://bot.example/connect/callback"]),
        ({**OAUTH}, ["without REDIS_URL and ENCRYPTION_KEYS"]),
        ({"CAL_OAUTH_CLIENT_ID": "a-client", **KEPT}, ["by API keys alone"]),
        ({**OAUTH, **KEPT, "SLACK_APP_TOKEN": "xapp-1"}, ["by API keys alone"]),
    ],
)
def test_how_people_connect_is_said_with_what_is_missing(env, expected):
    found = said(env)

    assert len(found) == len(expected)
    assert all(words in one for words, one in zip(expected, found, strict=True))
