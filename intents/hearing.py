"""Who speaks, where and when: what turns a reading of times into windows and hours."""

from datetime import datetime

from intents.frames import Context, Recurrence, When
from intents.sentence import Sentence
from intents.times.extents import Here
from intents.times.impossible import is_impossible
from intents.times.resolving import recurrence_of, when_of
from intents.times.values import Reading
from intents.times.wall_clock import zone_of


class Hearing:
    """Who speaks, where and when; turns readings into times. `local`: now on the speaker's clock."""

    def __init__(self, *, now: datetime, tz: str, context: Context) -> None:
        self.now = now
        self.tz = tz
        self.context = context
        self.local = now.astimezone(zone_of(tz))

    def when(
        self, sentence: Sentence, reading: Reading, *, before: When | None = None, looks_back: bool = False
    ) -> When | None:
        """What a reading asks for, in the zone that was named or in the speaker's."""
        name = reading.zone or self.tz
        here = Here(self.local, zone_of(name), sentence.words)
        return when_of(
            reading,
            here=here,
            zone=name,
            zone_said=reading.zone is not None,
            before=before,
            looks_back=looks_back,
        )

    def recurrence(self, sentence: Sentence, *, is_new: bool = False) -> Recurrence | None:
        """How the meeting is to repeat; None where that is not said. `is_new`: it is to be booked."""
        repeats = sentence.reading.repeats
        if repeats is None or (repeats.is_implied and not is_new):
            return None
        zone = zone_of(sentence.reading.zone or self.tz)
        return recurrence_of(repeats, Here(self.local, zone, sentence.words))

    def is_impossible(self, sentence: Sentence) -> bool:
        """Whether a date or a time of day is named that does not exist."""
        return is_impossible(sentence.reading, sentence.timed, self.local.date(), sentence.words)
