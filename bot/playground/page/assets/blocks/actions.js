// Things to press: the actions block, buttons of every kind, and the overflow menu.
import { el } from "../common/dom.js";
import { told } from "./acting.js";
import { elementOf } from "./registry.js";
import { wordsOf } from "./words.js";

const actions = (block, ctx) =>
  el("div", { class: "actions" }, ...block.elements.map((one) => elementOf(one, block, ctx)));

function button(element, block, ctx) {
  const act = (event) => told(event.currentTarget, element, block, ctx, {});
  const attributes = { class: `button ${element.style ?? "usual"}`, "data-action": element.action_id, "aria-label": element.accessibility_label, on: { click: act } };
  if (element.url) return el("a", { ...attributes, ...outside(element.url) }, wordsOf(element.text));
  return el("button", { type: "button", ...attributes }, wordsOf(element.text));
}

// An address of the app's goes to a new tab, and only where it is one of the web.
export const outside = (url) =>
  ({ href: /^https?:/i.test(url) ? url : null, target: "_blank", rel: "noopener noreferrer" });

export const presses = { blocks: { actions }, elements: { button, workflow_button: button } };
