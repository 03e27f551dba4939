"""Builds the frame of what people want around a meeting, by its label."""

from intents.around.asking_time import asked_time, zones_said
from intents.around.courtesy import courtesy
from intents.around.invitations import acceptance, refusal
from intents.around.phrases import Phrased
from intents.frames import AskTime, Frame, ShareLink
from intents.hearing import Hearing
from intents.sentence import Sentence


def around(label: str, sentence: Sentence, hearing: Hearing) -> Frame | None:
    """The frame of this label. None where it is none of these."""
    match label:
        case "accept":
            return acceptance(sentence, hearing)
        case "decline":
            return refusal(sentence, hearing)
        case "greeting":
            return courtesy(sentence)
        case "timezone":
            return asked_time(Phrased(sentence), hearing) or _zone_at_least(sentence)
        case "share_link":
            return ShareLink(who=tuple(one.mention for one in sentence.people), minutes=sentence.minutes)
    return None


def _zone_at_least(sentence: Sentence) -> AskTime | None:
    """A question about zones of which only the zone was understood; "find time in the morning" is none."""
    said = Phrased(sentence)
    zones = [str(one.value) for one in zones_said(said)]
    if zones:
        return AskTime(zone=sentence.reading.zone or zones[0])
    return None if sentence.has_time or said.has("clock_convert") else AskTime()
