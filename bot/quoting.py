"""What a message says of a meeting that somebody else wants to have scheduled: people, times, length, title.

It is somebody's words and not an order: whatever they say, nothing but a wish to meet is read out of them."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from bot.admission import who_is
from bot.conversation.ports import Watcher
from bot.conversation.turns import Quoted
from bot.skills.common.desk import Desk
from intents import understand
from intents.frames import (
    BookMeeting,
    Context,
    FindSlots,
    Frame,
    Mention,
    Pick,
    Refine,
    Understanding,
    When,
    Window,
)
from intents.tokens import page_in

LONGEST_TITLE: Final = 60  # characters
MENTIONED = re.compile(r"<(?:@(?P<user>[A-Z0-9]+)|!subteam\^(?P<group>[A-Z0-9]+))(?:\|[^<>]*)?>")
FRAGMENT: Final = Context(question="offer")  # as an answer to "when?": without a verb, too


async def wish_in(quoted: Quoted, desk: Desk, watcher: Watcher) -> BookMeeting:
    """What the speaker wants with that message. Its times are its author's, seen from when it was said."""
    author = await who_is(quoted.author, desk.directory) if quoted.author else None
    zone = author.zone if author and author.standing != "gone" else desk.speaker.zone
    with watcher.stage("understand"):
        reading = read(quoted.text, quoted.at, zone, desk.speaker.locale)
    watcher.heard(reading)
    wish = as_wish(reading.frame, quoted.text, desk.now)
    return wish.model_copy(update={"who": invited(wish, quoted, desk.speaker.id)})


def read(text: str, at: datetime, zone: str, language: str) -> Understanding:
    """Hear it as a wish to meet, or else as what is said when times are looked for."""
    reading = understand(text, now=at, tz=zone, language=language, context=Context())
    if isinstance(reading.frame, BookMeeting | FindSlots):
        return reading
    return understand(text, now=at, tz=zone, language=language, context=FRAGMENT)


def as_wish(frame: Frame, text: str, now: datetime) -> BookMeeting:
    """The parts of it that tell of a meeting; times that are over are left out."""
    match frame:
        case BookMeeting() | FindSlots():
            told = BookMeeting(**{name: value for name, value in frame if name != "kind"})
            return told.model_copy(update={"when": _to_come(told.when, now)})
        case Refine():
            title = frame.title or title_of(text)
            when = _to_come(frame.when, now)
            return BookMeeting(who=frame.who, when=when, minutes=frame.minutes, title=title)
        case Pick(at=When() as at):
            return BookMeeting(when=_to_come(at, now), title=title_of(text))
        case _:
            return BookMeeting(title=title_of(text))


def invited(wish: BookMeeting, quoted: Quoted, speaker: str) -> tuple[Mention, ...]:
    """Whoever said it and whoever is named in it, but the speaker.

    A bare name counts where nobody else is: who talks of Ben need not want him to come.
    """
    author = [Mention(kind="user", value=quoted.author)] if quoted.author else []
    known = [*author, *_mentioned(quoted.text), *(one for one in wish.who if one.kind != "name")]
    left_out = {(one.kind, one.value) for one in wish.without_who} | {("user", speaker)}
    people = [one for one in _once(known) if (one.kind, one.value) not in left_out]
    return tuple(people or wish.who)


def title_of(text: str) -> str | None:
    """Its first line without mentions and links, cut between words; None where nothing is left."""
    lines = (" ".join(filter(_is_a_word, MENTIONED.sub(" ", one).split())) for one in text.splitlines())
    first = next((one for one in lines if any(map(str.isalnum, one))), "")
    return textwrap.shorten(first, LONGEST_TITLE, placeholder=" …") or None


def _is_a_word(one: str) -> bool:
    return "://" not in one and page_in(one) is None


def _mentioned(text: str) -> Iterator[Mention]:
    for found in MENTIONED.finditer(text):
        if found["user"]:
            yield Mention(kind="user", value=found["user"])
        else:
            yield Mention(kind="group", value=found["group"])


def _once(people: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple({(one.kind, one.value): one for one in people}.values())


def _to_come(when: When | None, now: datetime) -> When | None:
    """Without the windows that are over: "tomorrow" may have been said last month."""
    if when is None or not when.windows:
        return when
    left = tuple(one for one in when.windows if not _is_over(one, now))
    return when.model_copy(update={"windows": left}) if left else None


def _is_over(window: Window, now: datetime) -> bool:
    last = window.end or (window.start if window.is_point else None)
    return last is not None and last <= now
