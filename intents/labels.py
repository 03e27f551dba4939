"""Decides what kind of request a sentence is, from its cues and from what else it holds."""

from collections.abc import Mapping

from intents.bare import bare_label
from intents.clauses import is_foreign_apart
from intents.counters import counter_of, is_instead, makes_it_later
from intents.cues import Cue, is_weak
from intents.frames import Frame, More, No, Stop, Yes
from intents.sentence import Sentence

_CHANGES = ("reschedule", "cancel")
PLAIN: Mapping[str, Frame] = {"yes": Yes(), "no": No(), "stop": Stop(), "more": More()}  # hold nothing else
_REQUESTS = ("reschedule", "cancel", "decline", "accept", "find_slots", "list", "book")
_OTHERS = ("greeting", "stop", "no", "yes", "more")
_SURE_STOP = 7  # "cancel that request" speaks to the bot, "cancel" of a meeting
_CLEAR = 5  # of a cue that needs no other evidence
_HELPLESS = 3  # words that "help" may stand among and still be all that is said
_LEFT_AT_MOST = {"stop": 3, "greeting": 3}  # content words that no cue covers
_LEFT = 2


def label_of(sentence: Sentence) -> str | None:
    """The label of a request that stands by itself. None where there is none."""
    stop = sentence.cue("stop")
    if stop is not None and stop.weight >= _SURE_STOP and not sentence.evidence.calendar:
        return "stop"
    if counter_of(sentence) is not None:
        return "reschedule"
    found = {label: _weight(sentence, label) for label in _REQUESTS}
    best = max(_REQUESTS, key=lambda label: found[label])
    if best == "list" and (_asks_for_free_time(sentence) or _asks_to_ask(sentence)):
        best = "find_slots"
    if best == "list" and _meets_somebody(sentence):
        return "book"
    if best in ("book", "find_slots") and (makes_it_later(sentence) or is_instead(sentence)):
        best = "reschedule"
    for label in ("timezone", "share_link", "help"):
        if sentence.weight(label) > max(found[best], 5.0) and _is_about(sentence, label):
            return label
    if found[best] > 0:
        return best
    if best == "reschedule" and found["book"] > 0:
        return best
    if tells_news(sentence):
        return None
    said = _implied(sentence) or bare_label(sentence)
    is_moved = is_instead(sentence) or makes_it_later(sentence)
    return "reschedule" if said in ("book", "find_slots") and is_moved else said


def _weight(sentence: Sentence, label: str) -> float:
    """How much speaks for a request; nothing where a calendar is not the subject."""
    cue = sentence.cue(label)
    if cue is None:
        return 0.0
    evidence = sentence.evidence
    if label in _CHANGES and evidence.foreign and is_foreign_apart(sentence):
        evidence = evidence._replace(foreign=False)
    if evidence.foreign and not evidence.calendar and not (evidence.people and evidence.time):
        return 0.0
    if not evidence.is_ours and not _speaks_alone(cue) and not _is_all(sentence, cue):
        return 0.0
    if label == "book" and is_weak(cue) and (_tells_absence(sentence, cue) or tells_failure(sentence, cue)):
        return 0.0
    if label in _CHANGES and _tells_of_others(sentence, cue):
        return 0.0
    if label == "cancel" and not evidence.calendar and _takes_out(sentence, cue):
        return 0.0
    if label == "list" and is_weak(cue) and _tells_absence(sentence):
        return 0.0
    if label == "list" and is_weak(cue) and not (evidence.meeting or evidence.calendar):
        return 0.0
    if label == "book" and is_weak(cue) and cue.place > sentence.head:
        return sentence.weight(label) if evidence.people or evidence.meeting else 0.0
    return sentence.weight(label)


def _takes_out(sentence: Sentence, cue: Cue) -> bool:
    """ "Drop <@U2> from it": somebody is not to come."""
    return any(one.first == cue.place + cue.size for one in sentence.left_out)


def _meets_somebody(sentence: Sentence) -> bool:
    """ "i need to see <@U2> today": not their calendar."""
    cue = sentence.cue("list")
    if cue is None or sentence.evidence.calendar:
        return False
    end = cue.place + cue.size
    words = sentence.words.words
    asks = sentence.tokens[cue.place].norm in words["question"]  # "did i meet <@U2>?"
    meets = sentence.tokens[end - 1].norm in words["meeting_whom"] and not asks
    return meets and any(one.first == end for one in sentence.people)


