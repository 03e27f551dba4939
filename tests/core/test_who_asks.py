"""For whom the calendar is asked while the bot works: people share its credential."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.scheduling.asking import Asking, who_asks
from bot.staff import Staff
from tests.calendars import of, only
from tests.core.flows import ASKS
from tests.core.house import House


class Overheard:
    """The real calendar, and for whom each of its methods was called."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self.heard: set[Asking] = set()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        self.heard.add(who_asks())
        return getattr(self._real, name)


def overheard(house: House) -> Overheard:
    means = house.open_means()
    calendar = Overheard(of(means))
    house.staff = Staff(replace(means, calendars=only(calendar)))
    return calendar


async def test_what_is_said_and_pressed_is_asked_for_whoever_does_it(house: House) -> None:
    calendar = overheard(house)

    await house.say(ASKS, by="UANA")
    await house.work()
    said = set(calendar.heard)
    calendar.heard.clear()
    await house.press("Book")
    await house.work()

    assert said == {Asking("UANA")}
    assert Asking("UANA") in calendar.heard
