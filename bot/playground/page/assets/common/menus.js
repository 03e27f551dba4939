// A menu under (or over) a button: arrow keys walk it, Escape and a press elsewhere close it.
import { el } from "./dom.js";

let open = null;

// Items: { label, hint?, mark?, act } or { label, href } for what opens a window.
export function openMenu(button, items) {
  open?.close();
  const menu = el("div", { class: "pop-menu", role: "menu", popover: "auto" }, ...items.map((one) => itemOf(one, () => close())));
  function close() {
    if (open?.menu !== menu) return;
    open = null;
    const wasHere = document.activeElement === document.body || menu.contains(document.activeElement);
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    if (wasHere) button.focus(); // who has gone on typing elsewhere in the meantime keeps the focus
  }
  open = { menu, close };
  button.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", (event) => walk(menu, event));
  menu.addEventListener("toggle", (event) => { if (event.newState === "closed") close(); });
  document.body.append(menu);
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  menu.querySelector("[role=menuitem]")?.focus();
}

function itemOf({ label, hint, mark, act, href }, close) {
  const press = () => { close(); act?.(); };
  const inside = [mark ?? null, el("span", { class: "menu-label" }, label), hint ? el("span", { class: "quiet" }, hint) : null];
  const attributes = { role: "menuitem", tabindex: "-1", on: { click: press } };
  if (href) return el("a", { ...attributes, href, target: "_blank", rel: "noopener" }, ...inside);
  return el("button", { type: "button", ...attributes }, ...inside);
}

function walk(menu, event) {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
}

function place(menu, { left, right, top, bottom }) {
  const { offsetWidth: wide, offsetHeight: high } = menu;
  const below = bottom + high + 8 < innerHeight;
  menu.style.top = `${below ? bottom + 4 : Math.max(8, top - high - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(left + wide < innerWidth - 8 ? left : right - wide, innerWidth - wide - 8))}px`;
}
