// Small pieces of the page: elements, YAML in colours, buttons that copy.

import { yamlLanguage } from "@codemirror/lang-yaml";
import { classHighlighter, highlightCode } from "@lezer/highlight";

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** The most characters that are coloured: longer ones are shown plain at once. */
const MOST_COLOURED = 100_000;

/** YAML as an element that scrolls. */
export function code(text, label) {
  const shown = element("pre", { tabindex: "0", role: "region", "aria-label": label });
  if (text.length > MOST_COLOURED) {
    shown.textContent = text;
    return shown;
  }
  const put = (part, classes) => shown.append(classes ? element("span", { class: classes }, part) : part);
  highlightCode(text, yamlLanguage.parser.parse(text), classHighlighter, put, () => shown.append("\n"));
  return shown;
}

/** Puts a text on the clipboard, also where a page that is a file may not by itself. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element("textarea", { class: "copied", readonly: "" });
    area.value = text;
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus();
    if (!done) throw new Error("the browser does not give the clipboard to this page");
  }
}

/** A button that copies a text, and says so for a moment. */
export function copyButton(text, label) {
  const button = element("button", { type: "button", "aria-label": label }, "Copy");
  button.addEventListener("click", async () => {
    await copy(text()).then(() => (button.textContent = "Copied"), () => (button.textContent = "Not copied"));
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  return button;
}

/** Saves bytes as a file. */
export function save(name, bytes, type) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
