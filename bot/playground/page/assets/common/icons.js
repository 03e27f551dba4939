// The page's line icons, drawn on a field of 20 by 20. They are decoration: what they stand on has its own name.

const PATHS = {
  calendar: "M4 5h12v11H4z M4 8.5h12 M7.5 3v3 M12.5 3v3",
  why: "M10 3.5a5 5 0 0 1 3 9v1.5H7V12.5a5 5 0 0 1 3-9z M8 16.5h4",
  bolt: "M11 3 5 11h4.5L9 17l6-8h-4.5z",
  clock: "M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z M10 6.5V10l2.5 1.5",
  theme: "M10 3.5a6.5 6.5 0 1 1 0 13z M10 3.5a6.5 6.5 0 0 0 0 13z",
  help: "M7.6 7.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.7 M10 14.4v.1 M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15z",
  window: "M3.5 6.5h9v10h-9z M8 6.5v-3h8.5v10h-4",
  back: "M12 4.5 6.5 10l5.5 5.5",
  close: "M5 5l10 10 M15 5 5 15",
  wide: "M3.5 10h13 M6.5 7l-3 3 3 3 M13.5 7l3 3-3 3",
  send: "M4 10 3.5 3.8 17 10 3.5 16.2 4 10h6",
  attach: "M14.5 9.5 9.6 14.4a3.2 3.2 0 0 1-4.6-4.6l5.6-5.5a2.2 2.2 0 0 1 3.1 3.1l-5.4 5.4a1.1 1.1 0 0 1-1.6-1.6l4.8-4.8",
  at: "M12.8 10a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0z M12.8 7.2v3.6a1.9 1.9 0 0 0 3.7 0V10a6.5 6.5 0 1 0-2.7 5.3",
  reply: "M4 4.5h12v9H9l-3.5 3v-3H4z",
  pencil: "M4 16l.8-3.4 8.4-8.4 2.6 2.6-8.4 8.4z",
  bin: "M4.5 6h11 M8 6V4h4v2 M6 6l.7 10.5h6.6L14 6",
  more: "M5 10h.1 M10 10h.1 M15 10h.1",
  file: "M5.5 3h6L15 6.5V17H5.5z M11.5 3v3.5H15",
  up: "M6.5 9 9.5 3.5c1.3 0 2 .9 1.7 2.2L10.7 8h4.1c1 0 1.6.9 1.4 1.8l-1.2 5c-.2.7-.7 1.2-1.5 1.2h-7z M3.5 9h3v7h-3z",
  down: "M6.5 11l3 5.5c1.3 0 2-.9 1.7-2.2L10.7 12h4.1c1 0 1.6-.9 1.4-1.8l-1.2-5c-.2-.7-.7-1.2-1.5-1.2h-7z M3.5 11h3V4h-3z",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5z M12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const [svg, path] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "path")];
  for (const [key, value] of Object.entries({ class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function drawIcons(root) {
  for (const place of root.querySelectorAll("[data-icon]:empty")) place.append(icon(place.dataset.icon));
}
