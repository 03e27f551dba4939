"""The trouble that can be switched on by name. What stands is read from the trouble itself."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.small_calcom.trouble import Trouble as CalcomTrouble
from bot.playground.small_calcom.trouble import everything, writes_bookings
from bot.playground.small_slack.trouble import Trouble as SlackTrouble

SLOW = 2.5  # seconds: long enough to be felt, short enough for every answer to arrive


@dataclass(frozen=True)
class Switch:
    """One kind of trouble: whether it is on, and how to turn it."""

    is_on: Callable[[], bool]
    turn: Callable[[bool], None]


class Switches:
    """Switches by name. They may be on together."""

    def __init__(self, calcom: CalcomTrouble, slack: SlackTrouble) -> None:
        self._calcom = calcom
        self._slack = slack
        self._all = {
            "calcom_slow": Switch(lambda: calcom.delay > 0, self._slow),
            "calcom_down": Switch(lambda: calcom.down, self._down),
            "calcom_loses_answers": Switch(lambda: calcom.lose_answers is not None, self._lose),
            "calcom_busy": Switch(lambda: calcom.rate_limited, self._busy),
            "slack_twice": Switch(lambda: slack.twice, self._twice),
            "slot_taken": Switch(lambda: calcom.snatch, self._snatch),
        }

    def standing(self) -> dict[str, bool]:
        """Every switch and whether it is on."""
        return {name: switch.is_on() for name, switch in self._all.items()}

    def turn(self, name: str, *, on: bool) -> None:
        """Turn one on or off. Raises ValueError for an unknown name."""
        if name not in self._all:
            raise ValueError(f"there is no switch {name!r}")
        self._all[name].turn(on)

    def _slow(self, on: bool) -> None:
        self._calcom.delay = SLOW if on else 0.0

    def _down(self, on: bool) -> None:
        self._calcom.down = on

    def _lose(self, on: bool) -> None:
        self._calcom.lose_answers = "drop" if on else None
        self._calcom.loses_of = writes_bookings if on else everything

    def _busy(self, on: bool) -> None:
        self._calcom.rate_limited = on

    def _twice(self, on: bool) -> None:
        self._slack.twice = on

    def _snatch(self, on: bool) -> None:
        self._calcom.snatch = on
