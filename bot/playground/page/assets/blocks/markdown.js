// The markdown block: standard markdown, as far as assistants write it, made into elements of ours.
import { el } from "../common/dom.js";
import { lineOf } from "./markdown_line.js";

const DEEPEST = 12; // lists and quotes within each other
const FENCE = /^\s*(```|~~~)/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const QUOTE = /^\s*> ?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

const isTable = (lines, at) => lines[at].includes("|") && (lines[at + 1] ?? "").includes("-") && DELIMITERS.test(lines[at + 1]);
const starts = (lines, at) => [FENCE, HEADING, RULE, QUOTE, ITEM].some((one) => one.test(lines[at])) || isTable(lines, at);
const isBlank = (line) => !line.trim();

// Each reader: what begins here, or nothing; and the line after it.
const READERS = [fence, heading, rule, quote, list, table, paragraph];

function parts(lines, ctx, depth = 0) {
  const nodes = [];
  for (let at = 0; at < lines.length;) {
    if (isBlank(lines[at])) { at += 1; continue; }
    const readers = depth < DEEPEST ? READERS : [paragraph];
    for (const read of readers) {
      const found = read(lines, at, ctx, depth);
      if (!found) continue;
      nodes.push(found.node);
      at = found.after;
      break;
    }
  }
  return nodes;
}

function fence(lines, at) {
  const mark = FENCE.exec(lines[at])?.[1];
  if (!mark) return null;
  const end = lines.findIndex((line, n) => n > at && line.trim().startsWith(mark));
  const after = end < 0 ? lines.length : end;
  return { node: el("pre", {}, lines.slice(at + 1, after).join("\n")), after: after + 1 };
}

function heading(lines, at, ctx) {
  const found = HEADING.exec(lines[at]);
  if (!found) return null;
  const level = found[1].length;
  return { node: el(`h${Math.min(6, level + 2)}`, { class: `level-${level}` }, ...lineOf(found[2], ctx)), after: at + 1 };
}

function rule(lines, at) {
  return RULE.test(lines[at]) ? { node: el("hr", { class: "bk-divider" }), after: at + 1 } : null;
}

function quote(lines, at, ctx, depth) {
  let after = at;
  while (after < lines.length && QUOTE.test(lines[after])) after += 1;
  if (after === at) return null;
  const inside = lines.slice(at, after).map((line) => line.replace(QUOTE, ""));
  return { node: el("blockquote", {}, ...parts(inside, ctx, depth + 1)), after };
}

function list(lines, at, ctx, depth) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const isOrdered = /\d/.test(first[2]);
  const items = [];
  let after = at;
  for (; after < lines.length; after += 1) {
    const found = ITEM.exec(lines[after]);
    const indent = /^\s*/.exec(lines[after])[0].length;
    if (found && indent <= first[1].length + 1) {
      if (/\d/.test(found[2]) !== isOrdered) break;
      items.push([found[3]]);
    } else if (isBlank(lines[after]) ? goesOn(lines[after + 1], first) : indent > first[1].length || !starts(lines, after)) {
      items.at(-1).push(lines[after].slice(Math.min(indent, first[1].length + first[2].length + 1)));
    } else break;
  }
  const start = isOrdered && Number.parseInt(first[2], 10) !== 1 ? Number.parseInt(first[2], 10) : null;
  return { node: el(isOrdered ? "ol" : "ul", { start }, ...items.map((one) => item(one, ctx, depth))), after };
}

// After an empty line a list goes on with its next item, or with what stands further in.
const goesOn = (line, first) => line !== undefined && !isBlank(line)
  && (/^\s*/.exec(line)[0].length > first[1].length || ITEM.test(line));

function item([words, ...rest], ctx, depth) {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(words);
  const [mark, said] = box ? [box[1] === " " ? "☐ " : "☑ ", box[2]] : [null, words];
  return el("li", { class: box ? "task-item" : null }, mark, ...lineOf(said, ctx), ...parts(rest, ctx, depth + 1));
}

const cellsOf = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines, at, ctx) {
  if (!isTable(lines, at)) return null;
  const aligns = cellsOf(lines[at + 1]).map((one) => (/^:-*:$/.test(one) ? "center" : one.endsWith(":") ? "right" : "left"));
  let after = at + 2;
  while (after < lines.length && lines[after].includes("|")) after += 1;
  const row = (name) => (line) => el("tr", {}, ...cellsOf(line).map((cell, n) =>
    el(name, { class: aligns[n], scope: name === "th" ? "col" : null }, ...lineOf(cell, ctx))));
  const node = el("div", { class: "bk-scrolls", role: "region", tabindex: "0", "aria-label": "Table" }, el("table", {},
    el("thead", {}, row("th")(lines[at])), el("tbody", {}, ...lines.slice(at + 2, after).map(row("td")))));
  return { node, after };
}

function paragraph(lines, at, ctx, depth) {
  let after = at + 1;
  while (after < lines.length && !isBlank(lines[after]) && (depth >= DEEPEST || !starts(lines, after))) after += 1;
  const shown = lines.slice(at, after).flatMap((line, n) => (n ? [el("br"), ...lineOf(line.trim(), ctx)] : lineOf(line.trim(), ctx)));
  return { node: el("p", {}, ...shown), after };
}

export const markdown = {
  blocks: { markdown: (block, ctx) => el("div", { class: "bk-markdown" }, ...parts(block.text.split(/\r?\n/), ctx)) },
};
