// What the editor offers and tells by the schema: keys and words to complete, and what a key means.

import { keyAt, writtenAt } from "./place.js";

/** Text with its words in backticks as code. */
export function prose(text) {
  const shown = document.createElement("span");
  text.split("`").forEach((part, index) => {
    if (index % 2 === 0) return shown.append(part);
    const code = document.createElement("code");
    code.textContent = part;
    shown.append(code);
  });
  return shown;
}

function paragraph(text, className) {
  const shown = document.createElement("p");
  if (className) shown.className = className;
  shown.append(prose(text));
  return shown;
}

/** What is said of a key, as an element. */
function told(about, title) {
  const shown = document.createElement("div");
  shown.className = "about";
  if (title) {
    const name = document.createElement("p");
    const code = document.createElement("code");
    code.textContent = title;
    name.append(code, about.types.size > 0 ? `: ${[...about.types].join(" or ")}` : "");
    shown.append(name);
  }
  if (about.deprecated) shown.append(paragraph(`An old name: ${about.deprecated}.`));
  if (about.description) shown.append(paragraph(about.description));
  const words = [...about.words.keys()];
  if (words.length > 0 && words.length <= 20) shown.append(paragraph(`One of: ${words.map((word) => `\`${word}\``).join(", ")}.`));
  return shown;
}

/** The path as a person writes it. */
function written(path) {
  return path.reduce((text, step) => (step === null ? `${text}[]` : text === "" ? step : `${text}.${step}`), "");
}

/** What follows a key when it is taken: the value on its line, or a line of its own below. */
function applied(key, about) {
  const isScalar = about.types.size === 0 || ["string", "integer", "number", "boolean"].some((type) => about.types.has(type));
  return isScalar ? `${key}: ` : `${key}:`;
}

/** A source of completions; `schema` gives the schema, once it is there. */
export function completions(schema) {
  return (context) => {
    const known = schema();
    const place = known && writtenAt(context.state, context.pos);
    if (!place || (!context.explicit && place.isKey && place.from === context.pos)) return null;
    const about = known.about(place.path);
    const words = () => [...(about?.words ?? [])].map(([label, info]) => ({ label, type: "enum", info: info || undefined }));
    const keys = () =>
      [...known.keys(place.path)].map(([label, about]) => ({
        label,
        type: "property",
        detail: about.deprecated ? "old" : undefined,
        boost: about.deprecated ? -50 : 0,
        info: () => told(about),
        apply: applied(label, about),
      }));
    const options = place.isKey ? [...keys(), ...(place.path.at(-1) === null ? words() : [])] : words();
    return options.length > 0 ? { from: place.from, options, validFor: /^[\w./-]*$/ } : null;
  };
}

/** A source of what is shown beside the key under the pointer. */
export function meanings(schema) {
  return (view, pos) => {
    const key = keyAt(view.state, pos);
    const about = key && schema()?.about(key.path);
    if (!about) return null;
    return { pos: key.from, end: key.to, above: true, create: () => ({ dom: told(about, written(key.path)) }) };
  };
}
