"""The layout of everything we keep in Redis; docs/operations.md is written from this file."""

from hashlib import sha256

VERSION = "v1"

DAY = 24 * 3600
STATE_SECONDS = (
    7 * DAY
)  # a thread is forgotten a week after its last word, unless its workspace's rules differ
WORK_SECONDS = 7 * DAY  # waiting work; renewed with each arrival in its lane
DEAD_SECONDS = 7 * DAY
LATER_SECONDS = 7 * DAY  # after the last one is due
ASIDE_SECONDS = 7 * DAY
LEDGER_SECONDS = DAY
MARK_SECONDS = 7 * DAY  # what changed longer ago is told to nobody
CHAIN_SECONDS = 90 * DAY  # afterwards the calendar is asked again
AUDIT_SEEN_SECONDS = 8 * DAY  # longer than a thread, and with it a proposal, is kept
STOP_SECONDS = 600  # far longer than a turn takes
DEAD_KEPT = 50  # a lane


def usual_seconds(lane: str) -> int:
    """How long a thread is kept where nobody has decided."""
    return STATE_SECONDS


class Keys:
    """Names keys. A lane stands in `{…}`: Redis Cluster then keeps all of a lane in one place, so that
    transactions and scripts over several of its keys work there too.

    Raises ValueError for a prefix that is empty or holds braces.
    """

    def __init__(self, prefix: str) -> None:
        if not prefix or "{" in prefix or "}" in prefix:
            raise ValueError("a prefix is needed, without braces")
        self.prefix = prefix

    def state(self, lane: str) -> str:
        """String: the thread, one sealed document. 7 days after the last save, or as the rules say."""
        return self._of(lane, "state")

    def aside(self, lane: str) -> str:
        """List: the last documents of this thread that could not be read, newest last. 7 days."""
        return self._of(lane, "aside")

    def lock(self, lane: str) -> str:
        """String: the token of who works on the thread. 8 seconds, renewed while held."""
        return self._of(lane, "lock")

    def inbox(self, lane: str) -> str:
        """List: works that wait, oldest first; each an id and a sealed document. 7 days
        after the last arrival."""
        return self._of(lane, "inbox")

    def tries(self, lane: str) -> str:
        """Hash: id of a waiting work -> how often it was begun. 7 days."""
        return self._of(lane, "tries")

    def dead(self, lane: str) -> str:
        """List: works given up, newest last, at most 50. 7 days.

        It is the lane's own, not one for all, so that a work moves here in one step on a cluster as well.
        """
        return self._of(lane, "dead")

    def why(self, lane: str) -> str:
        """Hash: id of a work given up -> when, after how many tries, what kind of error. 7 days."""
        return self._of(lane, "why")

    def dead_lanes(self) -> str:
        """Sorted set: lanes that may have works given up -> when the last was. 7 days and a minute.

        Written before the work is moved there, so that none is ever out of its sight.
        """
        return f"{self.prefix}:{VERSION}:dead-lanes"

    def lanes(self) -> str:
        """Sorted set: lanes that may have work -> when it came (Unix seconds by its taker's clock).

        Written before the work itself, and struck off where the lane is found empty twice, so no work is ever
        out of its sight. No expiry; looks around keep it small.
        """
        return f"{self.prefix}:{VERSION}:lanes"

    def later_due(self) -> str:
        """Sorted set: id of a work for later -> when it is due (Unix milliseconds). 7 days after the last."""
        return f"{self.prefix}:{VERSION}:later:{{later}}:due"

    def later_works(self) -> str:
        """Hash: id of a work for later -> when it is due and the sealed work. 7 days after the last."""
        return f"{self.prefix}:{VERSION}:later:{{later}}:works"

    def later_lock(self) -> str:
        """String: the token of who moves what is due into its lane. 8 seconds at most."""
        return f"{self.prefix}:{VERSION}:later:{{later}}:lock"

    def period(self, name: str) -> str:
        """String: the number of the period in which this was done last. Two periods."""
        return f"{self.prefix}:{VERSION}:period:{name}"

    def ledger(self, reference: str) -> str:
        """String: the sealed Slack id of who makes this write. 24 hours. The reference is hashed: a booking's
        uid is a secret and must not stand in a key."""
        digest = sha256(f"{self.prefix}:{reference}".encode()).hexdigest()
        return f"{self.prefix}:{VERSION}:ledger:{digest}"

    def chain(self, team: str, uid: str) -> str:
        """String: the meeting that this booking is of, a hash of the first uid that it had. 90 days.
        The uid is hashed."""
        digest = sha256(f"{self.prefix}:{uid}".encode()).hexdigest()
        return self._team(team, f"chain:{digest}")

    def mark(self, team: str, person: str, account: str) -> str:
        """String: until when this calendar was looked through. 7 days."""
        return self._team(team, f"mark:{person}/{account}" if person else "mark:shared")

    def booking_lock(self, uid: str) -> str:
        """String: the request id of who changes this booking. 90 seconds at most. The uid is hashed."""
        digest = sha256(f"{self.prefix}:{uid}".encode()).hexdigest()
        return f"{self.prefix}:{VERSION}:booking-lock:{digest}"

    def budget(self, credential: str) -> str:
        """Hash: how many requests may still be sent with this credential (`tokens`, as of `at`, Redis's own
        clock), and what the server said (`said`, until `until`). Ten minutes after the last one. The
        credential's name is a hash."""
        return f"{self.prefix}:{VERSION}:budget:{credential}"

    def audit(self, team: str) -> str:
        """Stream: the workspace's audit log, each entry sealed. AUDIT_DAYS after the last one; entries older
        than that are dropped when one is added."""
        return f"{self._audit(team)}:log"

    def audit_seen(self, team: str, step: str) -> str:
        """String: that this step stands in the audit log. 8 days."""
        return f"{self._audit(team)}:seen:{step}"

    def audit_teams(self) -> str:
        """Set: the workspaces that have an audit log. No expiry: there are few."""
        return f"{self.prefix}:{VERSION}:audit-teams"

    def people(self, team: str) -> str:
        """Hash: Slack id -> what this person has connected, sealed. No expiry: until they disconnect."""
        return self._team(team, "people")

    def emails(self, team: str) -> str:
        """Hash: keyed hash of an account's e-mail -> the Slack id of who connected it. As long as that."""
        return self._team(team, "emails")

    def person_lock(self, team: str, person: str) -> str:
        """String: the token of who changes what this person has connected. 8 seconds, renewed while held."""
        return self._team(team, f"lock:{_tag(person)}")

    def rules(self, team: str) -> str:
        """String: what the workspace's admins have decided, sealed. No expiry."""
        return self._team(team, "rules")

    def preferences(self, team: str) -> str:
        """Hash: Slack id -> what this person prefers, sealed. No expiry: until they have it deleted."""
        return self._team(team, "preferences")

    def stop(self, team: str, channel: str, root: str) -> str:
        """String: when somebody said stop in this agent session (Unix seconds, Slack's clock). 10 minutes."""
        return self._team(team, f"stop:{channel}:{_tag(root)}")

    def snapshot(self, team: str, person: str) -> str:
        """String: what this person's page showed last, sealed. As long as threads are kept."""
        return self._team(team, f"page:{_tag(person)}")

    def hook_secret(self) -> str:
        """String: what the webhooks are signed with that the bot makes by itself, sealed. No expiry."""
        return f"{self.prefix}:{VERSION}:hook-secret"

    def installations(self) -> str:
        """Hash: a workspace, or `org:` and an organisation -> the bot's installation there, sealed.
        No expiry: until it is uninstalled."""
        return f"{self.prefix}:{VERSION}:installations:{{installations}}:all"

    def workspaces_of(self, enterprise: str) -> str:
        """Set: workspaces that this organisation's installation has served. As long as that."""
        return f"{self.prefix}:{VERSION}:installations:{{installations}}:of:{_tag(enterprise)}"

    def installation_lock(self, place: str) -> str:
        """String: the token of who rotates this installation's token. 8 seconds, renewed while held."""
        return f"{self.prefix}:{VERSION}:installations:{{installations}}:lock:{_tag(place)}"

    def ticket(self, kind: str, ticket: str) -> str:
        """String: a single-use note, sealed. As long as whoever puts it says. The ticket is hashed: whoever
        sees the key cannot use it."""
        digest = sha256(f"{self.prefix}:{kind}:{ticket}".encode()).hexdigest()
        return f"{self.prefix}:{VERSION}:ticket:{kind}:{digest}"

    def _team(self, team: str, kind: str) -> str:
        return f"{self.prefix}:{VERSION}:team:{{{_tag(team)}}}:{kind}"

    def _audit(self, team: str) -> str:
        return f"{self.prefix}:{VERSION}:audit:{{{_tag(team)}}}"

    def _of(self, lane: str, kind: str) -> str:
        return f"{self.prefix}:{VERSION}:{{{_tag(lane)}}}:{kind}"


def _tag(lane: str) -> str:
    """A name with braces written otherwise: a `}` would end the tag early. Injective."""
    if not lane:
        raise ValueError("an empty name: its keys would not share a slot")
    return lane.replace("%", "%25").replace("{", "%7B").replace("}", "%7D")


def lane_in(key: str) -> str:
    """The lane whose key this is."""
    tag = key.partition("{")[2].rpartition("}")[0]
    return tag.replace("%7D", "}").replace("%7B", "{").replace("%25", "%")
