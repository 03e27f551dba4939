// What a person would have typed for a text as Slack keeps it: `<@UBEN>` was `@ben`.
import { unescaped } from "../common/mrkdwn.js";

export function typed(text, store) {
  return unescaped(text.replace(/<([@#!])([^<>|]+)(?:\|([^<>]*))?>|<([^<>|]+)(?:\|[^<>]*)?>/g, (_, sign, id, label, link) => {
    if (link) return link;
    if (sign === "#") return `#${store.rooms.get(id)?.name ?? label ?? id}`;
    if (sign === "@") return `@${id === store.bot.id ? store.bot.name : (store.people.get(id)?.handle ?? label ?? id)}`;
    return `@${(label ?? id.replace(/^subteam\^\w+/, "")).replace(/^@/, "")}`;
  }));
}
