// Data as a small drawing, with the same numbers as a table for those who do not see it.
import { el } from "../common/dom.js";
import { drawing } from "./drawing.js";

const LANES = 8;

// Every kind of chart as categories and series, so that one table says it all. A pie is one series.
function dataOf(chart = {}) {
  if (chart.segments) {
    const series = [{ name: "Value", values: chart.segments.map((one) => one.value) }];
    return { categories: chart.segments.map((one) => one.label), series };
  }
  const categories = chart.axis_config?.categories ?? [];
  const valueOf = (data, label) => data.find((point) => point.label === label)?.value ?? 0;
  const series = (chart.series ?? []).map(({ name, data }) => ({ name, values: categories.map((one) => valueOf(data, one)) }));
  return { categories, series };
}

function dataVisualization(block) {
  const { categories, series } = dataOf(block.chart);
  const title = block.title ?? "Chart";
  if (!categories.length) return el("figure", { class: "bk-chart" }, el("figcaption", {}, title), el("p", { class: "bk-about" }, "(no data)"));
  const { x_label: across, y_label: up } = block.chart.axis_config ?? {};
  return el("figure", { class: "bk-chart" },
    el("figcaption", {}, title, [across, up].some(Boolean) ? el("span", { class: "bk-about" }, ` ${[up, across].filter(Boolean).join(" by ")}`) : null),
    drawing(block.chart.type, categories, series),
    legend(block.chart.type === "pie" ? categories : series.map((one) => one.name)),
    el("details", {}, el("summary", {}, "The numbers"), numbers(title, categories, series)));
}

const legend = (names) => el("ul", { class: "bk-legend" },
  ...names.map((name, n) => el("li", { class: `bk-lane lane-${n % LANES}` }, name)));

const numbers = (title, categories, series) => el("div", { class: "bk-scrolls", role: "region", tabindex: "0", "aria-label": title }, el("table", {},
  el("thead", {}, el("tr", {}, el("th", { scope: "col" }, ""), ...series.map((one) => el("th", { scope: "col" }, one.name)))),
  el("tbody", {}, ...categories.map((category, n) => el("tr", {}, el("th", { scope: "row" }, category),
    ...series.map((one) => el("td", { class: "right" }, String(one.values[n]))))))));

export const charts = { blocks: { data_visualization: dataVisualization } };
