// Menus of one choice.
import { el } from "../dom.js";
import { begun, changed } from "./acting.js";
import { focused, named, wordsOf } from "./words.js";

function staticSelect(element, block, ctx) {
  const standing = begun(element, block, ctx, element.initial_option ? { option: element.initial_option.value } : null);
  const name = wordsOf(element.placeholder) || "Choose";
  const options = (element.options ?? []).map((one) =>
    el("option", { value: one.value, selected: one.value === standing?.option }, wordsOf(one.text)));
  const act = ({ currentTarget: menu }) => changed(menu, element, block, ctx, { option: menu.value }, standing);
  return el("select", { ...named(element, ctx, name), ...focused(element, ctx), on: { change: act } },
    el("option", { value: "", disabled: true, selected: !standing }, name), ...options);
}

export const selects = { elements: { static_select: staticSelect } };
