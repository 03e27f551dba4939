"""Settings that name an API v1 lead to the adapter; any other to API v2."""

import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.v1.calendar import V1Calendar
from bot.dialling import calendar_of, open_line
from bot.settings import Settings


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        ({"CAL_API_URL": "https://cal.acme.example/api/v1"}, V1Calendar),
        ({"CAL_API_URL": "http://cal:3003/v1", "CAL_SERVER": "v1"}, V1Calendar),
        ({"CAL_API_URL": "https://cal.acme.example/api/v2"}, CalcomCalendar),
        ({}, CalcomCalendar),
    ],
)
async def test_the_address_decides_which_api_is_spoken(env: dict[str, str], kind: type):
    settings, problems = Settings.readable({"CAL_API_KEY": "cal_0123456789", **env})

    async with open_line(settings) as line:
        assert isinstance(calendar_of(settings, line), kind)
    assert not [one for one in problems if one.about.startswith("CAL_")]


@pytest.mark.parametrize("url", ["https://api.cal.com/v1", "https://api.cal.com/v1/"])
def test_the_hosted_api_v1_is_refused_with_the_reason(url: str):
    _, problems = Settings.readable({"CAL_API_KEY": "cal_0123456789", "CAL_API_URL": url})

    assert ["shut down in April 2026" in one.wrong for one in problems if one.about == "CAL_API_URL"] == [
        True
    ]
