"""Renders forms as modals within Slack's limits, and reads back what was filled in. Pure."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from bot.conversation.forms import (
    ChoiceField,
    DateField,
    Form,
    FormField,
    FormOption,
    Found,
    InstantField,
    NumberField,
    PickField,
    SearchField,
    TextField,
    TimeField,
    Wrong,
)
from bot.conversation.replies import Phrase, say
from bot.slack.cutting import cut, pieces
from bot.slack.text import Reader, label, mrkdwn
from bot.slack.wire import Named, Trigger, Who, Wire

TITLE, LABEL, HINT, OPTION, SECTION = 24, 2000, 2000, 75, 3000
OPTIONS: Final = 100
FEW: Final = 5  # options that are shown at once, rather than in a menu
TEXT_LIMIT: Final = 3000
CALLBACK: Final = "form:"
ACTION: Final = "value"

View = dict[str, Any]


class UnreadableForm(ValueError):
    """Not a form of ours, or of a version that we do not know."""


class Shown(Wire):
    """A view as it was submitted."""

    callback_id: Annotated[str, Field(max_length=255)]
    private_metadata: Annotated[str, Field(max_length=3000)] = ""
    state: dict[str, Any] = Field(default_factory=dict)


class AtForm(Wire):
    """Something is done in a form."""

    user: Who
    team: Named | None = None
    enterprise: Named | None = None
    view: Shown

    @property
    def whose(self) -> str | None:
        """The workspace or organisation of whoever does it, as far as it is told."""
        home = self.team or self.enterprise
        return self.user.team_id or (home.id if home else None)


class Submission(AtForm):
    """`view_submission`."""

    trigger_id: Trigger


class Searching(AtForm):
    """`block_suggestion`: `value` is what was typed so far."""

    block_id: Annotated[str, Field(max_length=255)]
    value: Annotated[str, Field(max_length=3000)] = ""


def render_form(form: Form) -> View:
    """The form as a modal."""
    reader = Reader(zone=form.zone, language=form.language)
    view: View = {
        "type": "modal",
        "callback_id": f"{CALLBACK}{form.kind}",
        "private_metadata": form.about,
        "title": _plain(label(form.title, reader), TITLE),
        "close": _plain(label(say("form.close"), reader), TITLE),
        "blocks": [*_told(form.lines, reader), *(_input(one, reader) for one in form.fields)],
    }
    if form.fields or form.submit:
        view["submit"] = _plain(label(form.submit or say("form.submit"), reader), TITLE)
    return view


def render_errors(wrong: Wrong) -> dict[str, str]:
    """What is wrong, by block."""
    reader = Reader(language=wrong.language)
    return {name: cut(label(phrase, reader), HINT) for name, phrase in wrong.fields.items()}


def read_submission(body: dict[str, Any]) -> tuple[Submission, str, dict[str, tuple[str, ...]]]:
    """What was submitted: by whom, which kind of form, and what stands in it. Raises UnreadableForm."""
    try:
        submission = Submission.model_validate(body)
    except ValidationError as error:
        raise UnreadableForm from error
    return submission, _kind_of(submission.view), _values(submission.view.state.get("values"))


def render_options(found: Found) -> list[View]:
    """What a field that is searched may offer."""
    reader = Reader(zone=found.zone, language=found.language)
    return [_option(one, reader) for one in found.options[:OPTIONS]]


def read_search(body: dict[str, Any]) -> tuple[Searching, str, dict[str, tuple[str, ...]]]:
    """What is searched: by whom, in which kind of form, and what stands in it. Raises UnreadableForm."""
    try:
        searching = Searching.model_validate(body)
    except ValidationError as error:
        raise UnreadableForm from error
    return searching, _kind_of(searching.view), _values(searching.view.state.get("values", {}))


def _kind_of(view: Shown) -> str:
    """Raises UnreadableForm where it is none of ours."""
    kind = view.callback_id.removeprefix(CALLBACK)
    if kind == view.callback_id:
        raise UnreadableForm
    return kind


def _told(lines: Iterable[Phrase], reader: Reader) -> list[View]:
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": piece, "verbatim": True}}
        for line in lines
        for piece in pieces(mrkdwn(line, reader), SECTION)
    ]


def _input(field: FormField, reader: Reader) -> View:
    """Its block_id is the field's name: errors are told by it, and it must not change within a modal."""
    element = _element(field, reader)
    block: View = {
        "type": "input",
        "block_id": field.name,
        "label": _plain(label(field.label, reader), LABEL),
        "element": element | {"action_id": ACTION},
        "optional": field.is_optional,
    }
    if field.hint:
        block["hint"] = _plain(label(field.hint, reader), HINT)
    return block


