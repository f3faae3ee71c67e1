// What the values give: manifests by component, the picture, the Secrets, the values in today's keys.

import { prose } from "./advice.js";
import { code, copyButton, element, save } from "./text.js";

/** The manifests, those of a component together. What was open stays open. */
export function manifests(panel, { manifests, stream }) {
  const open = new Set([...panel.querySelectorAll("details[open]")].map((one) => one.dataset.path));
  const folders = grouped(manifests);
  const count = manifests.length === 1 ? "1 object" : `${manifests.length} objects`;
  const parts = [...folders].flatMap(([name, objects]) => [element("h3", {}, name), ...objects.map((object) => manifest(object, open))]);
  const all = element("div", { class: "row" }, element("span", {}, `${count}, as gen -f prints them.`), copyButton(() => stream, "Copy all manifests"));
  panel.replaceChildren(all, ...parts);
}

function folder({ path }) {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "Whole set";
}

function grouped(manifests) {
  const groups = new Map();
  for (const one of manifests) groups.set(folder(one), [...(groups.get(folder(one)) ?? []), one]);
  return groups;
}

function manifest({ path, kind, name, text, isLeftOut }, open) {
  const summary = element("summary", {}, `${name} `, element("span", { class: "kind" }, kind));
  const details = element("details", { "data-path": path }, summary);
  const fill = () => {
    if (!details.open || details.childElementCount > 1) return;
    const row = element("div", { class: "row" }, element("code", {}, path), copyButton(() => text, `Copy ${path}`));
    if (isLeftOut) row.append(element("span", { class: "dim" }, "holds a real secret: not in the zip"));
    row.style.padding = "0 .6rem";
    details.append(row, code(text, path));
  };
  details.addEventListener("toggle", fill);
  if (open.has(path)) {
    details.open = true;
    fill();
  }
  return details;
}

/** The picture, in the width of the page or in its own. */
export function picture(panel, { picture }) {
  const frame = element("div", { class: "picture", tabindex: "0", role: "region", "aria-label": "Picture" });
  const isWhole = panel.querySelector(".picture.whole") !== null;
  frame.classList.toggle("whole", isWhole);
  const image = element("img", { alt: "What runs, and what it reads, mounts and talks to", src: `data:image/svg+xml;utf8,${encodeURIComponent(picture)}` });
  frame.append(image);
  const size = element("button", { type: "button", "aria-pressed": String(isWhole) }, "Full size");
  size.addEventListener("click", () => size.setAttribute("aria-pressed", String(frame.classList.toggle("whole"))));
  const saved = element("button", { type: "button" }, "Save as SVG");
  saved.addEventListener("click", () => save("airflow.svg", picture, "image/svg+xml"));
  panel.replaceChildren(element("div", { class: "row" }, size, saved), frame);
}

/** The Secrets that have to exist, with the commands, and what else others have to provide. */
export function secrets(panel, { secrets }, provided) {
  const parts = secrets.map(secret);
  const intro =
    secrets.length === 0
      ? "No Secret has to exist besides those that the values name or hold."
      : "The pods read these Secrets, which the values neither hold nor name: make them once.";
  const shown = [element("p", {}, intro)];
  if (secrets.some((one) => one.isFresh)) {
    const command = "gen secrets -f values.yaml | kubectl create -f -";
    const hint = "Those for which any text does, gen makes with fresh values:";
    shown.push(element("p", {}, hint), element("div", { class: "row" }, element("code", {}, command), copyButton(() => command, "Copy the command of gen secrets")));
  }
  shown.push(...parts);
  if (provided.length > 0) {
    const lines = provided.map((one) => element("li", {}, prose(`${one.message}${one.place ? `, line ${one.place.line}` : ""}`)));
    shown.push(element("h3", {}, "What the values name, and the cluster has to have"), element("ul", {}, ...lines));
  }
  panel.replaceChildren(...shown);
}

function secret({ name, namespace, key, keys, command, isFresh }) {
  const about = prose(`Keys: ${keys.map((one) => `\`${one}\``).join(", ")}. In the values: \`${key}\`.${isFresh ? " Any text does: `gen secrets` makes it." : ""}`);
  const text = element("pre", { class: "wrap", tabindex: "0", role: "region", "aria-label": `Command for ${name}` }, command);
  const title = element("h3", {}, name, element("span", { class: "dim" }, ` in the namespace ${namespace}`));
  return element("div", { class: "secret" }, title, element("p", {}, about), text, element("div", { class: "row" }, copyButton(() => command, `Copy the command for ${name}`)));
}

/** The values in today's keys; `take` puts them into the editor. */
export function migrated(panel, { text, moved, dropped, findings }, take) {
  if (text === null) {
    panel.replaceChildren(element("p", {}, "The values cannot be read: see the findings."));
    return;
  }
  const keys = (number) => (number === 1 ? "1 key" : `${number} keys`);
  const done = [moved > 0 && `${keys(moved)} moved to today’s names`, dropped > 0 && `${keys(dropped)} without effect became comments`];
  const said = done.filter(Boolean).join(", ") || "Nothing to change: all keys are today’s";
  const row = element("div", { class: "row" }, element("span", {}, `${said}.`), copyButton(() => text, "Copy the values in today’s keys"));
  if (moved + dropped > 0) {
    const button = element("button", { type: "button" }, "Put into the editor");
    button.addEventListener("click", () => take(text));
    row.append(button);
  }
  const left = findings.map((one) => element("li", {}, prose(`${one.message}${one.place ? `, line ${one.place.line}` : ""}`)));
  const list = left.length > 0 ? [element("details", {}, element("summary", {}, `What is told of it: ${left.length}`), element("ul", {}, ...left))] : [];
  panel.replaceChildren(row, ...list, code(text, "Values in today’s keys"));
}
