// Where the time went: one stage after another, and the calls to Cal.com.
import { el } from "../common/dom.js";

const ms = (took) => `${took < 10 ? Math.round(took * 10) / 10 : Math.round(took)} ms`;

const STAGES = {
  waited: "waiting its turn", load: "remembering", understand: "hearing", decide: "deciding", hold: "holding a time",
  save: "keeping", write: "writing to Cal.com", say: "saying",
};

// A stage's time is its own, so laid end to end they make up the whole.
export function drawStages(stages, total) {
  let at = 0;
  const rows = stages.map(([name, took]) => {
    const bar = el("span", { class: "stretch" });
    bar.style.left = `${(at / (total || 1)) * 100}%`;
    bar.style.width = `${Math.min((took / (total || 1)) * 100, 100)}%`;
    at = Math.min(at + took, total);
    return el("tr", {}, el("th", { scope: "row" }, STAGES[name] ?? name), el("td", { class: "fall", "aria-hidden": "true" }, bar), el("td", { class: "number" }, ms(took)));
  });
  return el("table", { class: "stages" }, el("caption", {}, `Took ${ms(total)}`), el("tbody", {}, ...rows));
}

export function drawCalls(calls) {
  if (!calls.length) return el("p", { class: "quiet" }, "Cal.com was not asked.");
  return el("table", { class: "calls" }, el("caption", {}, `${calls.length} ${calls.length === 1 ? "call" : "calls"} to Cal.com`),
    el("thead", { class: "hidden" }, el("tr", {}, ...["Method", "Path", "Answer", "Time"].map((one) => el("th", { scope: "col" }, one)))),
    el("tbody", {}, ...calls.map(callOf)));
}

function callOf([method, path, status, took]) {
  const isWell = status !== null && status < 400;
  return el("tr", { class: isWell ? null : "failed" },
    el("td", {}, el("span", { class: method === "GET" ? "method" : "method writes" }, method)), el("td", { class: "path" }, path),
    el("td", { class: "number" }, status === null ? "no answer" : `${isWell ? "" : "✕ "}${status}`), el("td", { class: "number" }, ms(took)));
}
