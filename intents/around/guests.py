"""Reads who is to come too: "add <@U3> to my 3pm", "invite jane@x.com to the design review"."""

from intents.around.phrases import Phrased
from intents.frames import AddPeople, Mention, Target
from intents.hearing import Hearing
from intents.names import Named, names_at
from intents.sentence import Sentence
from intents.targets import this_or
from intents.tokens import Token


def guests(said: Phrased, hearing: Hearing) -> AddPeople | None:
    """People who are added to a meeting that stands. "Invite ben to lunch" and "add a call" are new ones."""
    named = _named(said.sentence, said.head()) if _adds(said) else ()
    if not named:
        return None
    words = said.words.words
    between = range(said.head() + 1, min(one.first for one in named))
    if any(norm not in words["stop"] for norm in said.norms(between)):
        return None
    who = tuple(one.mention for one in named)
    after = _after(said.sentence, max(one.last for one in named))
    if not after:
        is_sure = hearing.context.booked or all(one.kind != "name" for one in who)
        return AddPeople(who=who, target=Target(which="this")) if is_sure else None
    if after[0].norm not in words["adding_to"] or len(after) < 2:
        return None
    rest = said.sentence.part(after[1:])
    is_one = after[0].norm in words["adding_to_one"] and not words["adding_surely"].isdisjoint(said.norms())
    return AddPeople(who=who, target=_target(rest, hearing, who)) if is_one or _stands(rest) else None


def _adds(said: Phrased) -> bool:
    """Whether it begins with a verb of adding; not "yes to the invite from ben"."""
    words, tokens, verb = said.words.words, said.sentence.tokens, said.head()
    is_noun = verb > 0 and tokens[verb - 1].norm in words["determiner"]
    is_ours = not (said.asks or said.sentence.evidence.foreign)
    return tokens[verb].norm in words["adding_people"] and is_ours and not is_noun


def _after(sentence: Sentence, last: int) -> list[Token]:
    """What follows the names, without "too" and "please"."""
    after = [one for one in sentence.tokens[last + 1 :] if one.kind != "mark"]
    while after and after[-1].norm in sentence.words.words["adding_end"]:
        after.pop()
    return after


def _named(sentence: Sentence, verb: int) -> tuple[Named, ...]:
    """Those who are named after the verb, up to "to"."""
    places = [place for place, token in enumerate(sentence.timed) if token.first > verb]
    while places and sentence.timed[places[0]].norm in sentence.words.words["adding_to"]:
        places.pop(0)  # "loop in"
    if not places:
        return ()
    named = {one.first: one for one in names_at(sentence.timed, places[0], sentence.words)}
    named |= {one.first: one for one in sentence.people if one.first > verb}
    first = min(named, default=0)
    to = sentence.words.words["adding_to"]
    ends = (place for place, token in enumerate(sentence.tokens) if place > first and token.norm in to)
    end = next(ends, len(sentence.tokens))
    return tuple(named[place] for place in sorted(named) if place < end)


def _stands(rest: Sentence) -> bool:
    """Whether a meeting that stands is named: "the review", "my 3pm", "friday's call", "it"; not "a call"."""
    words = rest.words.words
    first = rest.tokens[0]
    if rest.evidence.calendar or first.norm in words["indefinite"]:
        return False
    is_definite = first.norm in words["definite"] or first.text.endswith(("'s", "\u2019s"))
    return is_definite or rest.timed[0].value is not None


def _target(rest: Sentence, hearing: Hearing, who: tuple[Mention, ...]) -> Target:
    target = this_or(rest, hearing)
    others = tuple(one for one in target.who if one not in who)
    return target.model_copy(update={"who": others})
