"""Whose page a link leads to, and at which server."""

import pytest

from bot.scheduling.model import EventType
from bot.skills.common.pages import Page, is_at_server_of, page_of, read_page, with_page
from intents.frames import Mention

INTRO = EventType(id=1, slug="intro", title="Intro", minutes=30, url="https://Cal.com/ana/intro?x=1")
OWN = EventType(id=2, slug="intro", title="Intro", minutes=30, url="https://cal.acme.example/ana/intro")


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("cal.com/ana", Page(link="cal.com/ana", site="cal.com", username="ana")),
        ("app.cal.com/ana/intro", Page(link="", site="cal.com", username="ana", slug="intro")),
        ("acme.cal.com/ana", Page(link="", site="cal.com", organization="acme", username="ana")),
        ("cal.acme.example:3000/ana", Page(link="", site="cal.acme.example:3000", username="ana")),
    ],
)
def test_what_a_link_says(link: str, page: Page) -> None:
    assert read_page(link) == page.model_copy(update={"link": link})


@pytest.mark.parametrize("link", ["cal.com/team/sales", "cal.com/d/abc/intro", "cal.com/docs/api"])
def test_not_every_page_is_somebodys(link: str) -> None:
    assert not read_page(link).is_somebodys


def test_a_page_is_booked_at_ones_own_server_alone() -> None:
    assert is_at_server_of(read_page("acme.cal.com/ben"), [INTRO])
    assert is_at_server_of(read_page("cal.acme.example/ben"), [INTRO, OWN])
    assert not is_at_server_of(read_page("cal.acme.example/ben"), [INTRO])
    assert not is_at_server_of(read_page("notcal.com/ben"), [INTRO])
    assert not is_at_server_of(read_page("cal.com/ben"), [])


def test_a_kind_of_meeting_is_known_by_its_page() -> None:
    assert with_page(read_page("cal.com/ana/intro"), [OWN, INTRO]) == INTRO
    assert with_page(read_page("cal.com/ana"), [OWN, INTRO]) is None


def test_the_first_link_counts() -> None:
    who = [Mention(kind="user", value="U2"), *(Mention(kind="link", value=f"cal.com/{one}") for one in "ab")]

    page = page_of(who)

    assert page
    assert page.username == "a"
    assert page_of(who[:1]) is None
