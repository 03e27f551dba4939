// Builds elements. Text goes in as text, never as markup.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") for (const [kind, act] of Object.entries(value)) element.addEventListener(kind, act);
    else if (key === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

// Keeps a list's elements in step with keyed items: what has not changed stays, and keeps its focus.
export function keep(list, items) {
  const old = new Map([...list.children].map((one) => [one.dataset.key, one]));
  let before = null;
  for (const { key, version, make } of items) {
    let element = old.get(key);
    if (!element || element.dataset.version !== version) {
      const fresh = make();
      Object.assign(fresh.dataset, { key, version });
      if (element) replace(element, fresh);
      element = fresh;
    }
    old.delete(key);
    const place = before ? before.nextSibling : list.firstChild;
    if (place !== element) list.insertBefore(element, place);
    before = element;
  }
  for (const element of old.values()) drop(element);
}

// The focus of what goes is given to what stood before it, or else to the list.
function drop(element) {
  const [list, before] = [element.parentElement, element.previousElementSibling];
  const hadFocus = element.contains(document.activeElement);
  element.remove();
  for (const place of hadFocus ? [before, list] : []) {
    if (document.activeElement === document.body) place?.focus({ preventScroll: true });
  }
}

// The focus goes to the same control of the new element, with the caret where it was, or else to the element: a button
// that has become another one must not be pressed by whoever presses twice.
export function replace(element, fresh) {
  const active = document.activeElement;
  const at = element.contains(active) ? spots(element).indexOf(active) : null;
  const caret = at === null ? null : caretOf(active);
  element.replaceWith(fresh);
  if (at === null) return;
  const [there, ...others] = [spots(fresh)[at], ...spots(fresh)];
  const same = isSame(there, active) ? there : others.find((one) => one.matches("button") && isSame(one, active));
  (same ?? (fresh.hasAttribute("tabindex") ? fresh : there ?? fresh)).focus({ preventScroll: true });
  if (caret !== null && same) same.setSelectionRange(caret, caret);
}

const nameOf = (one) => one.dataset.action ?? one.getAttribute("aria-label") ?? one.textContent;
const isSame = (one, other) => one?.tagName === other.tagName && (one.tagName !== "BUTTON" || nameOf(one) === nameOf(other));

const spots = (root) => [...root.querySelectorAll("button, a[href], input, select, textarea, [tabindex]")];
const TEXTS = ["text", "search", "url", "tel", "password", "textarea"]; // the others have no caret to ask for
const caretOf = (field) => (TEXTS.includes(field.type) ? field.selectionStart : null);
