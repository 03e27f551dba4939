// The gallery: each sample drawn as the page would draw it, and below it what its controls would tell the app.
import { Form } from "../blocks/form.js";
import { blocksOf } from "../blocks/index.js";
import { el } from "../common/dom.js";

const PEOPLE = [
  { id: "UANA", name: "Ana Weber", handle: "ana" },
  { id: "UBEN", name: "Ben Carter", handle: "ben" },
  { id: "UCHI", name: "Chiyo Tanaka", handle: "chiyo" },
  { id: "UDEV", name: "Dev Patel", handle: "dev" },
];
const ROOMS = [
  { id: "C0GENERAL", name: "general" },
  { id: "C0DESIGN", name: "design" },
  { id: "G0HIRING", name: "hiring", private: true },
  { id: "C0PARTNERS", name: "partners", shared: true },
  { id: "D0BEN", name: "ben", partner: "UBEN" },
];
const OTHERS = { S0DESIGN: "designers", T0ACME: "Acme" };
const PLACES = ["Room Elbe", "Room Oder", "Room Rhine", "Café", "Roof garden"];
const NOW = Date.UTC(2026, 6, 14, 9);
const HERE = "https://playground.example"; // in the samples, for what this server has

const nameOf = (id) => PEOPLE.find((one) => one.id === id)?.name ?? OTHERS[id] ?? ROOMS.find((one) => one.id === id)?.name ?? id;

async function found(query) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const places = PLACES.filter((one) => one.toLowerCase().includes(query.toLowerCase()));
  return places.map((text) => ({ text: { type: "plain_text", text }, value: text.toLowerCase().replaceAll(" ", "-") }));
}

// What Slack does when it takes a message: everything has an id.
function withIds(block, id) {
  const parts = [block.element, block.accessory, ...(block.elements ?? []), ...(block.actions ?? [])];
  parts.forEach((one, n) => { if (one) one.action_id ??= `action-${n}`; });
  for (const [n, one] of (block.child_blocks ?? (block.type === "carousel" ? block.elements : [])).entries()) withIds(one, `${id}-${n}`);
  block.block_id ??= id;
  return block;
}

// Not in view: a sample that wants the focus would tear the reader away.
function contextOf(form, said) {
  return {
    zone: "Europe/Berlin", now: NOW, viewer: "UANA", here: "C0GENERAL", inView: false, form, nameOf,
    errors: { "wrong-email": "This is no e-mail address." },
    roomName: (id) => ROOMS.find((one) => one.id === id)?.name,
    people: () => PEOPLE,
    rooms: () => ROOMS,
    act: async (block_id, action_id, chosen) => { said.textContent = JSON.stringify({ block_id, action_id, chosen }); },
    options: (block_id, action_id, query) => found(query),
  };
}

// Shows all that its controls stand at, whenever one of them changes.
class Shown extends Form {
  constructor(place) {
    super();
    this.place = place;
  }

  begin(...control) {
    const standing = super.begin(...control);
    this.show();
    return standing;
  }

  set(...control) {
    super.set(...control);
    this.show();
  }

  show() {
    this.place.textContent = JSON.stringify(this.state());
  }
}

function hang(name, { title, surface, blocks }) {
  const said = el("code", { class: "said" });
  const state = el("code", { class: "state" });
  const form = new Shown(state);
  const stage = el("div", { class: `stage ${surface}` });
  stage.replaceChildren(...blocksOf(blocks.map((one, n) => withIds(one, `${name}-${n}`)), contextOf(form, said)));
  return el("section", { id: name, "aria-labelledby": `${name}-title` },
    el("h2", { id: `${name}-title` }, title, el("span", { class: "surface" }, surface)), stage,
    el("p", { class: "told", role: "status" }, el("span", {}, "Told: "), said),
    el("details", { class: "standing" }, el("summary", {}, "All that stands in its controls"), el("p", { class: "told" }, state)));
}

async function load(name) {
  const text = await (await fetch(`/page/gallery/${name}.json`)).text();
  return JSON.parse(text.replaceAll(HERE, location.origin));
}

function useTheme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const show = (isDark) => {
    root.dataset.theme = isDark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(isDark));
  };
  show(matchMedia("(prefers-color-scheme: dark)").matches);
  button.addEventListener("click", () => show(root.dataset.theme !== "dark"));
}

async function open() {
  useTheme();
  const names = await (await fetch("/page/gallery/index.json")).json();
  const samples = await Promise.all(names.map(load));
  const jumps = names.map((name, n) => el("li", {}, el("a", { href: `#${name}` }, samples[n].title)));
  document.getElementById("jumps").replaceChildren(...jumps);
  document.getElementById("samples").replaceChildren(...names.map((name, n) => hang(name, samples[n])));
  document.body.dataset.ready = "";
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

open();
