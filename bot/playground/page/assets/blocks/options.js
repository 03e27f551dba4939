// The list that opens under a menu: options, in groups where the app has groups.
import { el } from "../common/dom.js";
import { nextId } from "./words.js";

// `groups`: [{ label: text | null, options: [{ value, label, about }] }]. Gives back the options' elements, in order.
export function fill(list, groups, { chosen, isFull, pick }) {
  const elements = [];
  const optionOf = (one) => {
    const isChosen = chosen.has(one.value);
    const element = el("div", {
      role: "option", id: nextId(), class: "bk-option", "aria-selected": String(isChosen),
      "aria-disabled": isFull && !isChosen ? "true" : null, dataset: { value: one.value }, on: { click: () => pick(one) },
    }, el("span", { class: "bk-name" }, one.label), one.about ? el("span", { class: "bk-about" }, one.about) : null);
    elements.push(element);
    return element;
  };
  list.replaceChildren(...groups.flatMap(({ label, options }) => {
    if (!label) return options.map(optionOf);
    const id = nextId();
    const head = el("div", { class: "bk-group", id, role: "presentation" }, label);
    return [el("div", { role: "group", "aria-labelledby": id }, head, ...options.map(optionOf))];
  }));
  return elements;
}

// What of it holds the words that somebody types.
export function matching(groups, query) {
  const words = query.trim().toLocaleLowerCase();
  const fits = (one) => `${one.label} ${one.also ?? ""}`.toLocaleLowerCase().includes(words);
  return groups
    .map((group) => ({ ...group, options: group.options.filter(fits) }))
    .filter((group) => group.options.length > 0);
}
