"""A sentence with all that is read from it before anything is decided: times, people, cues."""

from dataclasses import dataclass

from intents.cues import Cue, Evidence, head_of, read_cues, weigh
from intents.frames import Mention
from intents.lexicon import Lexicon
from intents.people import Named, read_people
from intents.places import Placed, read_place
from intents.times.reading import read_times
from intents.times.values import Reading
from intents.tokens import Token, normal, renumbered
from intents.withheld import withheld

AT = Token("mark", "@", "@", first=-1, last=-1)  # put before a bare number, it makes that a time of day


@dataclass(frozen=True)
class Sentence:
    """What the readers of times, people and cues made of a sentence."""

    tokens: list[Token]  # as typed
    timed: list[Token]  # with typed values in place of what was read as time
    words: Lexicon
    reading: Reading
    people: tuple[Named, ...]
    left_out: tuple[Named, ...]  # those who are not to be there
    cues: list[Cue]
    withheld: list[Cue]  # verbs that order nothing: "don't cancel it"
    weights: dict[str, tuple[float, Cue]]
    evidence: Evidence
    norms: set[str]  # the words and marks, each once
    place: Placed | None  # where the meeting is to be
    head: int
    because: tuple[str, ...]

    def part(self, tokens: list[Token]) -> "Sentence":
        """These of its words, or others put in their place, read by themselves."""
        return read_sentence(renumbered(tokens), self.words)

    def weight(self, label: str) -> float:
        """How much speaks for a label."""
        return self.weights[label][0] if label in self.weights else 0.0

    def cue(self, label: str) -> Cue | None:
        """The strongest cue for a label."""
        return self.weights[label][1] if label in self.weights else None

    def places(self, labels: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        """The first and the last place of each cue for these labels."""
        return tuple((cue.place, cue.place + cue.size - 1) for cue in self.cues if cue.label in labels)

    @property
    def named(self) -> tuple[Named, ...]:
        """Everybody who is named, also those who are left out."""
        return (*self.people, *self.left_out)

    @property
    def has_time(self) -> bool:
        """Whether it names or rules out times."""
        reading = self.reading
        return bool(reading.stretches or reading.without or reading.asap)

    @property
    def who(self) -> tuple[Mention, ...]:
        """Those who are to be there."""
        return tuple(one.mention for one in self.people)

    @property
    def size(self) -> int:
        """How many words and numbers are said."""
        return sum(token.kind in ("word", "number") for token in self.tokens)

    @property
    def without_who(self) -> tuple[Mention, ...]:
        """Those who are not to be there."""
        return tuple(one.mention for one in self.left_out)

    @property
    def minutes(self) -> int | None:
        """The stated length of a meeting: the first length in minutes or hours."""
        return next((one.minutes for one in self.reading.lengths if not one.is_coarse and one.minutes), None)


def read_sentence(tokens: list[Token], words: Lexicon) -> Sentence:
    """Read times, people and cues."""
    reading, timed, because = read_times(tokens, words)
    people, left_out = read_people(timed, words)
    place = read_place(tokens, timed, words)
    norms = {token.norm for token in tokens}
    found = read_cues(tokens, words)
    without = withheld(found, tokens, words)
    cues = [cue for cue in found if cue not in without] if without else found
    head = head_of(tokens, words)
    return Sentence(
        tokens=tokens,
        timed=timed,
        words=words,
        reading=reading,
        people=people,
        left_out=left_out,
        cues=cues,
        withheld=without,
        weights=weigh(cues, head, sum(token.kind != "mark" for token in tokens)),
        evidence=_evidence(tokens, norms, reading, people, place, words),
        norms=norms,
        place=place,
        head=head,
        because=(*because, *(("people",) if people else ())),
    )


def read_at(tokens: list[Token], words: Lexicon) -> Sentence:
    """Read what follows "to" or the like; there a bare number is a time of day, as after "at"."""
    return read_sentence([AT, *tokens], words)


def _evidence(
    tokens: list[Token],
    norms: set[str],
    reading: Reading,
    people: tuple[Named, ...],
    place: Placed | None,
    words: Lexicon,
) -> Evidence:
    apart = norms - {normal(word) for word in place.text.split()} if place else norms
    return Evidence(
        time=bool(reading.stretches or reading.without or reading.asap),
        length=bool(reading.lengths),
        people=bool(people),
        meeting=_names_meeting(norms, words) or ("1" in norms and has_phrase(tokens, "1 : 1")),
        calendar=not norms.isdisjoint(words.words["calendar"]) or words.words.says("own_calendar", tokens),
        pronoun=words.words.says("this_meeting", tokens),
        foreign=not apart.isdisjoint(words.words["foreign"]),
    )


def _names_meeting(norms: set[str], words: Lexicon) -> bool:
    """Whether a word is one for a meeting, or a compound that ends with one ("Zahnarzttermin")."""
    endings = tuple(words.words["meeting_ending"])
    return not norms.isdisjoint(words.words["meeting"]) or (
        bool(endings) and any(norm.endswith(endings) for norm in norms)
    )


def has_phrase(tokens: list[Token], phrase: str) -> bool:
    """Whether these words follow each other in the sentence."""
    return f" {phrase} " in f" {' '.join(token.norm for token in tokens)} "
