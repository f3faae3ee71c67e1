// What gen has to say of the values, as a list below the editor.

import { prose } from "./advice.js";
import { element } from "./text.js";

const ORDER = ["error", "warning", "note"];

/** Shows the findings, errors first; a place is a button that goes there. */
export function findings(list, found, go) {
  const sorted = [...found].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  list.replaceChildren(...sorted.map((one) => finding(one, go)));
}

function finding({ severity, code, message, place, label, notes, help }, go) {
  const title = element("p", {}, element("span", { class: "level" }, severity), " ", prose(message), " ", element("span", { class: "dim" }, code));
  if (place) {
    const name = `Line ${place.line}`;
    title.append(" ", element("button", { type: "button", "aria-label": `Go to line ${place.line}`, onclick: () => go(place) }, name));
  }
  const more = [label, ...notes, help].filter(Boolean).map((text) => element("p", { class: "more" }, prose(text)));
  return element("li", { class: `finding ${severity}` }, title, ...more);
}

/** How many there are of each kind, in words. */
export function counted(found) {
  const count = (severity) => found.filter((one) => one.severity === severity).length;
  const words = ORDER.map((severity) => [severity, count(severity)]).filter(([, number]) => number > 0);
  return words.map(([severity, number]) => (number === 1 ? `1 ${severity}` : `${number} ${severity}s`)).join(", ");
}
