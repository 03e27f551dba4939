// What an assistant is about: a plan and its tasks.
import { el } from "../common/dom.js";
import { outside } from "./actions.js";
import { elementOf } from "./registry.js";

const STATES = { pending: ["○", "To do"], in_progress: ["◐", "Under way"], complete: ["✓", "Done"], error: ["✕", "Failed"] };

function task(block, ctx) {
  const [sign, words] = STATES[block.status] ?? STATES.pending;
  const head = el("span", { class: "bk-task-head" },
    el("span", { class: `bk-sign ${block.status}`, "aria-hidden": "true" }, sign),
    el("span", {}, block.title, el("span", { class: "bk-hidden" }, `: ${words}`)));
  const inside = [block.details, block.output].filter(Boolean).map((one) => elementOf(one, block, ctx));
  if (!inside.length && !block.sources?.length) return el("div", { class: "bk-task" }, head);
  return el("details", { class: "bk-task", open: block.status === "in_progress" || block.status === "error" },
    el("summary", {}, head), ...inside, sources(block.sources));
}

function sources(all = []) {
  if (!all.length) return null;
  return el("ul", { class: "bk-sources", "aria-label": "Sources" },
    ...all.map(({ url, text }) => el("li", {}, el("a", outside(url), text))));
}

function plan(block, ctx) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((one) => one.status === "complete").length;
  return el("section", { class: "bk-plan" },
    el("div", { class: "bk-heading" }, el("div", { class: "bk-title" }, block.title),
      tasks.length ? el("span", { class: "bk-about" }, `${done} of ${tasks.length} done`) : null),
    el("ol", {}, ...tasks.map((one) => el("li", {}, task(one, ctx)))));
}

export const tasks = { blocks: { plan, task_card: task } };
