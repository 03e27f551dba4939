"""What a workspace's admins allow, on the bot's page, and the forms in which they change it. Pure."""

from hashlib import sha256
from urllib.parse import urlsplit

from bot.accounts.model import Rules
from bot.conversation.forms import ChoiceField, Form, FormOption, PickField, TextField
from bot.conversation.replies import Button, Card, Channels, Phrase, PhraseValue, listing, say
from bot.conversation.turns import AtCounter
from bot.scheduling.model import Person
from bot.skills.common.desk import Desk

CALENDARS = ("either", "personal", "shared")
GUESTS = ("nothing", "public")
LONGEST_DAYS = 30
SERVERS_AT_MOST = 10


def rules_card(rules: Rules, desk: Desk, *, is_shared: bool) -> Card:
    """The rules in words, and what changes them. `is_shared`: there is a calendar for everybody."""
    unshare = (
        (_button("unshare", "rules.unshare", style="danger", confirm="home.rules.unshare_really"),)
        if rules.shared
        else ()
    )
    return desk.card(
        say(f"home.rules.calendars.{rules.calendars}"),
        _shared(rules, is_shared=is_shared),
        say("home.rules.servers", servers=listing(rules.servers))
        if rules.servers
        else say("home.rules.no_servers"),
        say(f"home.rules.guests.{rules.guests}"),
        _channels(rules),
        *(_usual(channel, slug) for channel, slug in rules.event_types.items()),
        *(_posted(channel, slug) for slug, channel in rules.posts.items()),
        say("home.rules.retention", count=rules.retention_days),
        notes=(say("home.rules.note"),),
        buttons=(
            _button("change", "rules.change"),
            _button("types", "rules.types"),
            _button("posts", "rules.posts"),
            _button("share", "rules.shared"),
            *unshare,
        ),
    )


def kept_card(desk: Desk) -> Card:
    """What admins may have or delete of what is kept."""
    return desk.card(
        say("home.kept.told"),
        buttons=(
            _button("audit", "rules.audit"),
            _button("export", "rules.export"),
            _button("delete", "rules.delete", style="danger"),
        ),
    )


def version_of(rules: Rules) -> str:
    """Tells one state of the rules from another."""
    return sha256(rules.model_dump_json().encode()).hexdigest()[:16]


def change_form(rules: Rules, person: Person, *lines: Phrase) -> Form:
    """All that is decided by choosing. `lines` stand above it."""
    fields = (
        _choice("calendars", CALENDARS, rules.calendars),
        TextField(
            name="servers",
            label=say("home.form.servers"),
            hint=say("home.form.servers_hint"),
            value="\n".join(rules.servers),
            is_optional=True,
            is_long=True,
        ),
        _choice("guests", GUESTS, rules.guests),
        PickField(
            name="channels",
            label=say("home.form.channels"),
            hint=say("home.form.channels_hint"),
            what="channel",
            chosen=rules.channels,
            is_many=True,
            is_optional=True,
        ),
        TextField(name="days", label=say("home.form.days"), value=str(rules.retention_days), most=3),
    )
    return _form("change", rules, person, *lines, fields=fields)


def types_form(rules: Rules, person: Person, *lines: Phrase) -> Form:
    """The kind of meeting that is meant in a channel where none is named."""
    fields = (
        PickField(name="channel", label=say("home.form.channel"), what="channel"),
        TextField(
            name="slug",
            label=say("home.form.slug"),
            hint=say("home.form.slug_hint"),
            is_optional=True,
            most=100,
        ),
    )
    return _form("types", rules, person, *lines, fields=fields)


def posts_form(rules: Rules, person: Person, *lines: Phrase) -> Form:
    """In which channel new meetings of a kind are told."""
    fields = (
        TextField(name="slug", label=say("home.form.posted"), hint=say("home.form.posted_hint"), most=100),
        PickField(
            name="channel",
            label=say("home.form.channel"),
            hint=say("home.form.posts_hint"),
            what="channel",
            is_optional=True,
        ),
    )
    return _form("posts", rules, person, *lines, fields=fields)


def shared_form(rules: Rules, servers: tuple[str, ...], person: Person) -> Form:
    """The key of the calendar that everybody may use."""
    options = tuple(FormOption(value=one, label=say("connect.at", server=_host(one))) for one in servers)
    at = ChoiceField(name="server", label=say("connect.server"), options=options, chosen=servers[:1])
    key = TextField(name="key", label=say("connect.key"), hint=say("connect.key_where"), most=500)
    fields = (key, at) if len(servers) > 1 else (key,)
    return _form("shared", rules, person, say("home.form.key_kept"), fields=fields)


def delete_form(form: str, person: Person) -> Form:
    """Asks once more, and for the word that is to be typed."""
    line = say("home.delete.workspace") if form == "rules.delete" else say("home.delete.mine")
    word = TextField(name="word", label=say("home.delete.word"), most=20)
    return Form(
        kind=form,
        title=say("home.delete.title"),
        lines=(line,),
        fields=(word,),
        submit=say("home.delete.submit"),
        zone=person.zone,
        language=person.locale,
    )


def read_servers(text: str) -> tuple[str, ...]:
    """One address a line. Raises ValueError for what is no public server's: the bot asks it for anybody."""
    found = tuple(dict.fromkeys(one.rstrip("/") for one in text.split()))
    if len(found) > SERVERS_AT_MOST or not all(map(_is_public, found)):
        raise ValueError("not an address of a server")
    return found


def _is_public(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_plain = parts.scheme == "https" and not (
        parts.username or parts.password or parts.query or parts.fragment
    )
    *_, top = host.split(".")
    return is_plain and "." in host and top.isalpha() and top not in ("local", "internal", "localhost")


def _form(name: str, rules: Rules, person: Person, *lines: Phrase, fields: tuple[object, ...]) -> Form:
    return Form.model_validate(
        {
            "kind": f"rules.{name}",
            "about": version_of(rules),
            "title": say(f"home.form.title.{name}"),
            "lines": lines,
            "fields": fields,
            "zone": person.zone,
            "language": person.locale,
        }
    )


def _choice(name: str, values: tuple[str, ...], chosen: str) -> ChoiceField:
    options = tuple(FormOption(value=one, label=say(f"home.form.{name}.{one}")) for one in values)
    return ChoiceField(name=name, label=say(f"home.form.{name}.label"), options=options, chosen=(chosen,))


def _shared(rules: Rules, *, is_shared: bool) -> Phrase:
    if rules.shared:
        return say("home.rules.shared", email=rules.shared.account.email, server=_host(rules.shared.server))
    return say("home.rules.shared_settled") if is_shared else say("home.rules.not_shared")


def _channels(rules: Rules) -> Phrase:
    if not rules.channels:
        return say("home.rules.everywhere")
    return say("home.rules.channels", channels=Channels(ids=rules.channels))


def _usual(channel: str, slug: str) -> Phrase:
    where: PhraseValue = Channels(ids=(channel,))
    return say("home.rules.usual", slug=slug, channel=where)


def _posted(channel: str, slug: str) -> Phrase:
    where: PhraseValue = Channels(ids=(channel,))
    return say("home.rules.posted", slug=slug, channel=where)


def _host(server: str) -> str:
    return urlsplit(server).hostname or server


def _button(name: str, form: str, style: str | None = None, confirm: str | None = None) -> Button:
    return Button.model_validate(
        {
            "label": say(f"home.button.{name}"),
            "choice": AtCounter(form=form),
            "style": style,
            "confirm": say(confirm) if confirm else None,
        }
    )
