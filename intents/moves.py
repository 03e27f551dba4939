"""Reads a wish to move a meeting: which one, and where to ("to friday 10am", "back 30 minutes")."""

from intents.afterthoughts import made_at, wanted_at
from intents.bare_numbers import LENGTHS, at_bare_hour, is_hour, only_number
from intents.clauses import clauses, reason_apart
from intents.counters import Counter, begins_with_meeting, counter_of
from intents.destinations import day_meant, old_time_first, shares_day
from intents.endings import length_until, split_at_end
from intents.frames import RescheduleMeeting, Target, When
from intents.hearing import Hearing
from intents.length_changes import ends_then, new_length_only, resized
from intents.preferring import preferred
from intents.sentence import Sentence, read_at, read_sentence
from intents.shifts import Shift, shift_at_end, shift_of
from intents.swaps import swap
from intents.targets import target_of
from intents.tokens import Token, renumbered

_VERBS = ("reschedule",)
_BARE_MINUTES = range(5, 121, 5)
_TOKENS_BEFORE, _TOKENS_AFTER = 40, 80  # of the verb; no wish to move a meeting takes more
_DESTINATIONS = 8  # that are tried at most
_AHEAD = 16  # tokens after a "to" in which its time must come


def move(sentence: Sentence, hearing: Hearing) -> RescheduleMeeting:
    """The meeting to be moved, its new time or length, and the reason if one was given."""
    sentence = preferred(sentence) if sentence.evidence.pronoun else sentence
    counter = counter_of(sentence)
    if counter is not None:
        return _countered(counter, sentence, hearing)
    is_told_first = begins_with_meeting(sentence) and not sentence.words.words.says(
        "is_or_has", sentence.tokens
    )
    meant, reason = (sentence, None) if is_told_first else reason_apart(_around_verb(sentence))
    found = swap(meant, hearing) or _resized(with_unit(new_length_only(meant)), hearing)
    found = found if found.minutes else found.model_copy(update={"minutes": _length_behind(sentence)})
    return found.model_copy(update={"reason": reason}) if reason else found


def _length_behind(sentence: Sentence) -> int | None:
    """ "Move my 3pm to 5 and make it 45 min" tells a length too."""
    place = made_at(sentence)
    wanted = wanted_at(sentence, place) if place is not None else None
    return wanted.minutes if wanted is not None and not wanted.has_time else None


def _countered(counter: Counter, sentence: Sentence, hearing: Hearing) -> RescheduleMeeting:
    """ "Can't make my 2pm, could we do 4 instead"."""
    meant = read_sentence(counter.meeting, sentence.words)
    there = read_at(counter.there, sentence.words)
    target = target_of(meant, hearing, _VERBS)
    to = hearing.when(there, there.reading, before=day_meant(there, target.when, hearing))
    return RescheduleMeeting(target=target, to=to, keeps_time=there.reading.same_time)


def _around_verb(sentence: Sentence) -> Sentence:
    """The part of a long text in which its wish to move a meeting stands."""
    tokens, cue = sentence.tokens, sentence.cue("reschedule")
    if len(tokens) <= _TOKENS_BEFORE + _TOKENS_AFTER:
        return sentence
    place = cue.place if cue is not None else 0
    part = tokens[max(place - _TOKENS_BEFORE, 0) : place + _TOKENS_AFTER]
    return sentence.part(part)


def _resized(sentence: Sentence, hearing: Hearing) -> RescheduleMeeting:
    """ "Extend the review by 15 minutes", "make my 3pm 45 minutes"."""
    shift, size = shift_of(sentence), resized(sentence)
    if size is not None and not (shift and shift.is_beside):
        tokens = [token for place, token in enumerate(sentence.tokens) if place not in size.places]
        rest = sentence.part(tokens)
        found = _moved(rest, hearing) if _leads_on(rest) else _without_destination(rest, hearing)
        found = found.model_copy(update={"minutes": size.minutes, "length_change": size.change})
        return _ending(found) if ends_then(sentence, size) else found
    if ends_then(sentence, None):
        return _ending(_moved(sentence, hearing))
    resizes = not sentence.words.words["resizing"].isdisjoint(sentence.norms)
    stays = resizes and sentence.minutes is not None and not _leads_on(sentence)
    found = _without_destination(sentence, hearing) if stays else _moved(sentence, hearing)
    if resizes and sentence.minutes and not (found.to or found.shift or found.keeps_time):
        return found.model_copy(update={"minutes": sentence.minutes})
    return found


