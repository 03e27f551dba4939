// One message, with whom, when and all that can be done with it.
import { avatar } from "../common/avatars.js";
import { blocksOf } from "../blocks/index.js";
import { contextOf } from "./context.js";
import { el } from "../common/dom.js";
import { editor } from "./editing.js";
import { icon } from "../common/icons.js";
import { toolsOf } from "./messagetools.js";
import { sessionOf } from "./session.js";
import { mrkdwn, plain } from "../common/mrkdwn.js";
import { clock, iso, last, long } from "../common/times.js";
import { isReply } from "../common/timeline.js";

export function messageOf(message, frame) {
  const { store, isContinued } = frame;
  const kinds = ["message", message.by_bot && "by-bot", message.only_for && "whisper", isContinued && "continued",
    message.subtype, message.streaming && "streaming", frame.isEdited && "being-edited"];
  const name = `${store.nameOf(message.author)}, ${clock(message.ts, store)}`;
  return el("article", { class: kinds.filter(Boolean).join(" "), tabindex: "-1", "data-ts": message.ts, "aria-label": name },
    above(message, frame),
    el("div", { class: "gutter" }, isContinued ? time(message, store) : avatar(store, message.author)),
    el("div", { class: "content" },
      isContinued ? null : headOf(message, store),
      frame.isEdited ? editor(message, frame) : bodyOf(message, frame),
      ...unfurlsOf(message, frame),
      reactions(message),
      sessionOf(message, frame),
      footOf(message, frame)),
    frame.isEdited ? null : toolsOf(message, frame));
}

function above(message, { store, inThread, openThread }) {
  if (message.only_for) return el("p", { class: "only-you" }, icon("eye"), "Only visible to you");
  if (message.subtype !== "thread_broadcast" || !isReply(message)) return null;
  if (inThread) return el("p", { class: "above" }, "Also sent to the channel");
  const root = store.said.find(message.channel, message.thread_ts);
  const words = root ? plain(root.text.replace(/<[^>]*>/g, "…")).slice(0, 60) : "…";
  const open = () => openThread(message.thread_ts);
  return el("p", { class: "above" }, "replied to a thread: ", el("button", { type: "button", class: "link", on: { click: open } }, words));
}

const time = (message, store) =>
  el("time", { datetime: iso(message.ts), title: long(message.ts, store) }, clock(message.ts, store));

function headOf(message, store) {
  return el("p", { class: "head" },
    el("strong", { class: "author" }, store.nameOf(message.author)),
    message.by_bot ? el("span", { class: "badge" }, "app") : null,
    time(message, store));
}

function bodyOf(message, { store, deeds }) {
  const ctx = contextOf(store, deeds, message);
  const shown = message.blocks.length ? blocksOf(message.blocks, ctx) : [el("div", { class: "words" }, mrkdwn(message.text, ctx))];
  const files = message.files.map((name) => el("p", { class: "file" }, icon("file"), name));
  const edited = message.edited ? el("span", { class: "edited quiet" }, "(edited)") : null;
  const body = el("div", { class: message.blocks.length ? "body card" : "body", "aria-busy": message.streaming && "true" }, ...shown, ...files);
  if (edited) (message.blocks.length ? body : shown[0]).append(" ", edited);
  return body;
}

// What the app shows under the links in a message.
function unfurlsOf(message, { store, deeds }) {
  const draw = ({ url, blocks }) => el("div", { class: "body card unfurl", role: "group", "aria-label": `${store.bot.name} about ${url}` }, ...blocksOf(blocks, contextOf(store, deeds, message)));
  return (message.unfurls ?? []).map(draw);
}

function reactions(message) {
  if (!message.reactions.length) return null;
  const one = (name) => el("li", { title: `:${name}:` }, plain(`:${name}:`), el("span", {}, "1"));
  return el("ul", { class: "reactions", "aria-label": "Reactions" }, ...message.reactions.map(one));
}

function footOf(message, { store, inThread, openThread }) {
  if (inThread || message.only_for || isReply(message)) return null;
  const replies = store.repliesTo(message);
  if (!replies.length) return null;
  const who = [...new Set(replies.map((one) => one.author))].slice(0, 4);
  const words = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  return el("button", { type: "button", class: "replies", on: { click: () => openThread(message.ts) } },
    el("span", { class: "faces" }, ...who.map((id) => avatar(store, id, "small"))),
    el("span", { class: "reply-count" }, words),
    el("span", { class: "quiet" }, `Last ${last(replies.at(-1).ts, store)}`));
}
