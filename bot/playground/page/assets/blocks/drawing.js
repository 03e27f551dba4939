// Bars, lines, areas and pies as SVG, in the colours of the lanes.

const SPACE = "http://www.w3.org/2000/svg";
const [WIDE, HIGH, FOOT] = [400, 160, 18];
const LANES = 8;

function svg(name, attributes, ...children) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Decoration to a screen reader: the numbers follow as a table.
export function drawing(type, categories, series) {
  const marks = type === "pie" ? pie(series[0].values) : [...axis(categories, scale(series)(0)), ...(type === "bar" ? bars : lines)(categories, series, type === "area")];
  return svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: `bk-drawing ${type}`, "aria-hidden": "true", focusable: "false" }, ...marks);
}

// A scale from values to heights; zero is always on it.
function scale(series) {
  const values = series.flatMap((one) => one.values);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = HIGH - FOOT - 8;
  return (value) => 4 + room - ((value - low) / (high - low || 1)) * room;
}

function bars(categories, series) {
  const y = scale(series);
  const step = WIDE / categories.length;
  const wide = (step * .7) / series.length;
  return series.flatMap((one, s) => one.values.map((value, n) => svg("rect", {
    class: `lane-${s % LANES}`, rx: 2, width: wide * .92, x: n * step + step * .15 + s * wide,
    y: Math.min(y(value), y(0)), height: Math.max(1, Math.abs(y(value) - y(0))),
  })));
}

function lines(categories, series, isFilled) {
  const y = scale(series);
  const step = WIDE / categories.length;
  const x = (n) => n * step + step / 2;
  return series.flatMap((one, s) => {
    const points = one.values.map((value, n) => `${x(n)},${y(value)}`);
    const line = svg("polyline", { class: `line lane-${s % LANES}`, points: points.join(" ") });
    const ground = [`${x(0)},${y(0)}`, ...points, `${x(one.values.length - 1)},${y(0)}`].join(" ");
    return isFilled ? [svg("polygon", { class: `ground lane-${s % LANES}`, points: ground }), line] : [line];
  });
}

function axis(categories, zero) {
  const step = WIDE / categories.length;
  const ground = svg("line", { x1: 0, x2: WIDE, y1: zero, y2: zero });
  return [ground, ...categories.map((words, n) => svg("text", { x: n * step + step / 2, y: HIGH - 4, "text-anchor": "middle" }, words))];
}

function pie(values) {
  const whole = values.reduce((sum, one) => sum + one, 0) || 1;
  const [middle, radius] = [HIGH / 2, HIGH / 2 - 6];
  const at = (part) => [WIDE / 2 + radius * Math.sin(2 * Math.PI * part), middle - radius * Math.cos(2 * Math.PI * part)].join(" ");
  let gone = 0;
  return values.map((value, n) => {
    const [from, to] = [gone / whole, Math.min((gone + value) / whole, .99999)];
    gone += value;
    return svg("path", { class: `lane-${n % LANES}`,
      d: `M ${WIDE / 2} ${middle} L ${at(from)} A ${radius} ${radius} 0 ${to - from > .5 ? 1 : 0} 1 ${at(to)} Z` });
  });
}
