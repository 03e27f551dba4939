// A talk that is being played: which step comes now, and the choice to look on with the eyes of whoever acts.
import { el } from "../common/dom.js";

export function mount(root, store, { look }) {
  let isFollowed = true;
  const words = el("span", { role: "status" });
  const follow = el("button", { type: "button", class: "tool", "aria-pressed": "true", on: { click: toggle } }, "Follow");
  root.replaceChildren(words, follow);

  function toggle() {
    isFollowed = !isFollowed;
    follow.setAttribute("aria-pressed", String(isFollowed));
  }

  store.on("play", (play) => {
    root.hidden = false;
    follow.hidden = play.over;
    words.textContent = play.over ? ended(play) : `${play.title}: ${play.step} of ${play.of}, ${store.nameOf(play.by)}`;
    if (isFollowed && !play.over && store.people.has(play.by)) look(play.by, play.where);
  });
}

function ended({ title, missed, of }) {
  if (!missed) return `${title}: played, all ${of} steps as written`;
  return `${title}: played, ${missed} of ${of} steps not as written`;
}
