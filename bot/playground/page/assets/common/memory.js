// What outlives a reload. A window remembers its own viewer, place and drafts; the colours hold for all windows.

const PLACE = ["viewer", "channel", "thread"];
let kept = null; // what was written last
const draftKey = (viewer, place) => `draft/${viewer}/${place}`;

// `?as=UBEN` in the address speaks for whom a new window is.
export function remembered() {
  const known = Object.fromEntries(PLACE.map((what) => [what, sessionStorage.getItem(what)]));
  const asked = new URLSearchParams(location.search).get("as");
  const read = JSON.parse(sessionStorage.getItem("read") ?? "{}");
  return { ...known, ...(asked && asked !== known.viewer ? { viewer: asked, channel: null, thread: null } : {}), read };
}

// Where one lets an app in, this is who is signed in there; all windows of a browser share it.
const VIEWER = "playground_viewer";

export function remember(store) {
  if (document.visibilityState === "visible") document.cookie = `${VIEWER}=${store.viewer}; path=/; samesite=lax`;
  const place = PLACE.map((what) => store[what]).join();
  if (place === kept) return;
  kept = place;
  for (const what of PLACE) put(what, store[what]);
  const address = new URL(location.href);
  if (address.searchParams.has("as") && address.searchParams.get("as") !== store.viewer) {
    address.searchParams.set("as", store.viewer);
    history.replaceState(null, "", address);
  }
}

export const rememberRead = (store) => put("read", JSON.stringify(store.read));
export const draft = (viewer, place) => sessionStorage.getItem(draftKey(viewer, place)) ?? "";
export const keepDraft = (viewer, place, text) => put(draftKey(viewer, place), text);
export const paneState = () => JSON.parse(sessionStorage.getItem("panes") ?? "{}");
export const keepPaneState = (state) => put("panes", JSON.stringify(state));
export const theme = () => localStorage.getItem("theme");

export const hasLetters = () => localStorage.getItem("letters") !== "off";
export const keepLetters = (areOn) => localStorage.setItem("letters", areOn ? "on" : "off");

export function keepTheme(name) {
  if (name) localStorage.setItem("theme", name);
  else localStorage.removeItem("theme");
}

export function addressFor(person) {
  const address = new URL(location.href);
  address.searchParams.set("as", person);
  return address.pathname + address.search;
}

function put(key, value) {
  if (value) sessionStorage.setItem(key, value);
  else sessionStorage.removeItem(key);
}
