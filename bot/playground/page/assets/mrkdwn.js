// Slack's mrkdwn as elements: `<…>` codes first, then emphasis. What is not understood stays as it is.
import { dateToken } from "./dates.js";
import { el } from "./dom.js";

const EMOJI = {
  calendar: "📅", spiral_calendar_pad: "🗓️", white_check_mark: "✅", x: "❌", wave: "👋", warning: "⚠️",
  hourglass_flowing_sand: "⏳", eyes: "👀", tada: "🎉", clock3: "🕒", bell: "🔔", lock: "🔒",
};

export const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

export const plain = (text, hasEmoji = true) => (hasEmoji ? withEmoji(unescaped(text)) : unescaped(text));

export function mrkdwn(text, ctx) {
  const fragment = document.createDocumentFragment();
  const blocks = text.split(/```\n?([\s\S]*?)\n?```/);
  blocks.forEach((part, n) => {
    if (n % 2) fragment.append(el("pre", {}, unescaped(part)));
    else if (part) fragment.append(...lines(part, ctx));
  });
  return fragment;
}

function lines(text, ctx) {
  return text.split("\n").flatMap((line, n, all) => {
    const quote = /^(&gt;|>) ?/.exec(line);
    const shown = quote ? [el("blockquote", {}, ...inline(line.slice(quote[0].length), ctx))] : inline(line, ctx);
    return n < all.length - 1 && !quote ? [...shown, el("br")] : shown;
  });
}

const CODES = /`([^`\n]+)`|<([^<>]+)>/g;

function inline(text, ctx) {
  const nodes = [];
  let at = 0;
  const held = []; // codes stand aside as single characters, so that *bold* may span them
  const plainText = text.replace(CODES, (all, code, inside) => {
    held.push(code === undefined ? codeOf(inside, ctx, all) : el("code", {}, unescaped(code)));
    return String.fromCharCode(0xe000 + held.length - 1);
  });
  for (const found of plainText.matchAll(/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?!\w)|(?<!\w)_(\S(?:[^_\n]*\S)?)_(?!\w)|(?<!\w)~(\S(?:[^~\n]*\S)?)~(?!\w)/g)) {
    nodes.push(...leaves(plainText.slice(at, found.index), held));
    const [name, inner] = found[1] ? ["strong", found[1]] : found[2] ? ["em", found[2]] : ["s", found[3]];
    nodes.push(el(name, {}, ...leaves(inner, held)));
    at = found.index + found[0].length;
  }
  return [...nodes, ...leaves(plainText.slice(at), held)];
}

function leaves(text, held) {
  return text.split(/([\ue000-\uf8ff])/).filter(Boolean).map((part) => {
    const code = part.length === 1 ? held[part.charCodeAt(0) - 0xe000] : undefined;
    return code ?? document.createTextNode(withEmoji(unescaped(part)));
  });
}

function codeOf(inside, ctx, all) {
  const bar = inside.indexOf("|");
  const [target, label] = bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
  if (target.startsWith("@")) return el("span", { class: "mention" }, `@${ctx.nameOf(target.slice(1))}`);
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${ctx.roomName(target.slice(1)) ?? label}`);
  if (target.startsWith("!date^")) return dateOf(target, label, ctx);
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${(unescaped(label) || target.slice(1)).replace(/^@/, "")}`);
  return linkOf(unescaped(target), unescaped(label)) ?? document.createTextNode(unescaped(all));
}

function dateOf(target, label, ctx) {
  const [, seconds, format] = target.split("^");
  const words = dateToken(seconds, unescaped(format ?? ""), { zone: ctx.zone, now: ctx.now }) ?? unescaped(label);
  const at = new Date(Number(seconds) * 1000);
  return el("time", { datetime: Number.isNaN(at.getTime()) ? null : at.toISOString(), title: unescaped(label) }, words);
}

function linkOf(address, label) {
  if (!/^(https?:|mailto:)/i.test(address)) return null;
  const shown = label || address.replace(/^mailto:/i, "");
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shown);
}
