"""The rules of a workspace and what is kept, wanted by those who may not: nothing changes, and it stands on
record. What Slack says of them counts at the moment in which they press and hand in."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.accounts.model import Rules
from bot.conversation.visits import DataRequest
from bot.home.rules import version_of
from tests.attacks.scene import TUESDAY, Scene, scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEAM = "T0SLOT"
USUAL = Rules(team=TEAM)
FORMS = ("rules.change", "rules.types", "rules.posts", "rules.shared", "rules.delete")
AT_ONCE = ("rules.unshare", "rules.audit", "rules.export")
STATES: dict[str, dict[str, Any]] = {
    "calendars": {"selected_option": {"value": "personal"}},
    "guests": {"selected_option": {"value": "public"}},
    "days": {"value": "30"},
    "servers": {"value": "https://evil.example/v2"},
    "channel": {"selected_conversation": "C0GENERAL"},
    "slug": {"value": "intro-call"},
    "key": {"value": "cal_of_eve"},
    "word": {"value": "DELETE"},
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_scene() -> AsyncIterator[Scene]:
    """With rules that can be kept."""
    async with scene(with_rules=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def ana_is_an_admin(bot: Scene) -> None:
    """As the world has it, whatever an attack before has changed."""
    bot.slack.appoint("UANA", admin=True)


def pressed(form: str, person: str, about: str = "", team: str = TEAM) -> dict[str, Any]:
    """A button of the Home tab."""
    return {
        "type": "block_actions",
        "user": {"id": person, "team_id": team},
        "team": {"id": team},
        "trigger_id": f"1.2.{form}",
        "container": {"type": "view", "view_id": "V1"},
        "actions": [{"action_id": "counter:0", "value": f"{form}|{about}", "action_ts": "1784012400.000001"}],
    }


def handed_in(form: str, person: str, about: str = "", team: str = TEAM) -> dict[str, Any]:
    """A form, with all that any of them asks for."""
    values = {block: {"value": dict(state)} for block, state in STATES.items()}
    view = {"id": "V1", "type": "modal", "callback_id": f"form:{form}", "private_metadata": about}
    return {
        "type": "view_submission",
        "user": {"id": person, "team_id": team},
        "team": {"id": team},
        "trigger_id": f"1.2.{form}",
        "view": view | {"state": {"values": values}},
    }


async def refusals(bot: Scene) -> list[tuple[str, str | None]]:
    entries = [one async for one in bot.house.stores.audit.entries(TEAM)]
    return [(one.person, one.why) for one in entries if one and one.step == "refused"]


async def steps(bot: Scene) -> list[str]:
    return [one.step async for one in bot.house.stores.audit.entries(TEAM) if one]


async def nothing_changes(bot: Scene, payload: dict[str, Any], why: str) -> None:
    answer = await bot.interact(payload)

    assert answer.status_code == 200
    assert await bot.house.stores.rules.now(TEAM) == USUAL
    assert await steps(bot) == ["refused"]
    assert await refusals(bot) == [(payload["user"]["id"], why)]
    assert not any("files" in one or "Here is" in one for one in bot.deeds()[1])


@pytest.mark.parametrize("form", FORMS)
async def test_a_member_hands_in_no_form_of_an_admins(form: str, bot: Scene) -> None:
    await nothing_changes(bot, handed_in(form, "UBEN"), "not_admin")


@pytest.mark.parametrize("form", [*FORMS, *AT_ONCE])
async def test_a_member_presses_no_button_of_an_admins(form: str, bot: Scene) -> None:
    await nothing_changes(bot, pressed(form, "UBEN"), "not_admin")


@pytest.mark.parametrize("form", [*FORMS, "mine.delete"])
@pytest.mark.parametrize("person", ["UGIL", "USTR", "U0BOT", "UNOBODY"])
async def test_nobody_who_is_no_member_hands_anything_in(person: str, form: str, bot: Scene) -> None:
    why = "nobody" if person == "UNOBODY" else "guest"

    await nothing_changes(bot, handed_in(form, person), why)


@pytest.mark.parametrize("form", FORMS)
async def test_an_admin_of_another_workspace_is_none_here(form: str, bot: Scene) -> None:
    await nothing_changes(bot, handed_in(form, "UANA", team="T9OTHER"), "guest")


@pytest.mark.parametrize("form", FORMS)
async def test_who_was_an_admin_when_the_form_was_opened_and_is_none_now_changes_nothing(
    form: str, bot: Scene
) -> None:
    await bot.interact(pressed(form, "UANA"))
    bot.slack.appoint("UANA", admin=False)

    await nothing_changes(bot, handed_in(form, "UANA"), "not_admin")


async def test_what_an_admin_wanted_is_not_handed_out_to_who_is_none_when_it_is_done(bot: Scene) -> None:
    request = DataRequest(id="1", team=TEAM, person="UBEN", what="export", whose="workspace", at=TUESDAY)
    await bot.house.offices.handle(request)

    assert await refusals(bot) == [("UBEN", "not_admin")]
    assert bot.dms("UBEN") == []


BAD_SERVERS = [
    "http://cal.example/v2",
    "https://localhost/v2",
    "https://127.0.0.1/v2",
    "https://[::1]/v2",
    "https://169.254.169.254/latest",
    "https://2130706433/v2",
    "https://cal.internal/v2",
    "https://me:secret@cal.example/v2",
    "https://cal.example/v2?key=1",
    "file:///etc/passwd",
    "cal.example",
    "https://",
    "\n".join(f"https://cal{n}.example" for n in range(11)),
]


@pytest.mark.parametrize("servers", BAD_SERVERS)
async def test_even_an_admin_sends_the_bot_to_no_address_inside(servers: str, bot: Scene) -> None:
    payload = handed_in("rules.change", "UANA", about=version_of(USUAL))
    payload["view"]["state"]["values"]["servers"]["value"]["value"] = servers

    answer = await bot.interact(payload)

    assert answer.json()["response_action"] == "errors"
    assert await bot.house.stores.rules.now(TEAM) == USUAL


async def test_a_form_that_shows_what_is_not_so_any_more_changes_nothing(bot: Scene) -> None:
    await bot.interact(handed_in("rules.types", "UANA", about=version_of(USUAL)))
    now = await bot.house.stores.rules.now(TEAM)

    answer = await bot.interact(handed_in("rules.change", "UANA", about=version_of(USUAL)))

    assert answer.json()["response_action"] == "update"
    assert await bot.house.stores.rules.now(TEAM) == now != USUAL


async def test_an_admin_changes_the_rules_on_record(bot: Scene) -> None:
    payload = handed_in("rules.change", "UANA", about=version_of(USUAL))

    await bot.interact(payload)

    rules = await bot.house.stores.rules.now(TEAM)
    assert (rules.calendars, rules.guests, rules.retention_days) == ("personal", "public", 30)
    assert rules.servers == ("https://evil.example/v2",)
    entries = [one async for one in bot.house.stores.audit.entries(TEAM)]
    assert {one.what for one in entries if one} == {"calendars", "servers", "guests", "retention_days"}


async def test_an_admin_names_the_channel_in_which_a_kind_is_told(bot: Scene) -> None:
    await bot.interact(handed_in("rules.posts", "UANA", about=version_of(USUAL)))

    assert (await bot.house.stores.rules.now(TEAM)).posts == {"intro-call": "C0GENERAL"}
