"""What somebody prefers, changed by themselves: at the counter, and on record."""

from hashlib import sha256

from bot.conversation.auditing import deed
from bot.conversation.forms import Filled, Form, Reply, Visit, Wrong
from bot.conversation.forms import words as window
from bot.conversation.preferences import Preferences
from bot.conversation.replies import Card, People, Phrase, listing, say
from bot.home.preferring import MOST_RULES, TOLD, meets_form, read_meets, read_told, told_form
from bot.means import Means
from bot.scheduling.model import Person
from bot.skills.common.habits import habits_kept
from bot.skills.prefer import rule_lines
from intents.frames import SetPreferences


async def asked(visit: Visit, means: Means, person: Person) -> Form:
    """The form, with what they prefer now. Raises StoreUnavailable."""
    return _form(visit.form, await means.preferences.of(visit.team, visit.person), person)


async def filled(form: Filled, means: Means, person: Person) -> Reply:
    """Keep it; where it has changed meanwhile, show what it is now. Raises StoreUnavailable."""
    before = await means.preferences.of(form.team, form.person)
    if form.about != _version(before):
        return _form(form.form, before, person)
    after = (
        read_told(form, before, person)
        if form.form == TOLD
        else read_meets(form, before, person, means.clock())
    )
    if isinstance(after, Wrong):
        return after
    await keep(before, after, means)
    return _window(say("prefer.kept"), person)


async def keep(before: Preferences, after: Preferences, means: Means) -> None:
    """What has changed of it, on record first. Raises StoreUnavailable."""
    changed = {
        name: getattr(after, name)
        for name in Preferences.model_fields
        if getattr(before, name) != getattr(after, name)
    }
    if not changed:
        return
    noted = deed("setting", team=after.team, person=after.person, at=means.clock(), what="preferences")
    await means.audit.note(noted)
    await means.preferences.change(after.team, after.person, lambda now: now.model_copy(update=changed))


async def ruled(visit: Visit, means: Means, person: Person) -> Reply:
    """A rule that was said is to be kept, or not; or all of them are to go. Raises StoreUnavailable."""
    owner, _, told = visit.about.partition("|")
    if owner != visit.person:
        return _window(say("press.not_yours", who=People(ids=(owner,))), person)
    if visit.form == "mine.once":
        return _card(say("prefer.not_kept"), person)
    before = await means.preferences.of(visit.team, visit.person)
    if visit.form == "mine.forget":
        await keep(before, before.model_copy(update={"rules": (), "minutes": None}), means)
        return _card(say("prefer.forgotten"), person)
    try:
        said = SetPreferences.model_validate_json(told)
    except ValueError:
        return _window(say("press.stale"), person)
    rules = habits_kept(before.rules, said.habits)
    if len(rules) > MOST_RULES:
        return _window(say("prefer.wrong.many"), person)
    more = {"rules": rules, "minutes": said.minutes or before.minutes}
    await keep(before, before.model_copy(update=more), means)
    words = say("prefer.kept_rule", rules=listing(rule_lines(said), "ruled.and"))
    return _window(words, person) if visit.form == "mine.keep" else _card(words, person)


def _window(words: Phrase, person: Person) -> Form:
    return window(words, zone=person.zone, language=person.locale)


def _card(words: Phrase, person: Person) -> Card:
    """In the place of the one that was pressed."""
    return Card(lines=(words,), zone=person.zone, language=person.locale)


def _form(kind: str, mine: Preferences, person: Person) -> Form:
    form = told_form(mine, person) if kind == TOLD else meets_form(mine, person)
    return form.model_copy(update={"about": _version(mine)})


def _version(mine: Preferences) -> str:
    """Tells one state from another, whether or not they were met meanwhile."""
    said = mine.model_copy(update={"is_met": False})
    return sha256(said.model_dump_json().encode()).hexdigest()[:16]
