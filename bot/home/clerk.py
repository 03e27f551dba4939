"""What is done at the counter about the rules of a workspace and what is kept: by its admins, or of oneself.

Whether somebody is an admin is asked of Slack at this moment, when a form is wanted and again when it is
handed in: who was one a minute ago, or has another's form, changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal

from bot.accounts.model import LinkedAccount, Rules
from bot.accounts.ports import SecretsRefused
from bot.admission import noted_refusal
from bot.conversation.auditing import deed
from bot.conversation.forms import Filled, Form, NoOptions, Reply, Visit, Wanted, Wrong
from bot.conversation.forms import words as window
from bot.conversation.replies import Phrase, say
from bot.conversation.visits import DataRequest
from bot.home import mine, preferring
from bot.home.rules import (
    CALENDARS,
    GUESTS,
    LONGEST_DAYS,
    change_form,
    delete_form,
    posts_form,
    read_servers,
    shared_form,
    types_form,
    version_of,
)
from bot.means import Means
from bot.scheduling.errors import CalendarError, DirectoryUnavailable, NotAllowed, UnknownPerson
from bot.scheduling.model import Account, Person

PATIENCE: Final = 2.0  # seconds for Cal.com to answer while a window waits; Slack's end after three
NAMES: Final = ("rules", "mine")  # with which kinds of forms of it begin
WORD: Final = "DELETE"  # to be typed before anything is deleted

MeansOf = Callable[[str], Awaitable[Means | None]]
ServersOf = Callable[[str], Awaitable[tuple[str, ...]]]  # by workspace: that of the settings first
Whose = Callable[[str, str], Awaitable[Account]]  # by server and key


class Refused(Exception):
    """It is not for them. `why`: a short word of ours."""

    def __init__(self, why: Literal["not_admin", "guest", "nobody"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Clerk(NoOptions):
    """Implements `Counter`. `patience` in seconds."""

    means_of: MeansOf
    servers_of: ServersOf
    whose: Whose
    new_id: Callable[[], str]
    patience: float = PATIENCE

    async def asked(self, wanted: Wanted) -> Reply:
        """A form, or what is done without one."""
        return await self._served(wanted, self._asked)

    async def filled(self, filled: Filled) -> Reply:
        """A form was handed in."""

        async def fill(visit: Visit, means: Means, person: Person) -> Reply:
            return await self._filled(filled, means, person)

        return await self._served(filled, fill)

    async def _served(self, visit: Visit, serve: Callable[[Visit, Means, Person], Awaitable[Reply]]) -> Reply:
        try:
            means = await self.means_of(visit.team)
            return await self._by(means, visit, serve) if means else window(say("press.stale"))
        except DirectoryUnavailable:
            return window(say("trouble.directory"))
        except SecretsRefused as refused_to_keep:
            return window(say(f"connect.cannot.{refused_to_keep.why}"))

    async def _by(
        self, means: Means, visit: Visit, serve: Callable[[Visit, Means, Person], Awaitable[Reply]]
    ) -> Reply:
        try:
            return await serve(visit, means, await self._allowed(visit, means))
        except Refused as refused:
            await noted_refusal(refused.why, visit.person, visit.team, means)
            return window(say(f"home.not_for_you.{refused.why}"))

    async def _allowed(self, visit: Visit, means: Means) -> Person:
        """Who it is, as Slack says at this moment. Raises Refused, DirectoryUnavailable."""
        try:
            person = await means.directory.person_now(visit.person)
        except UnknownPerson as error:
            raise Refused("nobody") from error
        if visit.person_team or person.standing != "member":
            raise Refused("guest")
        if not visit.form.startswith("mine.") and not person.is_admin:
            raise Refused("not_admin")
        return person

    async def _asked(self, visit: Visit, means: Means, person: Person) -> Reply:
        match visit.form:
            case "rules.change":
                return change_form(await means.rules.now(visit.team), person)
            case "rules.types":
                return types_form(await means.rules.now(visit.team), person)
            case "rules.posts":
                return posts_form(await means.rules.now(visit.team), person)
            case "rules.shared":
                servers = await self.servers_of(visit.team)
                return shared_form(await means.rules.now(visit.team), servers, person)
            case "rules.unshare":
                before = await means.rules.now(visit.team)
                return await self._kept(before, before.model_copy(update={"shared": None}), means, person)
            case "rules.delete" | "mine.delete":
                return delete_form(visit.form, person)
            case preferring.TOLD | preferring.MEETS:
                return await mine.asked(visit, means, person)
            case "mine.keep" | "mine.rule" | "mine.once" | "mine.forget":
                return await mine.ruled(visit, means, person)
            case "rules.audit" | "rules.export" | "mine.export":
                return await self._requested(visit, means, person)
        return window(say("press.stale"))

    async def _filled(self, filled: Filled, means: Means, person: Person) -> Reply:
        if filled.form in ("rules.delete", "mine.delete"):
            if filled.text("word") != WORD:
                return _wrong("word", "home.wrong.word", person)
            return await self._requested(filled, means, person)
        if filled.form in (preferring.TOLD, preferring.MEETS):
            return await mine.filled(filled, means, person)
        before = await means.rules.now(filled.team)
        form = _FORMS.get(filled.form)
        if form and filled.about != version_of(before):
            return form(before, person, say("home.form.changed_meanwhile"))
        match filled.form:
            case "rules.change":
                after = _changed(before, filled, person)
            case "rules.types":
                after = _usual(before, filled, person)
            case "rules.posts":
                after = _posted(before, filled, person)
            case "rules.shared":
                after = await self._shared(before, filled, person)
            case _:
                return window(say("press.stale"))
        return after if isinstance(after, Wrong) else await self._kept(before, after, means, person)

    async def _kept(self, before: Rules, after: Rules, means: Means, person: Person) -> Reply:
        """On record first: a rule that has changed without a trace would be worse than a trace too many."""
        at = means.clock()
        for name in Rules.model_fields:
            if getattr(before, name) != getattr(after, name):
                await means.audit.note(deed("setting", team=before.team, person=person.id, at=at, what=name))
        await means.rules.keep(after)
        return _said(person, say("home.form.kept"))

    async def _shared(self, before: Rules, filled: Filled, person: Person) -> Rules | Wrong:
        """The calendar that everybody may use, if its server knows the key."""
        servers = await self.servers_of(filled.team)
        server, key = filled.text("server") or next(iter(servers), ""), filled.text("key")
        if server not in servers:
            return _wrong("key", "home.wrong.server", person)
        try:
            async with asyncio.timeout(self.patience):
                account = await self.whose(server, key)
        except NotAllowed:
            return _wrong("key", "home.wrong.key", person)
        except (CalendarError, TimeoutError):
            return _wrong("key", "home.wrong.unchecked", person)
        shared = LinkedAccount.model_validate(
            {
                "id": self.new_id(),
                "server": server,
                "account": account,
                "key": key,
                "connected_at": filled.at,
            }
        )
        return before.model_copy(update={"shared": shared})

    async def _requested(self, visit: Visit, means: Means, person: Person) -> Reply:
        """It may take a while: done as work, and told in a direct message."""
        whose, _, what = visit.form.partition(".")
        request = DataRequest.model_validate(
            {
                "id": f"{visit.team}:data:{visit.person}:{self.new_id()}",
                "team": visit.team,
                "person": visit.person,
                "what": what,
                "whose": "mine" if whose == "mine" else "workspace",
                "at": visit.at,
            }
        )
        await means.queue.put(request)
        return _said(person, say("home.form.on_its_way"))


def _changed(before: Rules, filled: Filled, person: Person) -> Rules | Wrong:
    """The rules as they were chosen."""
    calendars, guests, days = filled.text("calendars"), filled.text("guests"), filled.text("days")
    if calendars not in CALENDARS or guests not in GUESTS:
        return _wrong("calendars", "press.stale", person)
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= LONGEST_DAYS):
        return _wrong("days", "home.wrong.days", person)
    try:
        servers = read_servers(filled.text("servers"))
    except ValueError:
        return _wrong("servers", "home.wrong.servers", person)
    return before.model_copy(
        update={
            "calendars": calendars,
            "guests": guests,
            "retention_days": int(days),
            "servers": servers,
            "channels": filled.values.get("channels", ()),
        }
    )


def _usual(before: Rules, filled: Filled, person: Person) -> Rules | Wrong:
    """With the usual kind of meeting of one channel; without one, where none was typed."""
    channel, slug = filled.text("channel"), filled.text("slug").lower()
    if slug and not all(part.isalnum() for part in slug.split("-")):
        return _wrong("slug", "home.wrong.slug", person)
    others = {name: of for name, of in before.event_types.items() if name != channel}
    return before.model_copy(update={"event_types": others | ({channel: slug} if slug else {})})


def _posted(before: Rules, filled: Filled, person: Person) -> Rules | Wrong:
    """With the channel of one kind of meeting; without one, where none was chosen."""
    channel, slug = filled.text("channel"), filled.text("slug").lower()
    if not slug or not all(part.isalnum() for part in slug.split("-")):
        return _wrong("slug", "home.wrong.slug", person)
    others = {of: name for of, name in before.posts.items() if of != slug}
    return before.model_copy(update={"posts": others | ({slug: channel} if channel else {})})


def _wrong(field: str, key: str, person: Person) -> Wrong:
    return Wrong(fields={field: say(key)}, language=person.locale)


def _said(person: Person, *lines: Phrase) -> Form:
    return window(*lines, zone=person.zone, language=person.locale)


_FORMS: Final[dict[str, Callable[..., Form]]] = {
    "rules.change": change_form,
    "rules.types": types_form,
    "rules.posts": posts_form,
}