def tells_failure(sentence: Sentence, cue: Cue) -> bool:
    """ "the invite didn't arrive" is news."""
    after = sentence.tokens[cue.place + cue.size : cue.place + cue.size + 1]
    return any(token.norm in sentence.words.words["failing"] for token in after)


def _tells_of_others(sentence: Sentence, cue: Cue) -> bool:
    """ "they moved the release to thursday" is news."""
    words, before = sentence.words.words, sentence.tokens[max(cue.place - 1, 0) : cue.place]
    is_past = sentence.tokens[cue.place].norm in words["changed_past"]
    return is_past and any(token.norm in words["somebody"] for token in before)


def tells_news(sentence: Sentence) -> bool:
    """ "she cancelled the review", "the invite didn't arrive": nothing is asked for."""
    by_others = any(cue.label in _CHANGES and _tells_of_others(sentence, cue) for cue in sentence.cues)
    by_failure = any(cue.label == "book" and tells_failure(sentence, cue) for cue in sentence.cues)
    return bool(sentence.withheld) or by_others or by_failure or _tells_past(sentence)


def _tells_past(sentence: Sentence) -> bool:
    """ "i was in meetings all day": no question, and nothing is to be done."""
    tokens, words = sentence.tokens, sentence.words
    opening = words.words.union("clause_end", "hailing")
    told = any(
        words.size_at("telling_past", tokens, place) and (not place or tokens[place - 1].norm in opening)
        for place in range(sentence.head + 1)
    )
    return told and tokens[-1].text != "?"


def _is_all(sentence: Sentence, cue: Cue) -> bool:
    """Whether nothing but "reschedule", "cancel everything" or "what's on?" is said."""
    match cue.label:
        case "reschedule":
            return cue.weight >= _CLEAR and leftover(sentence, ("reschedule",)) == 0
        case "cancel":
            return cue.weight >= _CLEAR and _means_everything(sentence)
    return cue.label == "list" and asks_agenda(sentence)


def _means_everything(sentence: Sentence) -> bool:
    """ "cancel everything", "cancel them all": no meeting is named, and none is left out."""
    whole = sentence.words.words["everything"]
    said = sum(token.norm in whole for token in sentence.tokens)
    counted = sum(token.norm in whole - sentence.words.words["stop"] for token in sentence.tokens)
    return said > 0 and leftover(sentence, ("cancel",)) <= counted


def asks_agenda(sentence: Sentence) -> bool:
    """Whether "what's on?" or "what's next?" is all that is said."""
    asks = "agenda" in sentence.weights or sentence.weight("list") > _CLEAR + 1
    return asks and not sentence.has_time and leftover(sentence, ("list", "agenda")) == 0


def _tells_absence(sentence: Sentence, cue: Cue | None = None) -> bool:
    """ "i'll be out friday" is news, not a meeting; "block off friday" is none."""
    evidence = sentence.evidence
    end = cue.place + cue.size if cue is not None and cue.place == sentence.head else 0
    norms = {token.norm for token in sentence.tokens[end:]}
    return bool(norms & sentence.words.words["absence"]) and not (evidence.people or evidence.calendar)


def _asks_for_free_time(sentence: Sentence) -> bool:
    """A word for free time makes a question about the calendar one about free time."""
    cue = sentence.cue("find_slots")
    return cue is not None and cue.weight >= _CLEAR


def _speaks_alone(cue: Cue) -> bool:
    """Whether a cue is clear without anything else ("when am i free")."""
    if cue.label in ("find_slots", "list") and cue.weight > _CLEAR and cue.size > 1:
        return True
    return (cue.weight >= 4 and cue.size >= 3) or (
        cue.label in ("book", "accept", "decline") and not is_weak(cue)
    )


def _is_about(sentence: Sentence, label: str) -> bool:
    """Whether help is asked for itself: not "help me book …", not "thanks for the help"."""
    if label != "help":
        return True
    evidence = sentence.evidence
    if evidence.meeting or evidence.time or evidence.calendar or evidence.foreign:
        return False
    cue = sentence.cue("help")
    is_bare = cue is not None and cue.size == 1
    if is_bare and leftover(sentence, ("help",)) > _HELPLESS:
        return False
    return sentence.weight("greeting") < sentence.weight("help")


