// An account elsewhere that somebody may connect.
import { el } from "../common/dom.js";
import { outside } from "./actions.js";
import { elementOf } from "./registry.js";
import { wordsOf } from "./words.js";

function authProvider(block, ctx) {
  const standing = block.is_connected ? `Connected ${wordsOf(block.connected_identity)}`.trim() : "Not connected";
  const url = block.is_connected ? block.disconnect_url : block.auth_url;
  const link = url ? el("a", { class: "button", ...outside(url) }, block.is_connected ? "Disconnect" : "Connect") : null;
  return el("div", { class: "section bk-with-accessory" },
    el("div", { class: "bk-said" }, el("div", { class: "bk-title" }, wordsOf(block.name)),
      block.description ? el("div", {}, wordsOf(block.description)) : null,
      el("div", { class: "bk-about" }, [standing, wordsOf(block.connected_context)].filter(Boolean).join(" · "))),
    el("div", { class: "bk-accessory" }, link, block.accessory ? elementOf(block.accessory, block, ctx) : null));
}

export const accounts = { blocks: { auth_provider: authProvider } };
