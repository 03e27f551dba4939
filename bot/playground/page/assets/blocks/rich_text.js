// Rich text: sections, lists, quotes and code, and what stands in a line.
import { dateToken } from "../common/dates.js";
import { el } from "../common/dom.js";
import { emoji, emojiOf } from "../common/emoji.js";
import { outside } from "./actions.js";

const mention = (words) => el("span", { class: "mention" }, words);

const INLINE = {
  text: ({ text }) => text,
  link: ({ url, text }) => el("a", outside(url), text || url),
  emoji: ({ name, unicode }) => (unicode ? emojiOf(unicode) : emoji(name) ?? `:${name}:`),
  user: ({ user_id }, ctx) => mention(`@${ctx.nameOf(user_id)}`),
  usergroup: ({ usergroup_id }, ctx) => mention(`@${ctx.nameOf(usergroup_id)}`),
  team: ({ team_id }, ctx) => mention(`@${ctx.nameOf(team_id)}`),
  channel: ({ channel_id }, ctx) => mention(`#${ctx.roomName(channel_id) ?? channel_id}`),
  broadcast: ({ range }) => mention(`@${range}`),
  color: ({ value }) => el("span", { class: "bk-colour" }, swatch(value), value),
  date,
};

function swatch(value) {
  const made = el("span", { class: "bk-swatch", "aria-hidden": "true" });
  if (/^#[0-9a-f]{3,8}$/i.test(value)) made.style.background = value;
  return made;
}

function date({ timestamp, format, url, fallback }, ctx) {
  const words = dateToken(timestamp, format, ctx) ?? fallback ?? String(timestamp);
  const at = new Date(timestamp * 1000);
  const time = el("time", { datetime: Number.isNaN(at.getTime()) ? null : at.toISOString(), title: fallback }, words);
  return url ? el("a", outside(url), time) : time;
}

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function inline(one, ctx) {
  const shown = INLINE[one.type]?.(one, ctx) ?? el("span", { class: "unknown" }, `(${one.type})`);
  const names = Object.keys(STYLES).filter((name) => one.style?.[name]);
  return names.reduceRight((inside, name) => el(STYLES[name], {}, inside), shown);
}

const line = (elements, ctx) => elements.map((one) => inline(one, ctx));

function list({ elements, style, indent = 0, offset = 0, border }, ctx) {
  const isOrdered = style === "ordered";
  const made = el(isOrdered ? "ol" : "ul", { class: `bk-list level-${indent % 3}`, start: isOrdered && offset ? offset + 1 : null },
    ...elements.map((one) => el("li", {}, ...line(one.elements, ctx))));
  made.style.marginInlineStart = `${indent * 1.4}rem`;
  return bordered(made, border);
}

const bordered = (made, border) => (border ? el("blockquote", {}, made) : made);

const PARTS = {
  rich_text_section: ({ elements }, ctx) => el("p", { class: "bk-rich" }, ...line(elements, ctx)),
  rich_text_list: list,
  rich_text_quote: ({ elements, border }, ctx) => bordered(el("blockquote", { class: "bk-rich" }, ...line(elements, ctx)), border),
  rich_text_preformatted: ({ elements, border }, ctx) => bordered(el("pre", {}, ...line(elements, ctx)), border),
};

const rich_text = (block, ctx) => el("div", { class: "bk-rich-text" }, ...numbered(block.elements).map((one) =>
  PARTS[one.type]?.(one, ctx) ?? el("p", { class: "unknown" }, `(${one.type})`)));

// A numbered list goes on after one that stood deeper, as people count.
function numbered(parts) {
  const counts = [];
  return parts.map((one) => {
    if (one.type !== "rich_text_list") counts.length = 0;
    if (one.type !== "rich_text_list" || one.style !== "ordered") return one;
    const level = one.indent ?? 0;
    counts.length = Math.min(counts.length, level + 1);
    const offset = one.offset ?? counts[level] ?? 0;
    counts[level] = offset + one.elements.length;
    return { ...one, offset };
  });
}

export const rich = { blocks: { rich_text }, elements: { rich_text: (element, block, ctx) => rich_text(element, ctx) } };
