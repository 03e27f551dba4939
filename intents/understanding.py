"""The pipeline of hearing: tokens, times, people, cues; then the answer to an open question, or a request."""

from dataclasses import replace
from datetime import datetime

from intents.afterthoughts import with_afterthought
from intents.ambiguity import second_reading
from intents.answers import answer
from intents.around.asides import aside
from intents.around.courtesy import courtesy
from intents.choices import pick
from intents.conventions import words_of
from intents.detecting import language_meant
from intents.frames import (
    Ambiguity,
    Context,
    Frame,
    Help,
    NotUnderstood,
    Stop,
    Understanding,
    Wish,
)
from intents.hearing import Hearing
from intents.labels import PLAIN, label_of, small_talk
from intents.lexicon import DEFAULT_LANGUAGE
from intents.open_hours import with_open_hour
from intents.requests import request
from intents.second_thoughts import second_thought
from intents.sentence import Sentence, read_sentence
from intents.slack_text import plain_text
from intents.spans import is_over
from intents.times.wall_clock import zone_of
from intents.typed import tokens_of

_NOTHING_OPEN = Context()
_SURE = 5  # of a cue for a change
_CHOICE_WORDS = 6  # a choice out of the blue is short


def understand(
    text: str,
    *,
    now: datetime,
    tz: str,
    language: str = DEFAULT_LANGUAGE,
    context: Context = _NOTHING_OPEN,
) -> Understanding:
    """Read one sentence. `now` is aware, `tz` the speaker's IANA zone.

    What is not understood gives a NotUnderstood frame, never an exception.
    """
    said = plain_text(text, zone_of(tz))
    words = words_of(language, context.conventions)
    other = language_meant(said, words)
    words = words_of(other, context.conventions) if other else words
    tokens = tokens_of(said, words)
    if not tokens:
        return Understanding(frame=NotUnderstood())
    sentence = with_afterthought(with_open_hour(read_sentence(tokens, words)))
    hearing = Hearing(now=now, tz=tz, context=context)
    frame, because = _decided(sentence, hearing)
    if _hangs_on_time(frame, sentence, hearing) and hearing.is_impossible(sentence):
        return Understanding(
            frame=NotUnderstood(why="impossible_time"), because=(*sentence.because, "time:impossible")
        )
    frame, ambiguity, others = _unambiguous(frame, sentence, hearing)
    return Understanding(
        frame=frame,
        ambiguity=ambiguity,
        alternatives=others,
        because=(*((f"language:{other}",) if other else ()), *sentence.because, *because),
        implied=_implied(sentence),
    )


def _unambiguous(
    frame: Frame, sentence: Sentence, hearing: Hearing
) -> tuple[Frame, Ambiguity | None, tuple[Frame, ...]]:
    """A wish, what in its times can be meant in two ways, and the other wish; of two only what is to come."""
    if not isinstance(frame, Wish):
        return frame, None, ()
    second = second_reading(sentence.reading, sentence.words, hearing.local.date())
    if second is None:
        return frame, None, ()
    other = _decided(replace(sentence, reading=second[1]), hearing)[0]
    if not isinstance(other, Wish) or other == frame or is_over(other.when, hearing.now):
        return frame, None, ()
    return (other, None, ()) if is_over(frame.when, hearing.now) else (frame, second[0], (other,))


def _hangs_on_time(frame: Frame, sentence: Sentence, hearing: Hearing) -> bool:
    """Whether a time that there is not would change what is meant: never to be passed over in silence."""
    if isinstance(frame, Help | Stop):
        return False
    if isinstance(frame, NotUnderstood):
        is_answer = hearing.context.question is not None
        return (is_answer or sentence.evidence.is_ours) and not sentence.evidence.foreign
    return True


def _decided(sentence: Sentence, hearing: Hearing) -> tuple[Frame, tuple[str, ...]]:
    """The frame, and whether a rule or a guess decided for it."""
    frame, label = by_rules(sentence, hearing)
    ruled = label_by_rules(frame, label)
    guessed = second_thought(sentence, hearing, frame, ruled)
    if guessed is not None:
        return guessed[0], (f"guess:{guessed[1]}",)
    return frame, (f"intent:{label}",) if label else ()


def label_by_rules(frame: Frame, label: str | None) -> str:
    """The one name for what the rules decided: the kind of the frame, or the label of what has none."""
    return (label or "none") if isinstance(frame, NotUnderstood) else frame.kind


def by_rules(sentence: Sentence, hearing: Hearing) -> tuple[Frame, str | None]:
    """The frame and the label that the ordered rules decide for."""
    if hearing.context.question is not None:
        return answer(sentence, hearing) or (NotUnderstood(), None)
    found = aside(sentence, hearing)
    if found is not None:
        return found, found.kind
    label = _of_the_talk(label_of(sentence), sentence, hearing)
    frame = request(label, sentence, hearing) if label else None
    if frame is not None:
        return frame, label
    chosen = pick(sentence, hearing) if label is None and sentence.size <= _CHOICE_WORDS else None
    if chosen is not None and not sentence.evidence.foreign:
        return chosen, "pick"
    said = label or _courteous(small_talk(sentence), sentence)
    return _small_talk(said, sentence), said


def _of_the_talk(label: str | None, sentence: Sentence, hearing: Hearing) -> str | None:
    """ "Cancel it", after a meeting was booked, is no "never mind"; "can we do that friday" moves it."""
    if hearing.context.booked and label is None and sentence.evidence.pronoun and _changes_time(sentence):
        return "reschedule"
    if sentence.left_out and label in (None, "stop"):
        return None  # "drop dana from it"
    names_it = label in (None, "stop") and sentence.evidence.pronoun and "cancel" in sentence.weights
    return "cancel" if names_it and hearing.context.booked else label


def _changes_time(sentence: Sentence) -> bool:
    """Whether another time is proposed: "can we do that friday at 9", "later that day?"."""
    change = sentence.cue("change")
    if not sentence.has_time and not sentence.weights.keys().isdisjoint(("later", "earlier")):
        return True
    return bool(sentence.reading.stretches) and change is not None and change.weight >= _SURE


def _courteous(label: str | None, sentence: Sentence) -> str | None:
    """ "Perfect, thanks" is thanks where nothing was asked, and "looking forward to it" a farewell."""
    thanks = any(cue.label in ("thanks", "bye") for cue in sentence.cues)
    objects = not sentence.words.words["contrast"].isdisjoint(sentence.norms)
    return "greeting" if label in ("yes", "no") and thanks and not objects else label


def _small_talk(label: str | None, sentence: Sentence) -> Frame:
    if label == "greeting":
        return courtesy(sentence)
    return PLAIN.get(label or "", NotUnderstood())


def _implied(sentence: Sentence) -> tuple[str, ...]:
    parts = (one.times.part for one in sentence.reading.stretches if one.times is not None and one.times.part)
    return tuple(f"hours:{part}" for part in dict.fromkeys(parts))
