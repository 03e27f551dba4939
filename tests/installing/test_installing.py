"""From "Add to Slack" to a bot that answers: by link, in several workspaces, and by nobody else's leave."""

import json
import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from bot.slack.installing import MOST_A_MINUTE
from tests.installing.scene import ANA, FAY, HOME, HUSH, Scene, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as opened:
        yield opened


def state_of(url: str) -> str:
    return parse_qs(urlsplit(url).query)["state"][0]


async def test_who_adds_it_reads_what_to_do_next_and_is_answered(scene: Scene) -> None:
    page = await scene.install(ANA)
    said = await scene.greet(scene.home, "UANA", "C0GENERAL")

    assert page.status_code == 200
    assert f"Slotwise is in {scene.home.world.name}" in page.text
    assert f"{scene.site.url}/app_redirect?app=A0SLOTWISE&amp;team={HOME}" in page.text
    assert len(said) == 1


async def test_each_workspace_is_answered_in_its_own(scene: Scene) -> None:
    await scene.install(ANA)
    await scene.install(FAY)

    here = await scene.greet(scene.home, "UANA", "C0GENERAL")
    there = await scene.greet(scene.there, "UFAY", "C0HALLO")

    assert (len(here), len(there)) == (1, 1)
    assert scene.asked("auth.test") == 0


async def test_a_token_is_looked_up_and_nobody_is_asked_whose_it_is(scene: Scene) -> None:
    await scene.install(ANA)
    for _ in range(5):
        await scene.greet(scene.home, "UANA", "C0GENERAL")

    assert scene.asked("auth.test") == 0
    assert scene.asked("oauth.v2.access") == 1


async def test_a_delivery_of_a_workspace_without_the_bot_is_acknowledged_and_nothing_is_kept(
    scene: Scene,
) -> None:
    event = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "1.2", "text": "<@U2> hi"}
    told = {"type": "event_callback", "team_id": "T9ELSEWHERE", "event_id": "Ev1", "event": event}
    answer = await scene.deliver(json.dumps(told).encode())

    assert (answer.status_code, answer.text) == (200, "")
    assert await scene.house.stores.inbox.lanes_waiting() == ()


async def test_a_state_is_good_once(scene: Scene) -> None:
    async with scene.browser() as browser:
        back = await scene.allowed(browser, ANA)
        first = await browser.get(back)
        again = await scene.allowed(browser, ANA)
        replayed = await browser.get(f"{again.partition('?')[0]}?{_with_state(again, state_of(back))}")

    assert first.status_code == 200
    assert (replayed.status_code, "used up" in replayed.text) == (400, True)


async def test_a_link_ends_in_the_browser_in_which_it_began(scene: Scene) -> None:
    async with scene.browser() as mine, scene.browser() as theirs:
        back = await scene.allowed(mine, ANA)
        await scene.allowed(theirs, FAY)
        stolen = await theirs.get(back)
        late = await mine.get(back)

    assert (stolen.status_code, "another browser" in stolen.text) == (403, True)
    assert late.status_code == 400  # it was used up
    assert await scene.house.stores.installations.of(HOME) is None


@pytest.mark.parametrize("query", ["", "code=c1", "code=c1&state=", "code=c1&state=guessed", "state=%00"])
async def test_nobody_installs_without_having_begun(scene: Scene, query: str) -> None:
    async with scene.browser() as browser:
        await browser.get("/slack/install/begin")
        answer = await browser.get(f"/slack/oauth_redirect?{query}")

    assert answer.status_code == 400
    assert scene.asked("oauth.v2.access") == 0


async def test_two_windows_of_one_browser_do_not_get_into_each_others_way(scene: Scene) -> None:
    async with scene.browser() as browser:
        first = await scene.allowed(browser, ANA)
        second = await scene.allowed(browser, FAY)

        assert (await browser.get(first)).status_code == 200
        browser.cookies.clear()
        assert (await browser.get(second)).status_code == 403


async def test_who_says_no_reads_that_nothing_was_installed(scene: Scene) -> None:
    page = await scene.install(ANA, decision="refuse")

    assert (page.status_code, "You said no" in page.text) == (200, True)
    assert await scene.house.stores.installations.of(HOME) is None


async def test_a_code_of_somebody_elses_is_refused_by_slack_and_told_in_words(scene: Scene) -> None:
    async with scene.browser() as browser:
        back = await scene.allowed(browser, ANA)
        answer = await browser.get(re.sub("code=[^&]*", "code=guessed", back))

    assert (answer.status_code, "Slack did not agree" in answer.text) == (400, True)


async def test_slack_being_away_is_told_in_words(scene: Scene) -> None:
    scene.site.trouble.refuse("oauth.v2.access", "internal_error")
    page = await scene.install(ANA)

    assert (page.status_code, "Slack does not answer" in page.text) == (503, True)


async def test_only_those_on_the_list_may_install_it_and_others_are_rid_of_it_again() -> None:
    async with staged(settings={"slack_teams": HOME}) as scene:
        mine, theirs = await scene.install(ANA), await scene.install(FAY)

        assert (mine.status_code, theirs.status_code) == (200, 403)
        assert "not on the list" in theirs.text
        assert not scene.there.is_installed
        assert await scene.house.stores.installations.of("T0NORD") is None


async def test_installing_again_takes_the_place_of_the_former(scene: Scene) -> None:
    await scene.install(ANA)
    before = await scene.greet(scene.home, "UANA", "C0GENERAL")
    await scene.home.uninstall()
    await scene.house.rest()
    await scene.install(ANA)
    after = await scene.greet(scene.home, "UANA", "C0GENERAL")

    assert (len(before), len(after)) == (1, 2)


async def test_installing_stands_in_the_audit_log(scene: Scene) -> None:
    await scene.install(ANA)

    entries = [one async for one in scene.house.stores.audit.entries(HOME)]
    assert [(one.step, one.team, one.person) for one in entries] == [("installed", HOME, "UANA")]


async def test_no_secret_is_in_a_url_a_page_or_a_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with scene.browser() as browser:
        begun = await browser.get("/slack/install/begin")
        page = await browser.get(await scene.allowed(browser, ANA))
    kept = await scene.house.stores.installations.of(HOME)

    assert kept
    token = kept.bot_token.get_secret_value()
    ours = "".join(one.getMessage() for one in caplog.records if one.name.startswith("bot"))
    for secret in (token, HUSH):
        assert secret not in begun.headers["location"]
        assert secret not in page.text
        assert secret not in ours
    assert token not in repr(kept)


def _with_state(url: str, state: str) -> str:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    return urlencode(asked | {"state": state})


async def test_nobody_fills_the_store_by_beginning_without_end(scene: Scene) -> None:
    async with scene.browser() as browser:
        begun = [(await browser.get("/slack/install/begin")).status_code for _ in range(MOST_A_MINUTE + 5)]
        scene.later(minutes=1)
        later = (await browser.get("/slack/install/begin")).status_code

    assert begun == [303] * MOST_A_MINUTE + [503] * 5
    assert later == 303
