"""Finds what a meeting is about: quoted words, words after "about", or what is left between verb and time."""

from intents.lexicon import Lexicon
from intents.sentence import Sentence
from intents.tokens import Token, normal, places_of, text_of

_WORDS_AT_MOST = 6
_LEAD_WORDS = 4  # of "on the topic of"


def title_of(
    sentence: Sentence, taken: tuple[tuple[int, int], ...] = (), *, is_new: bool = False
) -> str | None:
    """The title that was said. None rather than rubbish.

    "Quick chat" is one only where the meeting `is_new`: a kind of meeting may have that name.
    """
    quoted = next((token for token in sentence.tokens if token.kind == "quote"), None)
    if quoted is not None:
        return quoted.text.strip("\"'\u201c\u201d\u201e ").strip() or None
    called = _called(sentence)
    if called is not None:
        return called
    runs = _runs(sentence, taken)
    led = [run for run in runs if _is_led(sentence.timed, run, sentence.words)]
    titles = (
        (_described(run, sentence.words) if is_new else None) or _title(run, sentence.words)
        for run in [*led, *runs]
    )
    return next((title for title in titles if title is not None), None)


def _called(sentence: Sentence) -> str | None:
    """All that follows "called" or "title:", up to a time, a person or a mark."""
    timed, words = sentence.timed, sentence.words
    begin = next((sum(one) for one in words.words.spots("naming", timed)), len(timed))
    if begin == len(timed):
        return None
    begin += int(begin < len(timed) and timed[begin].norm == ":")
    named = places_of(sentence.named)
    end = begin
    while end < len(timed) and _is_in_name(timed[end], words) and timed[end].first not in named:
        end += 1
    while end > begin and timed[end - 1].norm in words.words["bare"]:
        end -= 1
    return text_of(timed[begin:end]) if 0 < end - begin <= _WORDS_AT_MOST else None


def _is_in_name(token: Token, words: Lexicon) -> bool:
    if token.kind == "mark":
        return token.glued and token.norm in words.words["title_joint"]
    is_number = token.kind == "number"
    return (is_number or (token.kind == "word" and token.value is None)) and token.norm not in words.words[
        "with"
    ]


def _described(run: list[Token], words: Lexicon) -> str | None:
    """A meeting with the words that tell its kind: "intro call", "short sync"; not "new meeting"."""
    empty = words.words.union("plain", "title_noise")
    describing = words.words["describing"]
    ends = [place for place, token in enumerate(run) if place and token.norm in words.words["meeting"]]
    kept = run[: ends[-1] + 1] if ends else []
    while kept and kept[0].norm in empty and kept[0].norm not in describing:
        kept.pop(0)
    before = kept[:-1]
    if (
        not before
        or len(kept) > _WORDS_AT_MOST
        or any(one.norm in empty and one.norm not in describing for one in before)
    ):
        return None
    says_kind = any(one.norm in describing for one in before)
    return text_of(kept) if says_kind or kept[-1].norm not in words.words["plain_end"] else None


def _runs(sentence: Sentence, taken: tuple[tuple[int, int], ...]) -> list[list[Token]]:
    """Neighbouring words that nothing else has claimed."""
    names = places_of(sentence.named)
    names |= places_of([sentence.place]) if sentence.place else set()
    names |= {place for first, last in taken for place in range(first, last + 1)}
    runs: list[list[Token]] = [[]]
    for place, token in enumerate(sentence.timed):
        is_own = (runs[-1] != [] and _goes_on(sentence, place)) or (
            token.kind == "word" and not _is_claimed(token, sentence.words)
        )
        if token.kind == "word" and token.norm in sentence.words.words["kept_title"]:
            is_own = True
        if is_own and token.first not in names:
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _goes_on(sentence: Sentence, place: int) -> bool:
    """ "q3", "post-mortem": what is joined to the word before it."""
    token, after = sentence.timed[place], sentence.timed[place + 1 : place + 2]
    is_joint = token.norm in sentence.words.words["title_joint"] and any(one.glued for one in after)
    return token.glued and (is_joint or token.kind == "number")


_TIME_SENSES = frozenset(
    {
        "weekday",
        "month",
        "relday",
        "daypart",
        "unit",
        "tonight",
        "half",
        "same_time",
        "their_time",
        "asap",
        "weekdays",
    }
)


def _is_claimed(token: Token, words: Lexicon) -> bool:
    stem = normal(token.text.replace("\u2019", "'").partition("'")[0])  # "what's", "can't"
    claimed = words.words.union("stop", "negation", "leaving_out", "taking_off")
    if all(part in words.words["stop"] for part in token.norm.split()):
        return True
    return token.norm in claimed or stem in words.words["stop"] or bool(token.senses.keys() & _TIME_SENSES)


def _is_led(tokens: list[Token], run: list[Token], words: Lexicon) -> bool:
    """Whether "about", "called" or the like stands before it."""
    place = tokens.index(run[0]) - 1
    while place >= 0 and tokens[place].norm in ("the", "a", "an", "our", "my", ":"):
        place -= 1
    return any(
        words.size_at("title_lead", tokens, begin) == place + 1 - begin
        for begin in range(max(place - _LEAD_WORDS + 1, 0), place + 1)
    )


def _title(run: list[Token], words: Lexicon) -> str | None:
    run = list(run)
    while run and run[0].norm in words.words["title_noise"]:
        run.pop(0)
    while run and run[-1].norm in words.words["title_noise"]:
        run.pop()
    if not run or len(run) > _WORDS_AT_MOST or all(token.norm in words.words["plain"] for token in run):
        return None
    while len(run) > 1 and run[-1].norm in words.words["plain_end"]:
        run.pop()
    return text_of(run).rstrip("'\u2019").removesuffix("'s").removesuffix("\u2019s")
