// The menu behind three dots.
import { el } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { outside } from "./actions.js";
import { told } from "./acting.js";
import { floating } from "./popup.js";
import { nextId, wordsOf } from "./words.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function overflow(element, block, ctx) {
  const id = nextId();
  const choose = (one) => () => { popup.close(); opener.focus(); told(opener, element, block, ctx, { option: one.value ?? "" }); };
  const entries = element.options.map((one) => entry(one, choose(one)));
  const menu = el("div", { role: "menu", id, class: "bk-pop bk-menu", "aria-label": "More actions", on: { keydown: steer } }, ...entries);
  const opener = el("button", {
    type: "button", class: "button bk-dots", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id,
    "aria-label": "More actions", on: { click: toggle, keydown: (event) => STEPS[event.key] && open(event) },
  }, icon("more"));
  const holder = el("div", { class: "bk-overflow", on: { focusout: left } }, opener, menu);
  const popup = floating(holder, menu, () => opener.setAttribute("aria-expanded", "false"));

  function toggle(event) {
    if (popup.isOpen) popup.close();
    else open(event);
  }
  function open(event) {
    event.preventDefault();
    popup.open();
    opener.setAttribute("aria-expanded", "true");
    entries[0].focus();
  }
  function left(event) {
    if (!holder.contains(event.relatedTarget)) popup.close();
  }
  function steer(event) {
    const step = STEPS[event.key];
    if (event.key !== "Escape" && !step) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length].focus();
    else { popup.close(); opener.focus(); }
  }
  return holder;
}

function entry(one, choose) {
  const about = one.description ? el("span", { class: "bk-about" }, wordsOf(one.description)) : null;
  const attributes = { role: "menuitem", class: "bk-option", tabindex: "-1", on: { click: choose } };
  const name = el("span", { class: "bk-name" }, wordsOf(one.text));
  if (one.url) return el("a", { ...attributes, ...outside(one.url) }, name, about);
  return el("button", { type: "button", ...attributes }, name, about);
}

export const menus = { elements: { overflow } };
