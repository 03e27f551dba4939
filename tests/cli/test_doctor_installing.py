"""`doctor` says whether workspaces can install the bot by link."""

from datetime import UTC, datetime

import pytest

from bot.doctor import examine
from bot.doctor.check_installing import judge_answer, judge_page
from bot.doctor.check_settings import check_settings
from bot.doctor.pages import Page
from bot.settings import Settings
from tests.installing.scene import HUSH, SEALING, SIGNING, staged

LINKED = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "hush",
    "SLACK_SIGNING_SECRET": "signing",
    "PUBLIC_URL": "https://meet.example.com",
    "REDIS_URL": "redis://127.0.0.1:1",
    "ENCRYPTION_KEYS": SEALING,
}


def noted(env):
    settings, problems = Settings.readable(env)
    assert problems == []
    return {one.about: one for one in check_settings(env, settings, problems)}


@pytest.mark.parametrize(
    ("secret", "about", "verdict"), [(HUSH, "Slack", "ok"), ("a-guess", "SLACK_CLIENT_SECRET", "wrong")]
)
async def test_slack_is_asked_whether_it_knows_the_app(secret, about, verdict):
    async with staged() as scene:
        env = {
            "SLACK_CLIENT_ID": scene.site.oauth.client.id,
            "SLACK_CLIENT_SECRET": secret,
            "SLACK_SIGNING_SECRET": SIGNING,
            "SLACK_API_URL": f"{scene.site.url}/api",
            "PUBLIC_URL": scene.bot_url,
            "ENCRYPTION_KEYS": SEALING,
        }
        findings = [one for one in await examine(env, lambda: datetime.now(UTC)) if one.about != "REDIS_URL"]

    assert (about, verdict) in {(one.about, one.verdict) for one in findings}
    assert ("Installing", "ok") in {(one.about, one.verdict) for one in findings}


@pytest.mark.parametrize(
    ("why", "code", "verdict", "about"),
    [
        ("refused", "invalid_code", "ok", "Slack"),
        ("refused", "invalid_client_id", "wrong", "SLACK_CLIENT_ID"),
        ("refused", "bad_redirect_uri", "wrong", "PUBLIC_URL"),
        ("refused", "something_new", "wrong", "Slack"),
        ("away", "TimeoutError", "wrong", "Slack"),
    ],
)
def test_what_slack_says_is_turned_into_words(why, code, verdict, about):
    found = judge_answer(why, code)

    assert (found.verdict, found.about) == (verdict, about)
    assert found.verdict == "ok" or found.mend


@pytest.mark.parametrize(
    ("page", "verdict"), [(None, "note"), (Page(404, None), "note"), (Page(200, None), "ok")]
)
def test_the_page_is_looked_for(page, verdict):
    assert judge_page(page).verdict == verdict


def test_a_key_that_strangers_could_use_is_noted_and_one_for_named_workspaces_is_not():
    assert "serves nobody" in noted(LINKED | {"CAL_API_KEY": "cal_1"})["CAL_API_KEY"].said
    assert "CAL_API_KEY" not in noted(LINKED | {"CAL_API_KEY": "cal_1", "SLACK_TEAMS": "T0SLOT"})


def test_without_a_key_nothing_is_missing_where_people_connect_their_own():
    assert {"CAL_API_KEY", "SLACK_BOT_TOKEN"}.isdisjoint(noted(LINKED))
    assert noted(LINKED)["Settings"].verdict == "ok"
