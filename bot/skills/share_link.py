"""Shows the pages on which others can book, to be passed on by the speaker."""

from bot.conversation.answers import Answer
from bot.conversation.replies import Link, Phrase, say
from bot.scheduling.model import EventType
from bot.skills.common.desk import Desk
from intents.frames import ShareLink

SHOWN_AT_MOST = 5


async def show(frame: ShareLink, desk: Desk) -> Answer:
    """The booking pages of the connected account; nothing is sent to anybody. Raises CalendarError."""
    account = await desk.calendar.me()
    pages = [one for one in await desk.calendar.event_types() if one.url and not one.hidden]
    fitting = [one for one in pages if frame.minutes is None or one.allows(frame.minutes)] or pages
    if not fitting:
        return Answer(card=desk.card(say("share_link.none")), is_private=True)
    is_own = account.email.lower() == (desk.speaker.email or "").lower()
    headline = say("share_link.yours") if is_own else say("share_link.hosts", host=account.name)
    notes = (say("share_link.not_sent"),) if frame.who else ()
    return Answer(
        card=desk.card(headline, *map(_line, fitting[:SHOWN_AT_MOST]), notes=notes), is_private=True
    )


def _line(page: EventType) -> Phrase:
    link = Link(url=page.url, text=page.title)
    return say("share_link.page", link=link, minutes=page.minutes)
