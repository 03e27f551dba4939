"""Who is invited, and who hosts: mentions become people with addresses."""

import asyncio

from bot.conversation.replies import People
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Account, Attendee, Booking, Person, Value
from bot.scheduling.ports import Directory
from bot.skills.common.event_types import words
from intents.frames import Mention


class Invited(Value):
    """Those mentioned, without the speaker. `outside`: e-mail addresses of nobody in the workspace."""

    people: tuple[Person, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def emails(self) -> tuple[str, ...]:
        """All their addresses, in order of mention."""
        return (*(person.email or "" for person in self.people), *self.outside)

    @property
    def shown(self) -> People:
        """How they are named on a card."""
        return People(ids=tuple(person.id for person in self.people), names=self.outside)

    def includes(self, email: str) -> bool:
        """Whether this address is among them, whatever its case."""
        return any(one.lower() == email.lower() for one in self.emails)

    def without(self, email: str) -> "Invited":
        """A copy without the person of this address."""
        return Invited(
            people=tuple(one for one in self.people if (one.email or "").lower() != email.lower()),
            outside=tuple(one for one in self.outside if one.lower() != email.lower()),
        )


class Roles(Value):
    """Who is what at the booking. `others` get an invitation; the attendee is the calendar's first guest.

    `owner`: whose own calendar it is. They are known by the address that Slack has of them, for that of their
    account is nobody else's business.
    """

    account: Account
    attendee: Attendee
    others: tuple[str, ...] = ()
    speaker_hosts: bool = False
    owner: Person | None = None

    @property
    def host(self) -> Person:
        """The calendar's owner: one of the workspace, or to be named without being called."""
        return self.owner or Person(
            id="", name=self.account.name, email=self.account.email, zone=self.account.zone
        )


async def invited(
    who: tuple[Mention, ...], directory: Directory, speaker: Person, without: tuple[Mention, ...] = ()
) -> Invited:
    """Find the people meant, but not those `without` whom the meeting is to be.

    Raises UnknownPerson for one who cannot be invited, DirectoryUnavailable.
    """
    left_out = {
        speaker.id,
        *await _ids(tuple(one for one in without if one.kind in ("user", "group")), directory),
    }
    ids = await _ids(who, directory)
    everybody = await asyncio.gather(*(directory.person(one) for one in ids if one not in left_out))
    people = [one for one in everybody if not _is_named(one, without)]
    for person in people:
        _check(person)
    addresses = tuple(one.value.lower() for one in who if one.kind == "email")
    known = await asyncio.gather(*(directory.by_email(one) for one in addresses))
    found = {person.id: person for person in (*people, *(one for one in known if one))}
    found.pop(speaker.id, None)
    outside = (email for email, person in zip(addresses, known, strict=True) if person is None)
    return Invited(people=tuple(found.values()), outside=tuple(dict.fromkeys(outside)))


def _is_named(person: Person, mentions: tuple[Mention, ...]) -> bool:
    """Whether somebody goes by a name that was only typed, or has the address that was given."""
    names = (words(one.value) for one in mentions if one.kind == "name")
    emails = {one.value.lower() for one in mentions if one.kind == "email"}
    return any(name <= words(person.name) for name in names) or (person.email or "").lower() in emails


async def _ids(who: tuple[Mention, ...], directory: Directory) -> tuple[str, ...]:
    ids: list[str] = []
    for mention in who:
        match mention.kind:
            case "user":
                ids.append(mention.value)
            case "group":
                ids += await directory.group(mention.value)
            case "everyone":
                raise UnknownPerson(mention.value, "everyone")
            case "name":
                raise UnknownPerson(mention.value, "name")
            case "email" | "link":
                continue
    return tuple(dict.fromkeys(ids))


def _check(person: Person) -> None:
    if person.standing == "bot":
        raise UnknownPerson(person.id, "bot")
    if person.standing == "gone":
        raise UnknownPerson(person.id, "gone")
    if not person.email:
        raise UnknownPerson(person.id, "no_email")


def roles(account: Account, speaker: Person, guests: Invited, owner: Person | None = None) -> Roles | None:
    """Say who hosts and who attends. None: the owner of the calendar speaks and named nobody to meet.

    `owner`: the one of the workspace who has connected it; else it is known by the account's address.
    """
    if not _is_theirs(account, speaker, owner):
        others = guests.without((owner and owner.email) or account.email).emails
        return Roles(account=account, attendee=as_attendee(speaker), others=others, owner=owner)
    if not guests.emails:
        return None
    attendee = as_attendee(guests.people[0]) if guests.people else Attendee(email=guests.outside[0])
    return Roles(
        account=account, attendee=attendee, others=guests.emails[1:], speaker_hosts=True, owner=owner
    )


def _is_theirs(account: Account, speaker: Person, owner: Person | None) -> bool:
    """Whether the calendar is the speaker's."""
    if owner is not None:
        return owner.id == speaker.id
    return bool(account.email) and (speaker.email or "").lower() == account.email.lower()


def as_attendee(person: Person) -> Attendee:
    """How the calendar is told of a person. Raises UnknownPerson when there is no address."""
    if not person.email:
        raise UnknownPerson(person.id, "no_email")
    return Attendee(email=person.email, name=person.name, zone=person.zone)


async def known(booking: Booking, directory: Directory, speaker: Person) -> tuple[Person, ...]:
    """Those of a booking who are in the workspace, without the speaker; nobody when Slack does not say."""
    emails = dict.fromkeys(one.email.lower() for one in booking.participants)
    try:
        found = await asyncio.gather(*(directory.by_email(email) for email in emails))
    except DirectoryUnavailable:
        return ()
    return tuple(one for one in found if one and one.id != speaker.id)
