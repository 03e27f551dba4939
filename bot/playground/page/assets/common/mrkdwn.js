// Slack's mrkdwn as elements: `<…>` codes first, then emphasis. What is not understood stays as it is.
import { dateToken } from "./dates.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";

export const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => emoji(name) ?? all);

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

// Code, `<…>`, and an address that stands bare, without the full stop after it.
const CODES = /`([^`\n]+)`|<([^<>]+)>|(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~])/g;
const EMPHASIS = /(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?!\w)|(?<!\w)_(\S(?:[^_\n]*\S)?)_(?!\w)|(?<!\w)~(\S(?:[^~\n]*\S)?)~(?!\w)/g;

function inline(text, ctx) {
  const held = []; // codes stand aside as single characters, so that *bold* may span them
  const rest = text.replace(CODES, (all, code, inside, bare) => {
    if (bare && ctx.verbatim) return all;
    held.push(code !== undefined ? el("code", {}, unescaped(code)) : bare ? linkOf(unescaped(bare), "") : codeOf(inside, ctx, all));
    return String.fromCharCode(0xe000 + held.length - 1);
  });
  return emphasised(rest, held);
}

function emphasised(text, held) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(EMPHASIS)) {
    const [name, inner] = found[1] ? ["strong", found[1]] : found[2] ? ["em", found[2]] : ["s", found[3]];
    nodes.push(...leaves(text.slice(at, found.index), held), el(name, {}, ...emphasised(inner, held)));
    at = found.index + found[0].length;
  }
  return [...nodes, ...leaves(text.slice(at), held)];
}

export function leaves(text, held) {
  return text.split(/([\ue000-\uf8ff])/).filter(Boolean).map((part) => {
    const code = part.length === 1 ? held[part.charCodeAt(0) - 0xe000] : undefined;
    return code ?? document.createTextNode(withEmoji(unescaped(part)));
  });
}

// What stands between < and >; `all` where it is nothing that is known.
export function codeOf(inside, ctx, all) {
  const bar = inside.indexOf("|");
  const [target, label] = bar < 0 ? [inside, ""] : [inside.slice(0, bar), inside.slice(bar + 1)];
  if (target.startsWith("@")) return mention(`@${ctx.nameOf(target.slice(1))}`);
  if (target.startsWith("#")) return mention(`#${ctx.roomName(target.slice(1)) ?? label}`);
  if (target.startsWith("!date^")) return dateOf(target, label, ctx);
  if (target.startsWith("!")) return mention(`@${(unescaped(label) || groupOf(target, ctx)).replace(/^@/, "")}`);
  return linkOf(unescaped(target), unescaped(label)) ?? document.createTextNode(unescaped(all));
}

const mention = (words) => el("span", { class: "mention" }, words);

const groupOf = (target, ctx) => (target.startsWith("!subteam^") ? ctx.nameOf(target.slice("!subteam^".length)) : target.slice(1));

function dateOf(target, label, ctx) {
  const [, seconds, format] = target.split("^");
  const words = dateToken(seconds, unescaped(format ?? ""), { zone: ctx.zone, now: ctx.now, locale: ctx.locale }) ?? unescaped(label);
  const at = new Date(Number(seconds) * 1000);
  return el("time", { datetime: Number.isNaN(at.getTime()) ? null : at.toISOString(), title: unescaped(label) }, words);
}

export function linkOf(address, label) {
  if (!/^(https?:|mailto:)/i.test(address)) return null;
  const shown = label || address.replace(/^mailto:/i, "");
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shown);
}
