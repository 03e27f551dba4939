"""Runs the suite on a real server: `python -m tests.live [pytest's arguments]`, or `make test-live`."""

import os
import subprocess
import sys

from tests.live.servers import KEY, LIVE, URL

USAGE = f"""\
This runs the suite on a real Cal.com server. It makes event types and bookings of its own, months ahead, and
takes them away again (Cal.com sends its mails about them). Say which server, and whose account:

  {URL}=https://api.cal.com/v2   or where your own server's API v2 is
  {KEY}=cal_…                    an API key: Settings, Developer, API keys

Optional:

  CALCOM_TEST_ATTENDEE=…          an address for the bookings' guest; the hosted service may want one whose
                                  domain receives mail. Usual: at example.org, which receives none
  CALCOM_TEST_WEBHOOK_URL=…       where the server reaches this machine (a tunnel), for the webhook round trip
  CALCOM_TEST_WEBHOOK_PORT=…      the port here that this address leads to
"""


def main(arguments: list[str]) -> int:
    """0 when all is well; 2 when it is not said on what to run."""
    if not (os.environ.get(URL) and os.environ.get(KEY)):
        print(USAGE, file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "pytest", "tests/live/test_calcom.py", "-v", *arguments]
    return subprocess.call(command, env={**os.environ, LIVE: "1"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
