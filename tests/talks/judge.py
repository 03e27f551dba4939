"""What must be so after a step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.talks.stage import Stage, staged
from tests.talks.talk import Step, Talk
from tests.talks.words import has_in_order, words


@dataclass
class Judge:
    """Looks at the stage before and after each step."""

    stage: Stage

    async def take(self, step: Step) -> None:
        before = self.seen(step)
        await self.stage.happen(step)
        await self.stage.settle()
        self.check(step, before)

    def seen(self, step: Step) -> dict[str, Any]:
        people = [one.id for one in self.stage.play.world.person]
        return {
            "bots": [(one.ts, words(one)) for one in self.stage.bots(step)],
            "whispers": [(one.ts, words(one)) for one in self.stage.whispers(step)],
            "dms": {person: len(self.stage.dms(person)) for person in people},
        }

    def check(self, step: Step, before: dict[str, Any]) -> None:
        if step.card is not None or step.card_lacks or step.buttons is not None or step.has_buttons:
            self._check_card(step)
        if step.menu is not None:
            elements = self.stage.card(step).elements
            options = [option for one in elements for option in one.get("options", [])]
            assert [one["text"]["text"] for one in options] == step.menu
        self._check_whispers(step, before)
        self._check_dms(step, before["dms"])
        self._check_quiet(step, before)
        self._check_calendar(step)

    def _check_dms(self, step: Step, before: dict[str, int]) -> None:
        for person, parts in step.dm.items():
            new = self.stage.dms(person)[before[person] :]
            assert new, f"no DM for {person}"
            has_in_order(" ¶ ".join(words(one) for one in new), parts)
        for person in step.no_dm:
            assert len(self.stage.dms(person)) == before[person], f"a DM for {person}"

    def _check_quiet(self, step: Step, before: dict[str, Any]) -> None:
        after = self.seen(step)
        if step.silent:
            assert (after["bots"], after["whispers"]) == (before["bots"], before["whispers"])
        if step.posts is not None:
            assert len(after["bots"]) - len(before["bots"]) == step.posts

    def _check_card(self, step: Step) -> None:
        card = self.stage.card(step)
        text = words(card)
        has_in_order(text, step.card or [])
        for part in step.card_lacks:
            assert part not in text, f"{part!r} in {text!r}"
        labels = [element["text"]["text"] for element in card.elements if element["type"] == "button"]
        if step.buttons is not None:
            assert len(labels) == len(step.buttons), labels
            for label, wanted in zip(labels, step.buttons, strict=True):
                assert label.startswith(wanted), labels
        for wanted in step.has_buttons:
            assert any(label.startswith(wanted) for label in labels), labels

    def _check_whispers(self, step: Step, before: dict[str, Any]) -> None:
        if step.whisper is None:
            return
        after = [(one.ts, words(one)) for one in self.stage.whispers(step)]
        new = [text for ts, text in after if (ts, text) not in before["whispers"]]
        assert new, "no whisper"
        has_in_order(" ¶ ".join(new), step.whisper)

    def _check_calendar(self, step: Step) -> None:
        if step.bookings is not None:
            lines = [self._line(one) for one in self.stage.play.calcom.bookings()]
            assert lines == step.bookings, lines
        if step.writes is not None:
            assert len(self.stage.writes()) == step.writes, self.stage.writes()
        if step.holds is not None:
            assert self.stage.holds() == step.holds

    def _line(self, booking: Any) -> str:
        """A booking in one line: status, local start at the host's, minutes, attendees."""
        start = booking.start.astimezone(ZoneInfo(booking.event_type.owner.zone))
        minutes = int((booking.end - booking.start) / timedelta(minutes=1))
        who = ",".join(one.email.split("@")[0] for one in booking.attendees)
        return f"{booking.status} {start:%Y-%m-%d %H:%M} {minutes} {who}"


async def perform(talk: Talk, redis_url: str | None) -> int:
    """Play a talk to its end; returns how many actions it took people."""
    async with staged(talk, redis_url) as stage:
        judge = Judge(stage)
        for number, step in enumerate(talk.step, 1):
            try:
                await judge.take(step)
            except AssertionError as error:
                raise AssertionError(f"step {number}: {error}") from error
        return stage.actions
