// Asks once more, as a button's `confirm` wants it.
import { plain } from "./mrkdwn.js";

const byId = (id) => document.getElementById(id);

export function confirmed(wish, style) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = plain(wish.title?.text ?? "");
  byId("confirm-text").textContent = plain(wish.text?.text ?? "");
  byId("confirm-no").textContent = plain(wish.deny?.text ?? "No");
  byId("confirm-yes").textContent = plain(wish.confirm?.text ?? "Yes");
  byId("confirm-yes").className = wish.style ?? style ?? "primary";
  return new Promise((resolve) => {
    const answer = (yes) => () => { dialog.returnValue = yes ? "yes" : "no"; dialog.close(); };
    byId("confirm-yes").onclick = answer(true);
    byId("confirm-no").onclick = answer(false);
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    dialog.returnValue = "no";
    dialog.showModal();
  });
}
