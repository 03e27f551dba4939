"""Reads the answer to an invitation: which meeting, whose invitation, and why not."""

from intents.around.phrases import Phrased
from intents.cancellations import cancellation
from intents.frames import AcceptMeeting, DeclineMeeting, Mention, Target
from intents.hearing import Hearing
from intents.labels import leftover
from intents.names import Named, names_at
from intents.sentence import Sentence
from intents.targets import target_of
from intents.tokens import places_of

_SURE = 6  # of a cue


def invitation(said: Phrased, hearing: Hearing) -> AcceptMeeting | DeclineMeeting | None:
    """An answer that names the invitation itself, so that it is none to a question of ours."""
    sentence = said.sentence
    accepts, declines = sentence.weight("accept"), sentence.weight("decline")
    if max(accepts, declines) < _SURE or said.asks:
        return None
    if declines >= accepts:
        return refusal(sentence, hearing) if _names_it(said, "decline") else None
    return acceptance(sentence, hearing) if _names_it(said, "accept") else None


def _names_it(said: Phrased, label: str) -> bool:
    """Whether a meeting is named that is none of those on a card: "the invite", "the dinner event"."""
    sentence = said.sentence
    if not said.words.words["invited"].isdisjoint(said.norms()):
        return True
    cue = sentence.cue(label)
    names = sentence.evidence.meeting and leftover(sentence, (label,)) > 0
    return names and cue is not None and cue.place <= said.head() and not sentence.evidence.pronoun


def acceptance(sentence: Sentence, hearing: Hearing) -> AcceptMeeting:
    """The meeting that is accepted."""
    named, rest = _parted(sentence)
    return AcceptMeeting(target=_with(named, target_of(rest, hearing, ("accept",))))


def refusal(sentence: Sentence, hearing: Hearing) -> DeclineMeeting:
    """The meeting that is declined, with the reason if one was given."""
    named, rest = _parted(sentence)
    told = cancellation(rest, hearing, ("decline",))
    return DeclineMeeting(target=_with(named, told.target), reason=told.reason)


def _with(named: tuple[Named, ...], target: Target) -> Target:
    who = tuple(dict.fromkeys((*target.who, *(one.mention for one in named))))
    return target.model_copy(update={"who": who})


def _parted(sentence: Sentence) -> tuple[tuple[Named, ...], Sentence]:
    """Those whose invitation it is, where only their names are typed, and the sentence without them."""
    named = (*_senders(sentence), *_owners(sentence))
    taken = places_of(named)
    left = [token for place, token in enumerate(sentence.tokens) if place not in taken]
    return named, sentence.part(left) if named else sentence


def _senders(sentence: Sentence) -> tuple[Named, ...]:
    """ "The invite from ben", "sent by ana"."""
    by = sentence.words.words["sent_by"]
    places = (place for place, token in enumerate(sentence.timed) if token.norm in by)
    return tuple(one for place in places for one in names_at(sentence.timed, place + 1, sentence.words))


def _owners(sentence: Sentence) -> tuple[Named, ...]:
    """ "Ben's invite"; not "friday's meeting"."""
    nouns = sentence.words.words["invitation"]
    found = []
    for token, following in zip(sentence.timed, sentence.timed[1:], strict=False):
        name = token.text.replace("\u2019", "'").removesuffix("'s")
        is_name = token.kind == "word" and not token.senses and name != token.text
        if is_name and following.norm in nouns:
            found.append(Named(Mention(kind="name", value=name), token.first, token.last))
    return tuple(found)