def _implied(sentence: Sentence) -> str | None:
    """What a sentence without a verb asks for: "meetings today", "30 min with <@U2> tomorrow"."""
    evidence = sentence.evidence
    if evidence.foreign:
        return None
    if not sentence.norms.isdisjoint(sentence.words.words["failing"]):
        return None
    if (evidence.calendar or sentence.norms & sentence.words.words["listing"]) and not evidence.length:
        return "list"
    words = sentence.words.words
    if evidence.people and evidence.time and asks_whether(sentence):
        return "find_slots"
    if sentence.tokens[sentence.head].norm in words["question"] or sentence.norms & words["past"]:
        return None
    if _tells_absence(sentence) or sentence.weight("greeting") > sentence.weight("book"):
        return None
    meeting = evidence.meeting and _is_noun(sentence)
    named = evidence.people and not sentence.norms.isdisjoint(sentence.words.words["with"])
    described = meeting or (evidence.people and evidence.length) or named
    return "book" if described and (evidence.time or evidence.length) else None


def _asks_to_ask(sentence: Sentence) -> bool:
    """ "Check if thursday works for …"."""
    words, head = sentence.words, sentence.head
    whether = words.size_at("asking_whether", sentence.tokens, head)
    asks = whether or sentence.tokens[0].norm in words.words["asking_verbs"]
    return bool(asks) and sentence.evidence.people and sentence.evidence.time and asks_whether(sentence)


def asks_whether(sentence: Sentence) -> bool:
    """ "Does thursday work for …?", "ask … if friday works"."""
    words = sentence.words.words
    first = next((token for token in sentence.tokens if token.norm not in words["hailing"]), None)
    if sentence.words.size_at("asking_whether", sentence.tokens, sentence.head):
        first = sentence.tokens[sentence.head]
    asks = first is not None and first.norm in words.union("asked_of", "asking")
    if asks and not words["asked"].isdisjoint(sentence.norms):
        return True
    if sentence.words.size_at("asked_how", sentence.tokens, sentence.head):
        return True  # "how's thursday for <@U2>?"
    return _asks_how_it_looks(sentence)


def _asks_how_it_looks(sentence: Sentence) -> bool:
    """ "How's tomorrow looking for …?", "what does friday look like for …"."""
    words = sentence.words.words
    asks = sentence.tokens[sentence.head].norm in words["question"]
    return asks and not words["looking"].isdisjoint(sentence.norms)


def _is_noun(sentence: Sentence) -> bool:
    """Whether a meeting is named: not the verb of "review my draft"."""
    words, tokens = sentence.words.words, sentence.tokens
    nouns = [place for place, token in enumerate(tokens) if token.norm in words["meeting"]]
    return not nouns or any(
        place + 1 == len(tokens) or tokens[place + 1].norm not in words["determiner"] for place in nouns
    )


def leftover(sentence: Sentence, labels: tuple[str, ...]) -> int:
    """How many words with content are covered by no cue of these labels."""
    covered = {
        place
        for cue in sentence.cues
        if cue.label in labels
        for place in range(cue.place, cue.place + cue.size)
    }
    words = sentence.words.words
    return sum(
        token.kind in ("word", "number")
        and place not in covered
        and token.norm not in words["stop"]
        and token.norm not in words["filler"]
        for place, token in enumerate(sentence.tokens)
    )


def small_talk(sentence: Sentence) -> str | None:
    """A label for what is no request: yes, no, stop, more, greeting. None where there is none."""
    evidence = sentence.evidence
    if evidence.foreign or (evidence.people and evidence.time):
        return None
    found = {label: sentence.weight(label) for label in _OTHERS if label in sentence.weights}
    if found.get("yes") and is_negated(sentence):
        found = {**found, "no": max(found.get("no", 0.0), found.pop("yes"))}
    if not found:
        return None
    best = max(found, key=lambda label: found[label])
    return best if leftover(sentence, _OTHERS) <= _LEFT_AT_MOST.get(best, _LEFT) else None


def is_negated(sentence: Sentence) -> bool:
    """Whether a "not" stands outside of what is said for yes ("no problem" is a yes)."""
    yes = {
        place
        for cue in sentence.cues
        if cue.label == "yes" and cue.size > 1
        for place in range(cue.place, cue.place + cue.size)
    }
    negation = sentence.words.words["negation"]
    return any(token.norm in negation and place not in yes for place, token in enumerate(sentence.tokens))
