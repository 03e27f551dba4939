"""Reads a wish to cancel a meeting: which one, and why."""

from intents.clauses import reason_apart
from intents.counters import begins_with_meeting
from intents.frames import CancelMeeting, Mention, Target
from intents.hearing import Hearing
from intents.lexicon import Lexicon
from intents.names import Named, may_be_name
from intents.sentence import Sentence
from intents.targets import target_of
from intents.tokens import Token, text_of

_UNNAMED = (Target(), Target(which="this"))


def cancellation(sentence: Sentence, hearing: Hearing, taken: tuple[str, ...] = ("cancel",)) -> CancelMeeting:
    """The meeting to be cancelled, with the reason if one was given. `taken`: as for `target_of`."""
    missing = _absent(sentence)
    if missing is not None:
        return _without(missing, sentence, hearing, taken)
    meant, reason = reason_apart(sentence)
    target = target_of(meant, hearing, taken)
    is_told_first = not sentence.evidence.meeting and begins_with_meeting(sentence)
    if reason and target in _UNNAMED and is_told_first:  # "my 3pm with ben, cancel it"
        return CancelMeeting(target=target_of(sentence, hearing, taken))
    if reason and _names_in_reason(target, sentence):  # "we don't need the sync, cancel it"
        named = target_of(sentence, hearing, taken)
        target = named if named.title or named.when else target
    if reason and target.every and target.when is None:  # "i'm out today, cancel all my meetings"
        target = target.model_copy(update={"when": target_of(sentence, hearing, taken).when})
    is_told = target.when is not None and any(one.is_point for one in target.when.windows)
    if reason and sentence.who and not (target.who or is_told):  # "<@U3> is sick, cancel our 1:1"
        target = target.model_copy(update={"who": sentence.who})
    return CancelMeeting(target=target, reason=reason)


def _names_in_reason(target: Target, sentence: Sentence) -> bool:
    """Whether the reason must name the meeting: the rest says no more than who."""
    if sentence.words.words.says("unneeded", sentence.tokens):
        return not (target.when or target.title)
    return target in _UNNAMED and sentence.evidence.meeting


def _absent(sentence: Sentence) -> Named | None:
    """Who is said by name not to come, up to the end of what says so: "ben can't make it"."""
    timed, words = sentence.timed, sentence.words
    for place in range(len(timed) - 1):
        size = words.size_at("absent", timed, place + 1)
        if not size or not _begins(sentence, place) or _is_of_ones_own(timed, place, words):
            continue
        if may_be_name(timed[place], words):
            mention = Mention(kind="name", value=timed[place].text)
            return Named(mention, timed[place].first, timed[place + size].last)
    return None


def _is_of_ones_own(timed: list[Token], place: int, words: Lexicon) -> bool:
    """ "My kid": a noun after "my", and no name."""
    before = timed[place - 1 : place]
    return timed[place].text.islower() and any(one.norm in words.words["own"] for one in before)


def _begins(sentence: Sentence, place: int) -> bool:
    """Whether a clause begins here among the tokens with values."""
    words = sentence.words.words
    before = sentence.timed[place - 1 : place]
    return not before or before[0].norm in words.union("clause_end", "because", "filler")


def _without(missing: Named, sentence: Sentence, hearing: Hearing, taken: tuple[str, ...]) -> CancelMeeting:
    """ "Ben can't make it tomorrow, cancel our 1:1": the one with him."""
    tokens = sentence.tokens
    rest = [*tokens[: missing.first], *tokens[missing.last + 1 :]]
    named = target_of(sentence.part(rest), hearing, taken) if rest else Target()
    target = named.model_copy(update={"who": named.who or (missing.mention,), "which": None})
    has_verb = any(
        cue.label in taken and not missing.first <= cue.place <= missing.last for cue in sentence.cues
    )
    said = text_of(tokens[missing.first : missing.last + 1]) if has_verb else None
    return CancelMeeting(target=target, reason=said)
