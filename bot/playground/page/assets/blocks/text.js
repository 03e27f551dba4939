// Words on their own: section, context, header, divider.
import { el } from "../common/dom.js";
import { elementOf } from "./registry.js";
import { nextId, textOf, wordsOf } from "./words.js";

const LONG = { signs: 900, lines: 14 };

function section(block, ctx) {
  const id = nextId();
  const said = el("div", { class: "bk-said", id },
    block.text ? long(block, ctx) : null,
    block.fields ? el("ul", { class: "fields" }, ...block.fields.map((one) => el("li", {}, textOf(one, ctx)))) : null);
  if (!block.accessory) return el("div", { class: "section" }, said);
  const accessory = elementOf(block.accessory, block, { ...ctx, near: id });
  return el("div", { class: "section bk-with-accessory" }, said, el("div", { class: "bk-accessory" }, accessory));
}

// A long text is folded, unless the app wants it whole.
function long(block, ctx) {
  const words = block.text.text;
  const text = el("div", {}, textOf(block.text, ctx));
  const isLong = words.length > LONG.signs || words.split("\n").length > LONG.lines;
  if (block.expand || !isLong) return text;
  text.classList.add("bk-folded");
  const more = el("button", { type: "button", class: "bk-link", "aria-expanded": "false", on: { click: unfold } }, "See more");
  function unfold() {
    const isFolded = text.classList.toggle("bk-folded");
    more.setAttribute("aria-expanded", String(!isFolded));
    more.textContent = isFolded ? "See more" : "See less";
  }
  return el("div", {}, text, more);
}

const isImage = (one) => one.type === "image";

const context = (block, ctx) =>
  el("div", { class: "context" }, ...block.elements.map((one) =>
    isImage(one) ? elementOf(one, block, { ...ctx, isSmall: true }) : el("span", {}, textOf(one, ctx))));

const header = (block) => el(`h${Math.min(6, 2 + (block.level ?? 1))}`, { class: "bk-header" }, wordsOf(block.text));

export const text = { blocks: { section, context, header, divider: () => el("hr", { class: "bk-divider" }) } };
