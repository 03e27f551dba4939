// Radio buttons and check boxes.
import { el } from "../common/dom.js";
import { begun, changed } from "./acting.js";
import { named, nextId, textOf, wordsOf } from "./words.js";

function group(element, block, ctx, { kind, standing, read, show }) {
  const name = nextId();
  let before = standing;
  const boxes = element.options.map((one) =>
    el("input", { type: kind, name, value: one.value ?? "", on: { change: act } }));
  if (element.focus_on_load && ctx.inView) boxes[0].setAttribute("autofocus", "");
  const role = kind === "radio" ? "radiogroup" : "group";
  const whole = el("div", { role, class: "bk-choices", tabindex: ctx.label?.isWrong ? "-1" : null, ...named(element, ctx, "Choose") },
    ...element.options.map((one, n) => choice(one, boxes[n], ctx)));
  show(boxes, standing);
  return whole;

  async function act() {
    const chosen = read(boxes);
    const was = before;
    before = chosen;
    if (await changed(whole, element, block, ctx, chosen, was)) return;
    before = was;
    show(boxes, was);
  }
}

const choice = (one, box, ctx) =>
  el("label", { class: "bk-choice" }, box,
    el("span", {}, el("span", { class: "bk-name" }, textOf(one.text, ctx)),
      one.description ? el("span", { class: "bk-about" }, wordsOf(one.description)) : null));

function radioButtons(element, block, ctx) {
  const first = element.initial_option ? { option: element.initial_option.value } : null;
  return group(element, block, ctx, {
    kind: "radio",
    standing: begun(element, block, ctx, first),
    read: (boxes) => ({ option: boxes.find((box) => box.checked).value }),
    show: (boxes, chosen) => boxes.forEach((box) => { box.checked = box.value === chosen?.option; }),
  });
}

function checkboxes(element, block, ctx) {
  const first = { options: (element.initial_options ?? []).map((one) => one.value) };
  return group(element, block, ctx, {
    kind: "checkbox",
    standing: begun(element, block, ctx, first),
    read: (boxes) => ({ options: boxes.filter((box) => box.checked).map((box) => box.value) }),
    show: (boxes, chosen) => boxes.forEach((box) => { box.checked = chosen.options.includes(box.value); }),
  });
}

export const choices = { elements: { radio_buttons: radioButtons, checkboxes } };
