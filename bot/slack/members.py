"""Reads a user object of Slack's as a Person."""

from typing import Any

from bot.scheduling.model import Person, Standing

SLACKBOT = "USLACKBOT"  # is_bot is false for it


def read_person(user: dict[str, Any], our_team: str, default_zone: str) -> Person:
    """A person as the rest of the bot knows them, by the name that guests of a meeting should read."""
    profile = user.get("profile") or {}
    standing = _standing(user, our_team)
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return Person(
        id=str(user["id"]),
        name=next((str(one) for one in names if one), str(user["id"])),
        email=profile.get("email") or None,
        zone=user.get("tz") or default_zone,
        locale=_locale(user.get("locale")),
        standing=standing,
        is_admin=standing == "member" and _is_admin(user, our_team),
    )


def _locale(locale: object) -> str:
    """A locale as a tag ("en-GB"): its region tells whether 7/8 is in July."""
    return locale.replace("_", "-") if isinstance(locale, str) and locale else "en"


def _standing(user: dict[str, Any], our_team: str) -> Standing:
    if user.get("is_bot") or user["id"] == SLACKBOT:
        return "bot"
    if user.get("deleted"):
        return "gone"
    if _is_stranger(user, our_team):
        return "stranger"
    return "guest" if user.get("is_restricted") or user.get("is_ultra_restricted") else "member"


def _is_admin(user: dict[str, Any], our_team: str) -> bool:
    """Whether they administer this workspace or its organisation. What they are in another does not count."""
    above = user.get("enterprise_user") or {}
    here = user if user.get("team_id") in (None, our_team) else {}
    return any(one.get(name) is True for one in (here, above) for name in ("is_admin", "is_owner"))


def _is_stranger(user: dict[str, Any], our_team: str) -> bool:
    """Of another organisation. In an Enterprise Grid one's home team may be another of the same company.

    `our_team` is an organisation's id where it installed the bot for all its workspaces.
    """
    if user.get("is_stranger"):
        return True
    above = user.get("enterprise_user") or {}
    ours = (None, *(above.get("teams") or ()), above.get("enterprise_id"))
    return user.get("team_id") not in (None, our_team) and our_team not in ours
