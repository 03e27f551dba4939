// Tables, and data tables that turn their pages.
import { el } from "../common/dom.js";
import { elementOf } from "./registry.js";

const content = (cell, block, ctx) =>
  (cell.type === "raw_text" || cell.type === "raw_number" ? cell.text : elementOf(cell, block, ctx));

// A column of numbers stands to the right, its head too.
function looks(block, n) {
  const { align, is_wrapped: isWrapped } = block.column_settings?.[n] ?? {};
  const isNumber = block.rows[1]?.[n]?.type === "raw_number";
  return [align ?? (isNumber ? "right" : "left"), isWrapped ? "wraps" : ""].join(" ").trim();
}

function row(cells, block, ctx, { isHead, headColumn }) {
  return el("tr", {}, ...cells.map((cell, n) => {
    const scope = isHead ? "col" : n === headColumn ? "row" : null;
    return el(scope ? "th" : "td", { scope, class: looks(block, n) }, content(cell, block, ctx));
  }));
}

// A wide table scrolls by itself, by the keyboard too.
const scrolling = (label, ...children) => el("div", { class: "bk-scrolls", role: "region", tabindex: "0", "aria-label": label }, ...children);

function table(block, ctx) {
  const [head, ...rest] = block.rows;
  if (!head) return el("p", { class: "bk-about" }, "(an empty table)");
  const named = head.map((cell) => cell.text).filter((words) => typeof words === "string").join(", ");
  return scrolling(named ? `Table: ${named}` : "Table", el("table", {},
    el("thead", {}, row(head, block, ctx, { isHead: true })),
    el("tbody", {}, ...rest.map((cells) => row(cells, block, ctx, {})))));
}

function dataTable(block, ctx) {
  const [head, ...rest] = block.rows;
  const size = block.page_size ?? rest.length;
  const body = el("tbody");
  const pages = Math.ceil(rest.length / size);
  const where = el("span", { role: "status", class: "bk-about" });
  let page = 0;
  const turn = (by) => () => show(page + by);
  const back = el("button", { type: "button", class: "button", "aria-label": "Page before", on: { click: turn(-1) } }, "‹");
  const on = el("button", { type: "button", class: "button", "aria-label": "Next page", on: { click: turn(1) } }, "›");
  show(0);
  return el("div", { class: "bk-data-table" },
    scrolling(block.caption, el("table", {}, el("caption", {}, block.caption),
      el("thead", {}, row(head, block, ctx, { isHead: true })), body)),
    pages > 1 ? el("div", { class: "bk-pages" }, back, where, on) : null);

  function show(to) {
    page = Math.max(0, Math.min(to, pages - 1));
    const shown = rest.slice(page * size, (page + 1) * size);
    body.replaceChildren(...shown.map((cells) => row(cells, block, ctx, { headColumn: block.row_header_column_index })));
    where.textContent = `${page * size + 1}–${page * size + shown.length} of ${rest.length}`;
    back.setAttribute("aria-disabled", String(page === 0));
    on.setAttribute("aria-disabled", String(page === pages - 1));
  }
}

export const tables = { blocks: { table, data_table: dataTable } };
