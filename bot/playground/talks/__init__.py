"""Whole talks as data: read, performed in the small world, compared with what was written, and recorded."""

from bot.playground.talks.deeds import Deeds
from bot.playground.talks.files import BadTalk, as_toml, read_talk, write_talk
from bot.playground.talks.judge import take
from bot.playground.talks.player import Player, Playing
from bot.playground.talks.recorder import Recorder
from bot.playground.talks.stage import Stage, Stuck
from bot.playground.talks.talk import TUESDAY, Connected, FromOutside, Step, Talk, Trouble
from bot.playground.talks.words import words

__all__ = [
    "TUESDAY",
    "BadTalk",
    "Connected",
    "Deeds",
    "FromOutside",
    "Player",
    "Playing",
    "Recorder",
    "Stage",
    "Step",
    "Stuck",
    "Talk",
    "Trouble",
    "as_toml",
    "read_talk",
    "take",
    "words",
    "write_talk",
]
