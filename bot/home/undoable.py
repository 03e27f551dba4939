"""What somebody wrote of late and can still take back, for the bot's page."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.conversation.auditing import AuditEntry, Entry
from bot.conversation.forms import Visit
from bot.conversation.replies import Button, Card, Moment, say
from bot.conversation.turns import Approve, AtCounter, Press, ThreadKey, meeting_of, team_of
from bot.home import deeds
from bot.means import Means
from bot.skills.common.desk import Desk

WITHIN: Final = timedelta(minutes=11)  # a little longer than it can be
MOST: Final = 3


async def undo_cards(entries: Iterable[Entry], desk: Desk, means: Means) -> tuple[Card, ...]:
    """A card for each, with its button. Raises StoreUnavailable."""
    written = [one for one in entries if isinstance(one, AuditEntry) and one.lane and one.step in deeds.DONE]
    recent = [one for one in written if desk.now - one.at < WITHIN][:MOST]
    found = [await _card(one, desk, means) for one in recent]
    return tuple(one for one in found if one)


async def _card(entry: AuditEntry, desk: Desk, means: Means) -> Card | None:
    talk = (await means.store.peek(entry.lane)).with_proposal(entry.proposal)
    undo = talk.undo_at(desk.now) if talk else None
    told = deeds.line(entry)
    if talk is None or undo is None or told is None or talk.owner != desk.speaker.id or not talk.card:
        return None
    button = Button(
        label=say("undo.button"),
        choice=AtCounter(form="page.undo", about=f"{undo.id}|{entry.lane}"),
        spoken=say("tab.spoken.undo", at=Moment(at=entry.at), title=talk.about.title if talk.about else ""),
    )
    return desk.card(told, buttons=(button,))


async def undone(visit: Visit, means: Means) -> Press | None:
    """The press that approves it, as if it were on its own card; None: there is nothing to take back."""
    proposal_id, _, lane = visit.about.partition("|")
    if team_of(lane) != visit.team:
        return None
    talk = (await means.store.peek(lane)).with_proposal(proposal_id)
    if talk is None or talk.owner != visit.person or talk.card is None:
        return None
    team, channel, thread = lane.split(":", 2)
    return Press(
        id=f"{visit.id}:page",
        thread=ThreadKey(team=team, channel=channel, thread=thread),
        person=visit.person,
        person_team=visit.person_team,
        choice=Approve(proposal_id=proposal_id, meeting=meeting_of(lane) or ""),
        card=talk.card,
        at_counter=True,
        at=visit.at,
    )
