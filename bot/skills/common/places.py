"""Where a meeting may take place, read from what somebody typed, or from what the calendar says. Pure."""

import re
from typing import Final

from bot.scheduling.model import Place

PHONE: Final = re.compile(r"\+[1-9]\d{6,14}")  # E.164
IN_NUMBERS: Final = str.maketrans("", "", " ().-/")
LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)

# Video apps by what people call them: names of brands, the same in every language.
APPS: Final = {
    "zoom": "zoom",
    "google meet": "google-meet",
    "google": "google-meet",
    "gmeet": "google-meet",
    "meet": "google-meet",
    "teams": "office365-video",
    "ms teams": "office365-video",
    "microsoft teams": "office365-video",
    "cal video": "cal-video",
    "cal.com video": "cal-video",
    "webex": "webex-video",
    "jitsi": "jitsi",
    "whereby": "whereby-video",
    "facetime": "facetime-video",
}

SUGGESTED: Final = ("Zoom", "Google Meet", "Microsoft Teams", "Cal Video")


def place_in(text: str) -> Place:
    """A link, a number or an app, where it is one; else an address, as typed."""
    said = text.strip().strip("<>")
    if LINK.fullmatch(said):
        return Place(kind="link", value=said)
    digits = said.translate(IN_NUMBERS)
    if PHONE.fullmatch(digits):
        return Place(kind="phone", value=digits)
    app = APPS.get(said.lower())
    return Place(kind="app", value=app) if app else Place(kind="address", value=said)
