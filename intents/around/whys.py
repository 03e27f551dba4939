"""Reads the question why: "why that time?", "why not tuesday?"."""

from intents.around.phrases import Phrased
from intents.frames import AskWhy
from intents.hearing import Hearing

_AGAINST = 7  # of "what's wrong with …"


def why(said: Phrased, hearing: Hearing) -> AskWhy | None:
    """What is asked why. "Why don't we …" proposes, "why not?" agrees, "why is the sky blue" is not ours."""
    phrase, sentence = said.best("why"), said.sentence
    if (
        phrase is None
        or phrase.first > said.head() + 1
        or said.has("why_suggests")
        or sentence.evidence.foreign
    ):
        return None
    about = said.words.words.union("why_about", "negation", "meeting")
    if any(norm not in about for norm in said.unsaid(phrase)):
        return None
    is_against = phrase.value == _AGAINST or not said.words.words["negation"].isdisjoint(said.norms())
    negated = [one for one in said.all("why_not") if one.first > phrase.last]
    rest = said.without(phrase, *negated)
    filler = said.words.words["filler"]
    if rest is None or all(one.kind == "mark" or one.norm in filler for one in rest.tokens):
        return None if is_against else AskWhy()
    when = hearing.when(rest, rest.reading, before=hearing.context.when)
    return AskWhy(is_against=is_against, when=when)
