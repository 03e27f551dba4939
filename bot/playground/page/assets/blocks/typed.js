// A plain text area as rich text and back: lists, quotes and code by their first signs, everything else as it is.

const text = (words) => ({ type: "text", text: words });
const sectionOf = (words) => ({ type: "rich_text_section", elements: [text(words)] });

// What a line is by its first signs, in the order asked. `words`: the line without them.
const LINES = [
  { kind: "bullet", signs: /^\s*[-•*] / },
  { kind: "ordered", signs: /^\s*\d+[.)] / },
  { kind: "quote", signs: /^> ?/ },
  { kind: "plain", signs: /^/ },
];

const ELEMENTS = {
  bullet: (lines) => ({ type: "rich_text_list", style: "bullet", elements: lines.map(sectionOf) }),
  ordered: (lines) => ({ type: "rich_text_list", style: "ordered", elements: lines.map(sectionOf) }),
  quote: (lines) => ({ type: "rich_text_quote", elements: [text(lines.join("\n"))] }),
  plain: (lines) => sectionOf(lines.join("\n")),
  code: (lines) => ({ type: "rich_text_preformatted", elements: [text(lines.join("\n"))] }),
};

export function richTextOf(typed) {
  const runs = [];
  let inCode = false;
  for (const line of typed.trimEnd().split("\n")) {
    if (line.startsWith("```")) {
      inCode = !inCode;
      if (inCode) runs.push({ kind: "code", lines: [] });
      else runs.push({ kind: null, lines: [] });
      continue;
    }
    const { kind, signs } = inCode ? { kind: "code", signs: /^/ } : LINES.find((one) => one.signs.test(line));
    if (runs.at(-1)?.kind !== kind) runs.push({ kind, lines: [] });
    runs.at(-1).lines.push(line.replace(signs, ""));
  }
  const elements = runs.filter(({ kind }) => kind).map(({ kind, lines }) => ELEMENTS[kind](lines));
  return { type: "rich_text", elements };
}

const wordsOf = (one) => one.text ?? one.url ?? one.fallback ?? (one.name && `:${one.name}:`)
  ?? (one.user_id && `<@${one.user_id}>`) ?? (one.channel_id && `<#${one.channel_id}>`) ?? one.range ?? one.value ?? "";
const joined = (elements) => elements.map(wordsOf).join("");

const TYPED = {
  rich_text_section: ({ elements }) => joined(elements),
  rich_text_list: ({ elements, style }) =>
    elements.map((one, n) => (style === "ordered" ? `${n + 1}. ` : "- ") + joined(one.elements)).join("\n"),
  rich_text_quote: ({ elements }) => joined(elements).split("\n").map((line) => `> ${line}`).join("\n"),
  rich_text_preformatted: ({ elements }) => `\`\`\`\n${joined(elements)}\n\`\`\``,
};

// The same block as somebody would type it.
export const linesOf = (block) => (block?.elements ?? []).map((one) => TYPED[one.type](one)).join("\n");
