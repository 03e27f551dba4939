"""Weighs a guess against what the rules made of a sentence, and says which of the two holds."""

from intents.answers import changed
from intents.bare import bare_label, length_asked
from intents.choices import pick
from intents.counters import counter_of
from intents.frames import (
    AcceptMeeting,
    AskTime,
    Context,
    DeclineMeeting,
    Frame,
    NotUnderstood,
    Question,
    Target,
)
from intents.guessing import Guess, guess
from intents.hearing import Hearing
from intents.labels import PLAIN, asks_whether, is_negated, leftover, tells_failure, tells_news
from intents.one_order import has_reserve
from intents.requests import request
from intents.sentence import Sentence

_ACTS = frozenset({"book", "cancel", "reschedule"})  # carried out after one more yes: never by a faint guess
_WEIGHED: frozenset[Question | None] = frozenset({None, "offer", "confirm"})  # elsewhere the question decides
_OBJECTED = frozenset({"stop", "no", "cancel"})  # no guess makes an approval of these
# the articles after "book" with which it can be no such thing
_BOOKED_BY = {"list": ("definite", "indefinite"), "none": ("definite",)}
_TOLD_BY = {"no": ("no", "decline"), "yes": ("yes", "accept")}
_LATIN = "\u024f"  # the last letter of the alphabets that were learned
_LEAD = 0.25  # that a guess needs over the rules
_LEAD_TO_ACT = 0.5
_WORDS_OF_ITS_OWN = 3  # of a phrase that can be nothing else
_LEAD_OVER_PHRASE = 3.0  # over a known phrase that is all that is said


def second_thought(
    sentence: Sentence, hearing: Hearing, frame: Frame, ruled: str
) -> tuple[Frame, str] | None:
    """The frame and the label that a guess puts in place of the rules'. None where the rules hold."""
    if _is_settled(sentence, hearing.context, frame, ruled):
        return None
    found = guess(sentence, hearing.context.question, ruled)
    if found is None or found.label == ruled or found.lead_over(ruled) < _needed(found, ruled, sentence):
        return None
    if not _may_be(found.label, ruled, sentence, hearing.context):
        return None
    made = _made(found.label, sentence, hearing)
    if made is None and (found.label == "timezone" or not isinstance(frame, NotUnderstood)):
        return None
    return made or frame, found.label


def _may_be(guessed: str, ruled: str, sentence: Sentence, talk: Context) -> bool:
    """Whether nothing that was said speaks against a guess."""
    if guessed in _ACTS and not _may_act(sentence):
        return False
    if any(cue.label == guessed for cue in sentence.withheld):
        return False  # "don't cancel it"
    match guessed:
        case "cancel" | "stop" if sentence.left_out:
            return False  # "drop ben from the sync"
        case "yes":
            return not (ruled in _OBJECTED or _is_reserved(sentence))
        case "greeting":
            return not _asks_or_agrees(ruled, sentence, talk)
        case "find_slots" if ruled == "refine" and not (sentence.people or _asks(sentence)):
            return False  # "i'm free all afternoon" tells which of the times
        case "list" if _asks_if_it_fits(sentence):
            return False  # "does 5pm work tomorrow?"
        case "book" if talk.question is not None and _says_what_not(sentence):
            return False  # "not lunch, coffee" changes what is open
        case "book":
            return not (ruled == "list" and _begins_to_ask(sentence))  # "is there something at 10?"
    return not (ruled == "book" and _begins_to_book(sentence, guessed))  # "book the offsite for monday at 9"


def _asks_or_agrees(ruled: str, sentence: Sentence, talk: Context) -> bool:
    """ "Good morning, when am i free?", "how's friday for …?"; "great, see you there" to a proposal."""
    if (ruled == "yes" and talk.question == "confirm") or (ruled == "find_slots" and _is_whole(sentence)):
        return True
    cue = sentence.cue(ruled)
    return cue is not None and cue.size >= _WORDS_OF_ITS_OWN


def _is_settled(sentence: Sentence, talk: Context, frame: Frame, ruled: str) -> bool:
    """Whether no guess is asked for: the rules, or the question that stands open, are sure."""
    if _is_unlearned(sentence):
        return True
    if talk.question not in _WEIGHED or (ruled == "book" and _is_whole(sentence)):
        return True
    if talk.cancels and ruled in ("yes", "reschedule"):
        return True
    if talk.booked and ruled in ("cancel", "reschedule"):
        return True
    if ruled in ("cancel", "reschedule") and sentence.evidence.foreign and talk.question is None:
        return True  # "my train is late, cancel my 10am": told apart already
    if ruled == "reschedule" and counter_of(sentence) is not None:
        return True  # "can't do the retro on thursday, how about friday?"
    if isinstance(frame, AskTime) and frame.wants == "set":
        return True  # "i'm on berlin time now"
    if ruled == "none" and "chat" in sentence.weights:
        return True  # "did you watch the match?"
    return talk.question is None and isinstance(frame, NotUnderstood) and tells_news(sentence)