def _ending(found: RescheduleMeeting) -> RescheduleMeeting:
    """The new time is when the meeting ends: it stays where it is, and lasts until then."""
    told = found.target.when
    was, minutes = split_at_end(told) if found.to is None else (told, length_until(told, found.to))
    target = found.target.model_copy(update={"when": was})
    change = None if minutes else found.length_change
    return found.model_copy(
        update={"target": target, "to": None, "minutes": minutes or found.minutes, "length_change": change}
    )


def _leads_on(sentence: Sentence) -> bool:
    """Whether a new time may be told besides the length: "on thursday" alone is when the meeting is."""
    return not sentence.words.words["toward"].isdisjoint(sentence.norms)


def _moved(sentence: Sentence, hearing: Hearing) -> RescheduleMeeting:
    sentence = old_time_first(sentence)
    split = _destination(sentence)
    if split == len(sentence.tokens):
        split = _proposal(sentence)
    if split == len(sentence.tokens):
        return _without_destination(sentence, hearing)
    before, after = sentence.tokens[:split], sentence.tokens[split:]
    is_from = any(token.norm in sentence.words.words["from"] for token in before)
    before = [_at(token) if token.norm in sentence.words.words["from"] else token for token in before]
    meant, there = read_sentence(before, sentence.words), read_at(after, sentence.words)
    if _says_when_this_is(meant, sentence, split):
        return _without_destination(sentence, hearing)
    shift = shift_of(there)
    if shift is not None and shift.is_beside:  # "to 30 min later"
        return RescheduleMeeting(target=target_of(meant, hearing, _VERBS), shift=shift.minutes)
    keeps_time = sentence.reading.same_time or there.reading.same_time
    target = target_of(meant, hearing, _VERBS)
    if there.people and not target.who:
        target = target.model_copy(update={"who": tuple(one.mention for one in there.people)})
    to = hearing.when(there, there.reading, before=day_meant(there, target.when, hearing))
    if to is not None and shares_day(meant, there, hearing, is_from=is_from):
        target = target_of(meant, hearing, _VERBS, day=to)
    shift = shift_of(sentence) if to is None else None
    return RescheduleMeeting(
        target=target, to=to, shift=shift.minutes if shift else None, keeps_time=keeps_time
    )


def _says_when_this_is(meant: Sentence, sentence: Sentence, split: int) -> bool:
    """ "Can it be at 9 on friday": both tell the new time."""
    is_led = sentence.tokens[split - 1].norm in sentence.words.words["toward"]
    names_it = meant.evidence.pronoun and not (meant.evidence.meeting or meant.people)
    return not is_led and names_it and bool(meant.reading.stretches)


def _at(token: Token) -> Token:
    """ "at" in place of "from": the old time is a point, and no span that stays open."""
    return Token("mark", "@", "@", first=token.first, last=token.last)


def with_unit(sentence: Sentence) -> Sentence:
    """ "by 15" is by 15 minutes, and so is what a meeting is cut "to"; "um 15" tells the hour."""
    tokens, shortens = sentence.tokens, sentence.words.words.says("shorter", sentence.tokens)
    unit = next(iter(sentence.words.words["bare_unit"]), "")
    for place, token in enumerate(tokens[:-1] if unit else ()):
        number = tokens[place + 1]
        is_last = place + 2 == len(tokens) or tokens[place + 2].kind == "mark"
        leads = (
            sentence.words.words.union("shift", "resized_to") if shortens else sentence.words.words["shift"]
        )
        is_hour = "at" in sentence.words.senses.senses_of(token.norm)
        is_led = token.norm in leads and not is_hour and number.kind == "number"
        if is_led and is_last and int(number.text) in _BARE_MINUTES:
            minutes = Token("word", unit, unit, first=number.last, last=number.last, glued=True)
            return sentence.part([*tokens[: place + 2], minutes, *tokens[place + 2 :]])
    return sentence


