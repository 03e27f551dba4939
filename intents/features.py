"""What a guess looks at: words, with times and people as classes, and what the grammar made of them."""

from collections.abc import Iterator
from itertools import pairwise

from intents.sentence import Sentence
from intents.tokens import Token, places_of

_CLASSES = {
    **dict.fromkeys(("mention", "mail", "page"), "PERSON"),
    **{"quote": "QUOTE", "length": "LENGTH", "emoji": "EMOJI"},
}
_MARKS = "?!,"
_LONGEST_COUNTED = 12  # words; longer sentences count as this long
_GRAMS = (3, 4)
_GROUPS = (  # groups of words of a language file that tell wishes apart
    "past",
    "negation",
    "question",
    "determiner",
    "everyone",
    "own",
    "speaker",
    "absence",
    "asked_of",
    "adding",
    "adding_people",
    "listing",
    "this_meeting",
    "leaving_out",
    "reason_subject",
    "comparative",
    "with",
)


def words_of(sentence: Sentence) -> list[str]:
    """The words in order; a time is `TIME`, a length `LENGTH`, people are `PERSON`, a number is `NUMBER`."""
    people = places_of(sentence.people)
    said: list[str] = []
    for place, token in enumerate(sentence.timed):
        for word in ["PERSON"] if place in people else _words(token):
            if not (said and said[-1] == word and word.isupper()):
                said.append(word)
    return said


def _words(token: Token) -> list[str]:
    if token.kind in _CLASSES:
        return [_CLASSES[token.kind]]
    if token.kind == "number":
        return ["ORDINAL" if token.value is not None and token.value.ordinal else "NUMBER"]
    if token.value is not None:
        return ["TIME"]
    if token.kind == "word":
        return token.norm.split()
    return [token.norm] if token.norm in _MARKS else []


def grams(word: str) -> list[str]:
    """The word itself and the runs of letters in it: a misspelled word shares most of them."""
    whole = f"w={word}"
    if word.isupper():
        return [whole]
    framed = f"<{word}>"
    runs = [framed[at : at + size] for size in _GRAMS for at in range(len(framed) - size + 1)]
    return [whole, *[f"g={run}" for run in runs]]


def features(sentence: Sentence, words: list[str], question: str, ruled: str) -> list[str]:
    """All that speaks besides single words. `ruled`: what the rules made of the sentence."""
    found = [""]
    framed = ["<", *words, ">"]
    found += [f"b={one} {two}" for one, two in pairwise(framed)]
    found += [f"r={ruled}", f"r={ruled}/{question}", f"q={question}"]
    if question:
        found += [f"q={question} {word}" for word in dict.fromkeys(words)]
    size = min(sum(word not in _MARKS for word in words), _LONGEST_COUNTED)
    found += [f"l={size}", f"l={size // 2}/{question}"]
    found += _of_evidence(sentence, question, ruled)
    found += _of_cues(sentence)
    found += _of_groups(sentence)
    return found


def _of_evidence(sentence: Sentence, question: str, ruled: str) -> Iterator[str]:
    seen = [
        name for name, is_there in zip(sentence.evidence._fields, sentence.evidence, strict=True) if is_there
    ]
    for name in seen:
        yield f"e={name}"
        yield f"e={name}/{question}"
        yield f"e={name}/{ruled}"
    yield f"e={'+'.join(seen)}"


def _of_cues(sentence: Sentence) -> Iterator[str]:
    for label, (weight, cue) in sentence.weights.items():
        yield f"c={label}"
        yield f"c={label} {int(weight)}"
        if cue.place <= sentence.head < cue.place + cue.size:
            yield f"h={label}"
    best = sorted(sentence.weights, key=lambda label: -sentence.weights[label][0])[:2]
    yield f"c={' '.join(best[:1])} best"
    yield f"c={' '.join(best)} best two"


def _of_groups(sentence: Sentence) -> Iterator[str]:
    head = sentence.tokens[sentence.head].norm
    for name in _GROUPS:
        group = sentence.words.words[name]
        if not sentence.norms.isdisjoint(group):
            yield f"k={name}"
            if head in group:
                yield f"k={name} first"