def _begins_to_book(sentence: Sentence, guessed: str) -> bool:
    """Whether it begins with "book the …", and tells a time."""
    cue, words = sentence.cue("book"), sentence.words.words
    if cue is None or cue.place != sentence.head or not sentence.evidence.time:
        return False
    after = sentence.tokens[cue.place + cue.size : cue.place + cue.size + 1]
    is_verb = sentence.tokens[cue.place].norm not in words["adding"]
    return is_verb and any(one.norm in words.union(*_BOOKED_BY.get(guessed, ())) for one in after)


def _is_reserved(sentence: Sentence) -> bool:
    """Whether a yes is said under a condition, or nothing but a sound ("hm")."""
    yes = sentence.cue("yes")
    return has_reserve(sentence, yes) if yes is not None else _is_mere_sound(sentence)


def _is_mere_sound(sentence: Sentence) -> bool:
    """Whether "hm" or another filler is all that is said."""
    return sentence.size == 1 and sentence.norms <= sentence.words.words.union("filler", "stop")


def _is_unlearned(sentence: Sentence) -> bool:
    """Whether it is written in letters of which nothing was learned."""
    words = [token.norm for token in sentence.tokens if token.kind == "word"]
    return bool(words) and all(min(word) > _LATIN for word in words)


def _asks_if_it_fits(sentence: Sentence) -> bool:
    """Whether it is asked if a time suits, and not what is on then."""
    evidence, fits = sentence.evidence, sentence.words.words["fitting_well"]
    named = evidence.meeting or evidence.calendar
    return asks_whether(sentence) and not named and not fits.isdisjoint(sentence.norms)


def _says_what_not(sentence: Sentence) -> bool:
    """Whether nothing is said but what it is not to be."""
    evidence = sentence.evidence
    return is_negated(sentence) and not (evidence.people or evidence.time or evidence.length)


def _begins_to_ask(sentence: Sentence) -> bool:
    """Whether it begins with "is there"."""
    places = range(sentence.head + 1)
    return any(sentence.words.size_at("asking_there", sentence.tokens, place) for place in places)


def _needed(found: Guess, ruled: str, sentence: Sentence) -> float:
    """How far a guess must lead over the rules."""
    if _is_all_said(ruled, sentence):
        return _LEAD_OVER_PHRASE
    return _LEAD_TO_ACT if found.label in _ACTS or found.label == "yes" else _LEAD


def _is_all_said(ruled: str, sentence: Sentence) -> bool:
    """Whether nothing but "i'll have to pass" is said: a phrase of several words that tells a yes or a no."""
    labels = _TOLD_BY.get(ruled, ())
    is_phrase = any(cue.label in labels and cue.size > 1 for cue in sentence.cues)
    return is_phrase and leftover(sentence, labels) == 0


def _is_whole(sentence: Sentence) -> bool:
    """Whether a wish tells who and when, how long and when, or nothing but when ("tomorrow at 3?")."""
    is_time_alone = all(token.value is not None or token.kind == "mark" for token in sentence.timed)
    is_asked = bare_label(sentence) == "book" and length_asked(sentence) > 0
    return sentence.evidence.time and (sentence.evidence.people or is_time_alone or is_asked)


def _may_act(sentence: Sentence) -> bool:
    """Whether a calendar is spoken of, and nothing that other services do, and nobody is quoted."""
    quoted = any(token.kind == "quote" for token in sentence.tokens)
    if any(cue.label == "book" and tells_failure(sentence, cue) for cue in sentence.cues):
        return False
    return sentence.evidence.is_ours and not sentence.evidence.foreign and not quoted


def _asks(sentence: Sentence) -> bool:
    """Whether a word of asking stands in it."""
    return not sentence.words.words["question"].isdisjoint(sentence.norms)


def _made(label: str, sentence: Sentence, hearing: Hearing) -> Frame | None:
    """The frame of a label. None where the sentence does not hold enough for one."""
    if label in PLAIN:
        return PLAIN[label]
    match label:
        case "pick":
            return pick(sentence, hearing)
        case "refine":
            return changed(sentence, hearing)
        case "timezone" if not (label in sentence.weights or _asks(sentence)):
            return None  # "i'm in london"
        case "none":
            return NotUnderstood()
    frame = request(label, sentence, hearing)
    if isinstance(frame, AcceptMeeting | DeclineMeeting) and not _names(frame.target):
        return None  # a bare "accept" answers what was asked
    return frame


def _names(target: Target) -> bool:
    """Whether a meeting is told by its time, its people or its title."""
    return bool(target.when or target.who or target.title)
