// Pictures, videos and files. The page loads nothing from elsewhere: of foreign ones it shows the words that stand for them.
import { el } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { outside } from "./actions.js";
import { wordsOf } from "./words.js";

function isOurs(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.origin === location.origin && /^\/page\/\w+\.svg$/.test(url.pathname);
}

// A picture with `alt` words, or a frame with them in it.
function picture(address, alt, kind) {
  if (address && isOurs(address)) return el("img", { class: kind, src: address, alt });
  return el("span", { class: `${kind} frame`, role: "img", "aria-label": alt, title: alt }, el("span", { "aria-hidden": "true" }, alt));
}

const addressOf = (one) => one.image_url ?? one.slack_file?.url;

export const imageElement = (element, block, ctx) =>
  picture(addressOf(element), element.alt_text, ctx.isSmall ? "bk-picture small" : "bk-picture thumb");

const image = (block) => el("figure", { class: "bk-media" },
  block.title ? el("figcaption", {}, wordsOf(block.title)) : null, picture(addressOf(block), block.alt_text, "bk-picture"));

function video(block) {
  const from = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return el("figure", { class: "bk-media bk-video" },
    el("figcaption", {},
      from ? el("span", { class: "bk-about" }, from) : null,
      el("a", outside(block.title_url ?? block.video_url), wordsOf(block.title))),
    block.description ? el("p", {}, wordsOf(block.description)) : null,
    el("a", { ...outside(block.video_url), class: "bk-play", "aria-label": `Play: ${block.alt_text}` },
      picture(block.thumbnail_url, block.alt_text, "bk-picture"), el("span", { class: "bk-triangle", "aria-hidden": "true" }, "▶")));
}

const file = (block) => el("p", { class: "bk-file" },
  icon("file"), el("span", {}, "A file from elsewhere ", el("code", {}, block.external_id)));

export const media = { blocks: { image, video, file }, elements: { image: imageElement } };
