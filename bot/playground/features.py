"""What the bot's manifest promises in Slack: its commands, shortcuts, first prompts and Home tab. Pure."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Immutable; what a manifest says besides is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SlashCommand(Part):
    """A slash command, as Slack lists it while one types. `usage_hint`: what may follow it."""

    command: str
    description: str = ""
    usage_hint: str = ""


class Shortcut(Part):
    """A shortcut: `message` stands in a message's menu, `global` beside the composer."""

    type: Literal["message", "global"]
    callback_id: str
    name: str
    description: str = ""


class Prompt(Part):
    """A first sentence that Slack offers in the direct messages with the app."""

    title: str
    message: str


class AppFeatures(Part):
    """All of it. `home`: whether the app has a Home tab. `unfurl_domains`: of links that it is told."""

    description: str = ""
    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    home: bool = False
    unfurl_domains: tuple[str, ...] = ()


def features_of(manifest: dict[str, Any]) -> AppFeatures:
    """Read them from an app manifest. Raises ValidationError for one that Slack would not take either."""
    features = manifest.get("features", {})
    return AppFeatures(
        description=manifest.get("display_information", {}).get("description", ""),
        commands=features.get("slash_commands", ()),
        shortcuts=features.get("shortcuts", ()),
        prompts=_prompts(features),
        home=features.get("app_home", {}).get("home_tab_enabled", False),
        unfurl_domains=features.get("unfurl_domains", ()),
    )


def _prompts(features: dict[str, Any]) -> Any:
    """They stand under the agent, or under the assistant of older manifests."""
    view = features.get("agent_view") or features.get("assistant_view") or {}
    return view.get("suggested_prompts", ())