def _element(field: FormField, reader: Reader) -> View:
    match field:
        case TextField():
            return _text(field)
        case NumberField():
            return _number(field)
        case DateField() | TimeField() | InstantField():
            return _picker(field, reader)
        case ChoiceField():
            return _choice(field, reader)
        case PickField():
            return _pick(field)
        case SearchField():
            return _search(field, reader)


def _text(field: TextField) -> View:
    most = min(field.most, TEXT_LIMIT)
    if field.reads == "text":
        element: View = {"type": "plain_text_input", "multiline": field.is_long, "max_length": most}
    else:
        element = {"type": f"{field.reads}_text_input"}
    return element | ({"initial_value": field.value[:most]} if field.value else {})


def _number(field: NumberField) -> View:
    limits = {"min_value": field.least, "max_value": field.most, "initial_value": field.value or None}
    element: View = {"type": "number_input", "is_decimal_allowed": field.is_decimal}
    return element | {name: str(limit) for name, limit in limits.items() if limit is not None}


def _picker(field: DateField | TimeField | InstantField, reader: Reader) -> View:
    match field:
        case DateField():
            day = field.chosen.isoformat() if field.chosen else None
            return {"type": "datepicker"} | _if("initial_date", day)
        case TimeField():
            zoned = {"type": "timepicker", "timezone": reader.zone}
            return zoned | _if("initial_time", f"{field.chosen:%H:%M}" if field.chosen else None)
        case InstantField():
            at = int(field.chosen.timestamp()) if field.chosen else None
            return {"type": "datetimepicker"} | _if("initial_date_time", at)


def _if(name: str, value: str | int | None) -> View:
    return {} if value is None else {name: value}


def _search(field: SearchField, reader: Reader) -> View:
    chosen = [_option(one, reader) for one in field.chosen]
    kind = "multi_external_select" if field.is_many else "external_select"
    element: View = {"type": kind, "min_query_length": field.least}
    if not chosen:
        return element
    return element | ({"initial_options": chosen} if field.is_many else {"initial_option": chosen[0]})


def _choice(field: ChoiceField, reader: Reader) -> View:
    options = [_option(one, reader) for one in field.options[:OPTIONS]]
    chosen = [one for one in options if one["value"] in field.chosen]
    is_short = len(options) <= FEW
    if field.is_many:
        kind = "checkboxes" if is_short else "multi_static_select"
        return {"type": kind, "options": options} | ({"initial_options": chosen} if chosen else {})
    kind = "radio_buttons" if is_short else "static_select"
    return {"type": kind, "options": options} | ({"initial_option": chosen[0]} if chosen else {})


def _pick(field: PickField) -> View:
    kind = "conversations" if field.what == "channel" else "users"
    one, several = kind.removesuffix("s"), kind
    element: View = {"type": f"multi_{kind}_select" if field.is_many else f"{kind}_select"}
    if field.what == "channel":
        element["filter"] = {"include": ["public", "private"], "exclude_bot_users": True}
    if field.chosen:
        many, single = {f"initial_{several}": list(field.chosen)}, {f"initial_{one}": field.chosen[0]}
        element |= many if field.is_many else single
    return element


def _option(option: FormOption, reader: Reader) -> View:
    shown: View = {"text": _plain(label(option.label, reader), OPTION), "value": option.value}
    return shown | ({"description": _plain(label(option.note, reader), OPTION)} if option.note else {})


def _plain(text: str, limit: int) -> View:
    return {"type": "plain_text", "text": cut(text, limit) or "…"}


def _values(state: Any) -> dict[str, tuple[str, ...]]:
    """By block: each has one control. Raises UnreadableForm."""
    try:
        return {block: tuple(_chosen(next(iter(controls.values())))) for block, controls in state.items()}
    except (AttributeError, KeyError, TypeError, StopIteration) as error:
        raise UnreadableForm from error


def _chosen(control: dict[str, Any]) -> Sequence[str]:
    match control:
        case {"value": str(one)} | {"selected_date": str(one)} | {"selected_time": str(one)}:
            return (one,)
        case {"selected_date_time": int(at)}:
            return (str(at),)
        case {"selected_option": {"value": str(value)}}:
            return (value,)
        case {"selected_options": list(options)}:
            return tuple(str(one["value"]) for one in options)
        case {"selected_conversation": str(one)} | {"selected_user": str(one)}:
            return (one,)
        case {"selected_conversations": list(ids)} | {"selected_users": list(ids)}:
            return tuple(map(str, ids))
    return ()
