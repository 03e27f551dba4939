"""Buttons carry opaque ids only: a choice is packed into an action_id and a value, and read back."""

from typing import Final, get_args

from bot.conversation.turns import (
    Approve,
    AtCounter,
    Begins,
    BookPage,
    Change,
    Choose,
    Dismiss,
    Pressable,
    ShowMore,
    Snooze,
    Tick,
)

ACTION_ID_LIMIT: Final = 255
VALUE_LIMIT: Final = 2000
OPTION_VALUE_LIMIT: Final = 150
MENU_ID: Final = "choose:menu"
BEGINS: Final[dict[str, Begins]] = {one: one for one in get_args(Begins)}
LINK_VERB: Final = "open"  # a button that only opens a page; Slack tells us of its click all the same


class UnreadableButton(ValueError):
    """Not a button of ours, or of a version that we do not know."""


def pack(choice: Pressable, n: int) -> tuple[str, str]:
    """The action_id (unique in a message by `n`) and value of a button. Raises ValueError over a limit."""
    return f"{choice.verb}:{n}", _checked(_carried(choice), VALUE_LIMIT)


def pack_link(n: int) -> str:
    """The action_id of a button that opens a page."""
    return f"{LINK_VERB}:{n}"


def pack_option(choice: Pressable) -> str:
    """The value of a menu's option. Raises ValueError over the limit."""
    return _checked(f"{choice.verb}|{_carried(choice)}", OPTION_VALUE_LIMIT)


def is_link(action_id: str) -> bool:
    """Whether this only opened a page."""
    return action_id.startswith(f"{LINK_VERB}:")


def unpack(action_id: str, value: str | None) -> Pressable:
    """What was pressed. Raises UnreadableButton."""
    verb, _, n = action_id.partition(":")
    if value is None or not n or len(action_id) > ACTION_ID_LIMIT or len(value) > VALUE_LIMIT:
        raise UnreadableButton(verb[:20])
    if action_id == MENU_ID:
        verb, _, value = value.partition("|")
    return _read(verb, value)


def _carried(choice: Pressable) -> str:
    match choice:
        case Approve():
            return _at_meeting(_plain(choice.proposal_id), choice.meeting)
        case Dismiss() | ShowMore():
            return choice.conversation_id
        case Choose():
            return f"{_plain(choice.conversation_id)}|{choice.option}"
        case Change():
            return _at_meeting(f"{choice.what}|{_plain(choice.proposal_id)}", choice.meeting)
        case AtCounter():
            return f"{_plain(choice.form)}|{choice.about}"
        case Tick():
            return f"{_plain(choice.poll_id)}|{choice.option}"
        case Snooze():
            return choice.meeting
        case BookPage():
            return choice.page


def _read(verb: str, value: str) -> Pressable:
    first, bar, rest = value.partition("|")
    match verb:
        case "approve" if first:
            return Approve(proposal_id=first, meeting=rest)
        case "dismiss" if value:
            return Dismiss(conversation_id=value)
        case "more" if value:
            return ShowMore(conversation_id=value)
        case "choose" if first and bar:
            return Choose(conversation_id=first, option=rest)
        case "change" if rest and first in BEGINS:
            proposal_id, _, meeting = rest.partition("|")
            return Change(what=BEGINS[first], proposal_id=proposal_id, meeting=meeting)
        case "counter" if first and bar:
            return AtCounter(form=first, about=rest)
        case "tick" if first and rest:
            return Tick(poll_id=first, option=rest)
        case "page" if value:
            return BookPage(page=value)
        case "snooze" if value:
            return Snooze(meeting=value)
    raise UnreadableButton(verb[:20])


def _at_meeting(value: str, meeting: str) -> str:
    return f"{value}|{meeting}" if meeting else value


def _plain(name: str) -> str:
    if "|" in name:
        raise ValueError("a name that something follows holds no bar")
    return name


def _checked(value: str, limit: int) -> str:
    if not 0 < len(value) <= limit:
        raise ValueError(f"a button carries 1 to {limit} characters, not {len(value)}")
    return value
