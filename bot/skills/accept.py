"""Say yes to a request, as its host."""

from bot.skills.common import requests
from bot.skills.common.adjusting import Adjustment

HOW = Adjustment(name="accept", candidates=requests.waiting, ask=requests.ask, fits=requests.waits)
