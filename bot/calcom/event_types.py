"""What the bot makes of Cal.com's event types: what it may book, and what stands in its way."""

from bot.calcom.endpoints.event_type_answers import EventTypeRecord, Switch
from bot.calcom.questions import questions_of
from bot.scheduling.model import EventType, Obstacle, Question


def event_type_of(record: EventTypeRecord) -> EventType:
    """As scheduling knows it."""
    return EventType(
        id=record.id,
        slug=record.slug,
        title=record.title,
        minutes=record.length_in_minutes,
        lengths=record.length_in_minutes_options or (record.length_in_minutes,),
        url=record.booking_url or "",
        confirms=_is_on(record.confirmation_policy),
        hidden=record.hidden,
        allows_guests=not record.disable_guests and not _hides(record, "guests"),
        obstacle=obstacle_of(record),
        questions=_questions(record) or (),
        notice=record.minimum_booking_notice or 0,
        terms=_terms(record),
    )


def team_event_type_of(record: EventTypeRecord, team: str) -> EventType:
    """The same of a team's, by its name."""
    hosts = (one.user_id or one.id for one in record.hosts)
    together = record.scheduling_type == "collective"
    changes = {"team": team, "together": together, "hosts": tuple(one for one in hosts if one is not None)}
    return event_type_of(record).model_copy(update=changes)


def obstacle_of(record: EventTypeRecord) -> Obstacle | None:
    """Why the bot cannot book it yet; the first reason that applies."""
    reasons: tuple[tuple[bool, Obstacle], ...] = (
        (record.scheduling_type == "managed", "managed"),
        (bool(record.price), "payment"),
        (_is_on(record.seats), "seats"),
        (_is_on(record.recurrence), "recurring"),
        (bool(record.requires_booker_email_verification), "email_verification"),
        (bool(record.booking_requires_authentication), "authentication"),
        (_questions(record) is None, "required_fields"),
    )
    return next((obstacle for applies, obstacle in reasons if applies), None)


def title_answer(record: EventTypeRecord, stated: str | None) -> str | None:
    """What to answer when bookers are asked for a title; None when they are not, or need not."""
    asked = [one for one in record.booking_fields if one.system == "title" and one.is_shown]
    if not asked:
        return None
    return stated or (record.title if asked[0].required else None)


def _questions(record: EventTypeRecord) -> tuple[Question, ...] | None:
    place = next((one.type for one in record.locations), None)
    return questions_of(record.booking_fields, place)


def _terms(record: EventTypeRecord) -> str:
    """What decides when it is open, beside when its owner is free."""
    limits = (record.booking_window, record.booking_limits_count, record.booking_limits_duration)
    terms = (
        record.schedule_id,
        record.slot_interval,
        record.minimum_booking_notice,
        record.before_event_buffer,
        record.after_event_buffer,
        *(one.model_dump_json() if one and _is_on(one) else "" for one in limits),
    )
    return "|".join(str(one) for one in terms)


def _hides(record: EventTypeRecord, system: str) -> bool:
    return any(one.system == system and one.hidden for one in record.booking_fields)


def _is_on(switch: Switch | None) -> bool:
    return switch is not None and not switch.disabled
