"""What somebody prefers, changed by themselves: at the counter, and on record."""

from hashlib import sha256

from bot.conversation.auditing import deed
from bot.conversation.forms import Filled, Form, Reply, Visit, Wrong
from bot.conversation.forms import words as window
from bot.conversation.preferences import Preferences
from bot.conversation.replies import say
from bot.home.preferring import TOLD, meets_form, read_meets, read_told, told_form
from bot.means import Means
from bot.scheduling.model import Person


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
    return window(say("prefer.kept"), zone=person.zone, language=person.locale)


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


def _form(kind: str, mine: Preferences, person: Person) -> Form:
    form = told_form(mine, person) if kind == TOLD else meets_form(mine, person)
    return form.model_copy(update={"about": _version(mine)})


def _version(mine: Preferences) -> str:
    """Tells one state from another, whether or not they were met meanwhile."""
    said = mine.model_copy(update={"is_met": False})
    return sha256(said.model_dump_json().encode()).hexdigest()[:16]
