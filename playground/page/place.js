// Where in a text of YAML something stands: the path of keys that leads there, also while the text is being written.

import { syntaxTree } from "@codemirror/language";

const KEY = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#'"{}[\],&*!|>%@`-][^#]*?|-[^\s#][^#]*?))\s*:(?:\s|$)/;

/** The levels that a line begins with: dashes of lists and a key, each with its column. */
function levels(line) {
  const found = [];
  let at = line.length - line.trimStart().length;
  while (line.startsWith("- ", at) || line.slice(at) === "-") {
    found.push({ at, key: null });
    at += 1 + (line.slice(at + 1).length - line.slice(at + 1).trimStart().length);
  }
  const key = KEY.exec(line.slice(at));
  if (key) found.push({ at, key: key[1] ?? key[2] ?? key[3], end: at + key[0].length });
  return { found, at };
}

/** The column in which what belongs to a line begins that ends with a key alone. Nothing, if it does not end so. */
export function below(line) {
  const key = levels(line).found.at(-1);
  return key && key.key !== null && /^\s*(#.*)?$/.test(line.slice(key.end)) ? key.at + 2 : undefined;
}

/** The path of the map that has a key in a column of a line, by the lines above it. */
function above(doc, number, column, ownDashes) {
  const path = [];
  let limit = column;
  // A list may stand in the column of its key.
  let keyAtLimit = false;
  const take = (level) => {
    const fits = level.at < limit || (keyAtLimit && level.key !== null && level.at === limit);
    if (!fits) return;
    path.unshift(level.key);
    limit = level.at;
    keyAtLimit = level.key === null;
  };
  [...ownDashes].reverse().forEach(take);
  for (let above = number - 1; above >= 1 && (limit > 0 || keyAtLimit); above--) {
    const text = doc.line(above).text;
    if (text.trim() === "" || text.trimStart().startsWith("#")) continue;
    if (/^(---|\.\.\.)(\s|$)/.test(text)) break;
    levels(text).found.reverse().forEach(take);
  }
  return path;
}

/** The path of keys of a node of the syntax tree, itself included. */
function pathOf(state, node) {
  const path = [];
  for (let at = node, from = null; at; from = at, at = at.parent) {
    // Braces that are not closed yet may pass for a key.
    if (at.name === "Pair" && from && (from.name !== "Key" || from === node)) {
      const key = at.getChild("Key");
      if (key) path.unshift(unquoted(state.sliceDoc(key.from, key.to)));
    } else if (at.name === "Item" && from) {
      path.unshift(null);
    }
  }
  return path;
}

function unquoted(text) {
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(text);
  return quoted ? (quoted[1] ?? quoted[2]) : text;
}

/** The path of the key at a position, with where it stands. Nothing, if there is none. */
export function keyAt(state, pos) {
  for (let node = syntaxTree(state).resolveInner(pos, 1); node; node = node.parent) {
    if (node.name === "Key") return { path: pathOf(state, node), from: node.from, to: node.to };
    if (node.name === "Pair") return null;
  }
  return null;
}

/** What is being written at a position: a key of the map at `path`, or the value of what is there. */
export function writtenAt(state, pos) {
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  for (let node = syntaxTree(state).resolveInner(pos, -1); node; node = node.parent) {
    if (node.name === "Comment" || node.name === "BlockLiteralContent") return null;
    if (node.name === "FlowMapping" || node.name === "FlowSequence") return withinFlow(state, node, pos);
  }
  const { found, at } = levels(before);
  const key = found.at(-1);
  if (key && key.key !== null) {
    const word = before.slice(key.end);
    if (before.length < key.end || /\s/.test(word)) return null;
    return { isKey: false, path: [...above(state.doc, line.number, key.at, found.slice(0, -1)), key.key], from: line.from + key.end };
  }
  const word = before.slice(at);
  if (!/^[\w./-]*$/.test(word) || word === "-") return null;
  return { isKey: true, path: above(state.doc, line.number, at, found), from: line.from + at };
}

/** The same within braces. */
function withinFlow(state, node, pos) {
  const text = state.sliceDoc(node.from, pos);
  const own = /(?:^[{[]|,)\s*([\w./-]*)$/.exec(text);
  const path = pathOf(state, node);
  if (node.name === "FlowMapping") {
    if (own) return { isKey: true, path, from: pos - own[1].length };
    const value = /([\w./-]+)\s*:\s+([\w./-]*)$/.exec(text);
    return value ? { isKey: false, path: [...path, value[1]], from: pos - value[2].length } : null;
  }
  return own ? { isKey: false, path: [...path, null], from: pos - own[1].length } : null;
}
