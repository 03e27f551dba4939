// What stands in one line of standard markdown: emphasis, code, links, Slack's own codes.
import { el } from "../common/dom.js";
import { codeOf, leaves, linkOf } from "../common/mrkdwn.js";

// Stand aside while emphasis is read: escapes, code, pictures, links, codes in <…>, bare addresses.
const CODES = /\\([\\`*_{}[\]()#+.!~|>-])|(`+)([^\n]*?[^`])\2(?!`)|(!?)\[([^\]\n]*)\]\(([^()\s]+)(?:\s+"[^"\n]*")?\)|<([^<>\s][^<>]*)>|(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~])/g;
const EMPHASIS = /(\*\*|__)(?=\S)([^\n]{0,600}?\S)\1(?!\*)|(?<![\w*])\*(?=[^\s*])([^\n]{0,600}?[^\s*])\*(?![\w*])|(?<!\w)_(?=\S)([^\n]{0,600}?\S)_(?!\w)|~~(?=\S)([^\n]{0,600}?\S)~~/g;

export function lineOf(text, ctx) {
  const held = [];
  const rest = text.replace(CODES, (...found) => {
    held.push(standing(found, ctx));
    return String.fromCharCode(0xe000 + held.length - 1);
  });
  return emphasised(rest, held);
}

function standing([all, escaped, , code, isPicture, words, address, inside, bare], ctx) {
  if (escaped) return document.createTextNode(escaped);
  if (code !== undefined) return el("code", {}, code.trim() || code);
  if (inside !== undefined) return codeOf(inside, ctx, all);
  if (bare) return linkOf(bare, "");
  const link = linkOf(address, isPicture ? words || address : "");
  if (!link) return document.createTextNode(all);
  if (!isPicture) link.replaceChildren(...(words ? lineOf(words, ctx) : [address]));
  return link;
}

function emphasised(text, held) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(EMPHASIS)) {
    const [all, , strong, star, low, struck] = found;
    const [name, inner] = strong ? ["strong", strong] : struck ? ["s", struck] : ["em", star ?? low];
    nodes.push(...leaves(text.slice(at, found.index), held), el(name, {}, ...emphasised(inner, held)));
    at = found.index + all.length;
  }
  return [...nodes, ...leaves(text.slice(at), held)];
}
