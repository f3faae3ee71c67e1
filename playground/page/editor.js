// The editor of the values.

import { autocompletion } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { indentService, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { completions, meanings } from "./advice.js";
import { below } from "./place.js";

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--ground)", fontSize: "14px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", overflow: "auto" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--dim)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 9%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 30%, transparent)",
  },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--text)", border: "1px solid var(--line)" },
  ".cm-tooltip .about, .cm-completionInfo": { maxWidth: "30rem", padding: "2px 8px", fontSize: "13px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--ground)" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--text)" },
  ".cm-panels input, .cm-panels button": { color: "var(--text)", backgroundColor: "var(--ground)", backgroundImage: "none" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--raised)", color: "var(--dim)", border: "1px solid var(--line)" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
});

export class Editor {
  #view;

  /** `schema` gives the schema once it is there; `changed` is called with each change. */
  constructor(parent, schema, changed) {
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          basicSetup,
          yaml(),
          indentUnit.of("  "),
          indentService.of((context, pos) => (pos > 0 ? below(context.lineAt(pos, -1).text) : undefined)),
          syntaxHighlighting(classHighlighter),
          theme,
          lintGutter(),
          autocompletion({ override: [completions(schema)], activateOnTyping: true }),
          hoverTooltip(meanings(schema)),
          keymap.of([indentWithTab]),
          EditorView.contentAttributes.of({ "aria-labelledby": "values-label", spellcheck: "false" }),
          EditorView.updateListener.of((update) => update.docChanged && changed()),
        ],
      }),
    });
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  set text(text) {
    const { state } = this.#view;
    this.#view.dispatch({ changes: { from: 0, to: state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true });
  }

  /** Shows findings at their places. */
  show(findings) {
    const { doc } = this.#view.state;
    const marks = findings.filter((finding) => finding.place).map((finding) => {
      const { line, column, endLine, endColumn } = finding.place;
      const from = position(doc, line, column);
      const to = Math.max(from, Math.min(position(doc, endLine, endColumn), doc.lineAt(from).to));
      const severity = finding.severity === "note" ? "info" : finding.severity;
      const message = [finding.message, finding.label, ...finding.notes, finding.help].filter(Boolean).join("\n");
      return { from, to, severity, source: finding.code, message };
    });
    marks.sort((one, other) => one.from - other.from);
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  /** Goes to a place. */
  go({ line, column }) {
    const anchor = position(this.#view.state.doc, line, column);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.#view.focus();
  }
}

/** A position in a document of a line and a column, which counts characters from 1. */
function position(doc, number, column) {
  const line = doc.line(Math.max(1, Math.min(number, doc.lines)));
  const before = Array.from(line.text).slice(0, column - 1).join("");
  return line.from + before.length;
}