def _destination(sentence: Sentence) -> int:
    """Where the new time begins: the first "to" that is followed by a time, else the end."""
    words = sentence.words.words["destination"]
    places = [
        place for place, token in enumerate(sentence.tokens) if token.norm in words and place > sentence.head
    ][:_DESTINATIONS]
    shift = shift_of(sentence)
    for strict in (True, False):
        for place in places:
            if strict and sentence.tokens[place].norm not in sentence.words.words["toward"]:
                continue
            if not strict and shift is not None and shift.first > place:
                continue  # "my 3pm on friday back a week"
            following = sentence.tokens[place + 1 : place + 2]
            if not strict and following and following[0].norm in sentence.words.words["own"]:
                continue  # "another time for my 3pm"
            rest = read_at(sentence.tokens[place + 1 : place + 1 + _AHEAD], sentence.words)
            if _starts_with_time(rest) and (rest.has_time or rest.reading.same_time):
                return place + 1
    return len(sentence.tokens)


def _proposal(sentence: Sentence) -> int:
    """Where a clause begins that tells the new time: "move monday's review, can we do tuesday at 10"."""
    ends = [one.last + 1 for one in clauses(sentence)]
    for end in ends[:-1][:_DESTINATIONS]:
        said = read_sentence(sentence.tokens[:end], sentence.words)
        rest = read_at(renumbered(sentence.tokens[end + 1 :]), sentence.words)
        moves = any(cue.label in _VERBS and cue.place < end for cue in sentence.cues)
        if moves and said.reading.stretches and rest.reading.stretches and not shift_of(rest):
            return end + 1
    return len(sentence.tokens)


def _starts_with_time(sentence: Sentence) -> bool:
    kinds = ("clock", "times", "day", "period", "dates", "stretch", "number")
    for place, token in enumerate(sentence.timed[:5]):
        if token.kind in kinds or token.senses.keys() & {"same_time", "asap"}:
            return True
        if (
            not token.senses.keys()
            & {"glue", "the", "at", "not", "range", "after", "before", "between", "from", "early"}
            and place > 1
        ):
            return False
    return False


def _without_destination(sentence: Sentence, hearing: Hearing) -> RescheduleMeeting:
    """No "to": moved by so much ("an hour later"), or "it" is to be then ("make it 4")."""
    shift = shift_of(sentence) or shift_at_end(sentence)
    keeps_time = sentence.reading.same_time
    if shift is not None:
        meant = read_sentence(_left(sentence.tokens, shift), sentence.words)
        return RescheduleMeeting(
            target=target_of(meant, hearing, _VERBS), shift=shift.minutes, keeps_time=keeps_time
        )
    target = target_of(sentence, hearing, _VERBS)
    is_this = sentence.evidence.pronoun or keeps_time
    number = only_number(sentence) if target == Target(which="this") and hearing.context.booked else None
    if number in LENGTHS:
        return RescheduleMeeting(target=target, minutes=number)
    if is_hour(number):
        there = at_bare_hour(sentence)
        return RescheduleMeeting(
            target=target, to=hearing.when(there, there.reading, before=hearing.context.when)
        )
    if sentence.withheld:  # "don't cancel the 3pm, move it"
        is_this = False
    if is_this and target.when is not None and not (target.who or target.title):
        before = hearing.context.when if hearing.context.booked else None
        to = hearing.when(sentence, sentence.reading, before=before) or target.when
        return RescheduleMeeting(target=Target(which="this"), to=to, keeps_time=keeps_time)
    if target.when is not None and sentence.words.words.says("instead", sentence.tokens):
        return _told_apart(target, target.when, keeps_time=keeps_time)
    return RescheduleMeeting(target=target, keeps_time=keeps_time)


def _told_apart(target: Target, when: When, *, keeps_time: bool) -> RescheduleMeeting:
    """ "My 2pm at 4 instead": of two times the first is the old one."""
    *old, new = when.windows or (None,)
    was = when.model_copy(update={"windows": tuple(old)}) if old else None
    to = when.model_copy(update={"windows": (new,)}) if new is not None and old else when
    return RescheduleMeeting(target=target.model_copy(update={"when": was}), to=to, keeps_time=keeps_time)


def _left(tokens: list[Token], shift: Shift) -> list[Token]:
    return [token for place, token in enumerate(tokens) if not shift.first <= place <= shift.last]
