"""What a wish to meet becomes by what is said next. Pure."""

from bot.conversation.state import Conversation, Meet, Paging
from bot.scheduling.model import Hosts
from bot.skills.common.fitting import around_instants, names_instants
from intents.frames import Mention, More, Refine, When, Window, Wish
from intents.spans import narrow


def plan_of(conversation: Conversation) -> Meet:
    """The plan of a talk about a new meeting."""
    if not isinstance(conversation.plan, Meet):
        raise TypeError("not a talk about a new meeting")
    return conversation.plan


def said(wish: Wish) -> Wish:
    """The wish alone, without the frame in which it was said."""
    return Wish(**{field: getattr(wish, field) for field in Wish.model_fields})


def named_only(wish: Wish) -> tuple[Mention, ...]:
    """Those whom the speaker only named, whom nobody can look up."""
    return tuple(one for one in wish.who if one.kind == "name")


def refined(plan: Meet, said: Refine) -> Meet:
    """The plan with what was said instead, or in addition."""
    wish = plan.wish
    without = (*(one for one in wish.without_who if one not in said.who), *said.without_who)
    changed = Wish(
        who=tuple(one for one in dict.fromkeys((*wish.who, *said.who)) if one not in without),
        without_who=tuple(dict.fromkeys(without)),
        when=narrow(wish.when, said.when) if said.when else wish.when,
        recurrence=said.recurrence or wish.recurrence,
        minutes=said.minutes or wish.minutes,
        title=said.title or wish.title,
        place=said.place or wish.place,
    )
    keeps_type = plan.event_type_id if said.title is None and said.minutes is None else None
    return plan.model_copy(update={"wish": changed, "event_type_id": keeps_type, "paging": Paging()})


def hosted(plan: Meet, hosts: Hosts) -> Meet:
    """The plan with another host, who has kinds of meetings of their own."""
    return plan.model_copy(update={"hosts": hosts, "event_type_id": None, "paging": Paging()})


def of_picked(conversation: Conversation, said: More) -> Meet:
    """The plan; after a pick that of the day picked, from there on: "later that day"."""
    plan, zone = plan_of(conversation), conversation.zone
    when = plan.wish.when or When(zone=zone)
    if not conversation.picked_from or said.direction == "any" or names_instants(when):
        return plan
    point = Window(start=conversation.proposals[0].slot.start, is_point=True)
    that_day = around_instants(When(zone=zone, windows=(point,)), said.direction).windows
    wish = plan.wish.model_copy(update={"when": when.model_copy(update={"windows": that_day})})
    return plan.model_copy(update={"wish": wish, "paging": Paging()})


def turned(plan: Meet, said: More) -> Meet:
    """Others; around a single time when that was asked for."""
    when, side = plan.wish.when, said.direction
    if when and names_instants(when):
        when, side = around_instants(when, side), "any"
    wish = plan.wish.model_copy(update={"when": when})
    return plan.model_copy(update={"wish": wish, "paging": Paging(seen=plan.paging.seen, side=side)})
