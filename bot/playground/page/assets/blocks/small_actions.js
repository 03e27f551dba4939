// The small buttons under an answer: good or bad, and icons.
import { el } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { told } from "./acting.js";
import { elementOf } from "./registry.js";
import { wordsOf } from "./words.js";

const ICONS = { trash: "bin" }; // all that Slack has

const contextActions = (block, ctx) =>
  el("div", { class: "bk-context-actions" }, ...block.elements.map((one) => elementOf(one, block, ctx)));

function feedbackButtons(element, block, ctx) {
  const buttons = [["up", element.positive_button], ["down", element.negative_button]].map(([sign, one]) => el("button", {
    type: "button", class: "button small", "aria-pressed": "false", "aria-label": one.accessibility_label, on: { click: press(one) },
  }, icon(sign), wordsOf(one.text)));
  return el("div", { class: "bk-feedback", role: "group", "aria-label": "Feedback" }, ...buttons);

  function press(one) {
    return async ({ currentTarget }) => {
      if (!(await told(currentTarget, element, block, ctx, { value: one.value }))) return;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button === currentTarget));
    };
  }
}

function iconButton(element, block, ctx) {
  const words = element.accessibility_label ?? wordsOf(element.text);
  const act = ({ currentTarget }) => told(currentTarget, element, block, ctx, {});
  return el("button", { type: "button", class: "button small", "aria-label": words, title: wordsOf(element.text), on: { click: act } },
    ICONS[element.icon] ? icon(ICONS[element.icon]) : wordsOf(element.text));
}

export const smallActions = {
  blocks: { context_actions: contextActions },
  elements: { feedback_buttons: feedbackButtons, icon_button: iconButton },
};
