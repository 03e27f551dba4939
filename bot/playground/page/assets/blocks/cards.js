// Boxes: cards, rows of cards, containers that fold, alerts.
import { el } from "../common/dom.js";
import { drawn, elementOf } from "./registry.js";
import { textOf, wordsOf } from "./words.js";

const icon = (element, block, ctx) => element && elementOf(element, block, { ...ctx, isSmall: true });

function card(block, ctx) {
  return el("article", { class: "bk-card" },
    block.hero_image ? el("div", { class: "bk-hero" }, elementOf(block.hero_image, block, ctx)) : null,
    heading(block.icon, block, ctx, block.title && textOf(block.title, ctx), block.subtitle),
    block.body ? el("div", {}, textOf(block.body, ctx)) : null,
    block.actions ? el("div", { class: "actions" }, ...block.actions.map((one) => elementOf(one, block, ctx))) : null);
}

function heading(picture, block, ctx, title, subtitle) {
  if (!picture && !title && !subtitle) return null;
  return el("div", { class: "bk-heading" }, icon(picture, block, ctx),
    el("div", {}, title ? el("div", { class: "bk-title" }, title) : null,
      subtitle ? el("div", { class: "bk-about" }, textOf(subtitle, ctx)) : null));
}

function carousel(block, ctx) {
  const cards = block.elements.map((one) => el("li", {}, card(one, ctx)));
  const row = el("ul", { class: "bk-carousel", tabindex: "0", "aria-label": "Cards" }, ...cards);
  const go = (by) => () => row.scrollBy({ left: by * row.clientWidth * .8 });
  const turn = (words, sign, by) =>
    el("button", { type: "button", class: "button", "aria-label": words, on: { click: go(by) } }, sign);
  if (cards.length < 2) return row;
  return el("div", {}, row, el("div", { class: "bk-pages" },
    turn("Cards before", "‹", -1), el("span", { class: "bk-about" }, `${cards.length} cards`), turn("Next cards", "›", 1)));
}

function container(block, ctx) {
  const title = block.rich_text_title ? elementOf(block.rich_text_title, block, ctx) : wordsOf(block.title);
  const head = heading(block.icon, block, ctx, title, block.subtitle);
  const looks = `bk-container ${block.width ?? "standard"}${block.has_header_divider ? " lined" : ""}`;
  const inside = el("div", { class: "bk-inside" }, ...drawn(block.child_blocks, ctx));
  if (!block.is_collapsible) return el("section", { class: looks }, head, inside);
  return el("details", { class: looks, open: !block.default_collapsed }, el("summary", {}, head), inside);
}

const LEVELS = {
  default: ["•", "Note"], info: ["ℹ", "For your information"], warning: ["⚠", "Warning"], error: ["✕", "Error"], success: ["✓", "Success"],
};

function alert(block, ctx) {
  const level = LEVELS[block.level] ? block.level : "default";
  const [sign, words] = LEVELS[level];
  return el("div", { class: `bk-alert ${level}`, role: "note", "aria-label": words },
    el("span", { class: "bk-sign", "aria-hidden": "true" }, sign), el("div", {}, textOf(block.text, ctx)));
}

export const cards = { blocks: { card, carousel, container, alert } };
