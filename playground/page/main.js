// The page: values in the editor, and what gen makes of them.

import { strToU8, zipSync } from "fflate";
import { Editor } from "./editor.js";
import { counted, findings } from "./findings.js";
import { Gen } from "./gen.js";
import { MOST } from "./limits.js";
import { fragment, valuesOf } from "./link.js";
import * as panels from "./panels.js";
import { Schema } from "./schema.js";
import { tabs } from "./tabs.js";
import { copy, element, save } from "./text.js";

/** How long after the last change a run begins, in milliseconds. */
const PAUSE = 150;
const NAME = "values.yaml";

const byId = (id) => document.getElementById(id);
const bytes = (id) => Uint8Array.from(atob(byId(id).textContent.trim()), (character) => character.charCodeAt(0));

const examples = JSON.parse(byId("values").textContent);
const gen = new Gen(WORKER, bytes("program"));
const editor = new Editor(byId("editor"), () => schema, changed);

let schema = null;
let isOldSchema = null;
let shown = null;
let panel = "panel-manifests";
let timer = null;
let isRunning = false;
let isChanged = false;

function say(text, isError = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("error", isError);
}

function changed() {
  clearTimeout(timer);
  document.body.dataset.state = "changed";
  timer = setTimeout(render, PAUSE);
}

/** Renders what is in the editor; what changes meanwhile is rendered next. */
async function render() {
  if (isRunning) {
    isChanged = true;
    return;
  }
  isRunning = true;
  const text = editor.text;
  try {
    if (text.length > MOST) throw new Error(`the values are larger than ${MOST >> 20} MiB`);
    const { answer, took } = await gen.ask({ ask: "render", name: NAME, text });
    show(answer, took);
    document.dispatchEvent(new CustomEvent("rendered", { detail: { text, answer, took } }));
    await learn(text);
    await migrate(text);
  } catch (error) {
    editor.show([]);
    byId("findings").replaceChildren();
    stale(true);
    say(error.message, true);
  }
  isRunning = false;
  if (isChanged || editor.text !== text) {
    isChanged = false;
    render();
  } else {
    document.body.dataset.state = "done";
  }
}

function show({ findings: found, provided, output }, took) {
  editor.show(found);
  findings(byId("findings"), found, (place) => editor.go(place));
  stale(output === null);
  const time = `${took < 10 ? took.toFixed(1) : Math.round(took)} ms`;
  document.body.dataset.took = String(took);
  if (output === null) return say(`${counted(found)}: nothing is rendered`, true);
  shown = output;
  const count = output.manifests.length === 1 ? "1 object" : `${output.manifests.length} objects`;
  say([`${count} in ${time}`, counted(found)].filter(Boolean).join("; "));
  byId("tab-secrets").textContent = output.secrets.length > 0 ? `Secrets (${output.secrets.length})` : "Secrets";
  panels.manifests(byId("panel-manifests"), output);
  panels.picture(byId("panel-picture"), output);
  panels.secrets(byId("panel-secrets"), output, provided);
}

function stale(is) {
  byId("stale").hidden = !is || shown === null;
  byId("download").disabled = is;
}

/** Has the schema of the edition that the values are for. */
async function learn(text) {
  const old = /^airflowVersion:\s*["']?1\.10/m.test(text);
  if (old === isOldSchema) return;
  const { answer } = await gen.ask({ ask: "schema", old });
  schema = new Schema(answer);
  isOldSchema = old;
}

/** Shows the values in today's keys, if they are looked at. */
async function migrate(text) {
  if (panel !== "panel-migrated") return;
  const { answer } = await gen.ask({ ask: "migrate", name: NAME, text });
  panels.migrated(byId(panel), answer, (text) => (editor.text = text));
}

/** Takes a file's text for values. */
async function take(file) {
  if (file.size > MOST) return say(`${file.name} is larger than ${MOST >> 20} MiB`, true);
  try {
    editor.text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    say(`${file.name} is not UTF-8 text`, true);
  }
}

async function takeFragment() {
  try {
    const text = await valuesOf(location.hash);
    if (text !== null) editor.text = text;
    return text !== null;
  } catch {
    say("the link does not hold values: it may be cut off", true);
    return false;
  }
}

function example(name) {
  editor.text = examples.find((one) => one.name === name).text;
}

byId("examples").append(
  element("option", { value: "" }, "Choose one"),
  ...examples.map(({ name }) => element("option", { value: name }, name.replace(/\.yaml$/, ""))),
);
byId("examples").addEventListener("change", ({ target }) => target.value && example(target.value));
byId("open").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", ({ target }) => {
  if (target.files[0]) take(target.files[0]);
  target.value = "";
});
byId("link").addEventListener("click", async () => {
  history.replaceState(null, "", fragment(editor.text));
  await copy(location.href).then(
    () => say("The link is copied. It holds the values, secrets in them too."),
    () => say("The link stands in the address bar. It holds the values, secrets in them too."),
  );
});
byId("download").addEventListener("click", () => {
  const files = Object.fromEntries(shown.files.map(({ path, text }) => [path, strToU8(text)]));
  save("airflow.zip", zipSync(files, { level: 6, mtime: "1980-01-01T00:00:00" }), "application/zip");
});

let drags = 0;
const drag = (change) => (event) => {
  event.preventDefault();
  drags = change === 0 ? 0 : drags + change;
  document.body.classList.toggle("drop", drags > 0);
};
addEventListener("dragenter", drag(1));
addEventListener("dragleave", drag(-1));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener(
  "drop",
  (event) => {
    drag(0)(event);
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.stopPropagation();
    take(file);
  },
  true,
);
addEventListener("hashchange", takeFragment);

tabs(document.querySelector("[role=tablist]"), (id) => {
  panel = id;
  if (id === "panel-migrated" && !isRunning) render();
});

say("gen starts…");
if (!(await takeFragment())) example("local.yaml");
