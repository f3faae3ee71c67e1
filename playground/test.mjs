// The playground in a real browser, beside the binary.
//
//   GEN=... CHROMIUM=... node test.mjs FOLDER
//   GEN=... CHROMIUM=... node test.mjs FOLDER zip    those whose names have the word
//
// FOLDER has the page; screenshots go there as well.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import puppeteer from "puppeteer-core";

const { GEN, CHROMIUM } = process.env;
const folder = resolve(process.argv[2]);
const values = join(import.meta.dirname, "..", "values");
const url = pathToFileURL(join(folder, "index.html")).href;
const scratch = mkdtempSync(join(tmpdir(), "playground-"));
const faults = [];

const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"], userDataDir: join(scratch, "profile") });

/** A page that has rendered; whatever it asks the network for, or complains of, is a fault. */
async function opened(address = url, { width = 1280, height = 800, scheme = "light" } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("request", (request) => /^(file|data|blob):/.test(request.url()) || faults.push(`a request to ${request.url()}`));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
  await page.evaluateOnNewDocument(() => document.addEventListener("rendered", ({ detail }) => (window.rendered = detail)));
  await page.goto(address);
  await done(page);
  return page;
}

const done = (page) => page.waitForFunction(() => document.body.dataset.state === "done", { timeout: 120_000 });

/** Has a text in the editor, as a file that is opened, and gives what came of it. */
async function rendered(page, path) {
  await page.evaluate(() => (document.body.dataset.state = "opening"));
  await (await page.$("#file")).uploadFile(path);
  await done(page);
  return page.evaluate(() => window.rendered);
}

const text = (page, selector) => page.$eval(selector, (one) => one.innerText);
const yaml = (folder) => readdirSync(folder).filter((name) => name.endsWith(".yaml")).sort();
const files = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());

/** What the binary says of a file, by the name that the page has for it. */
function native(path, ...more) {
  const home = mkdtempSync(join(scratch, "native-"));
  cpSync(path, join(home, "values.yaml"));
  return spawnSync(GEN, ["-f", "values.yaml", ...more], { cwd: home, encoding: "utf8", env: {}, maxBuffer: 1 << 28 });
}

async function everyFileGivesTheSameBytes() {
  const page = await opened();
  const names = yaml(values);
  for (const name of names) {
    const path = join(values, name);
    const { answer, text } = await rendered(page, path);
    assert.equal(text, readFileSync(path, "utf8"), name);
    assert.ok(answer.output, `${name}: ${JSON.stringify(answer.findings)}`);
    assert.equal(answer.output.stream, native(path).stdout, name);
  }
  await page.close();
  return `${names.length} files of values/`;
}

async function everyMistakeIsTold() {
  const page = await opened();
  let count = 0;
  for (const name of yaml(join(values, "invalid"))) {
    const path = join(values, "invalid", name);
    const { stderr, status } = native(path, "--message-format", "json", "--verbose");
    // Some are mistakes only beside an option; no secret is read from elsewhere in a browser, and what is no UTF-8 never gets there.
    if (status !== 2) continue;
    const told = stderr.trim().split("\n").map((line) => JSON.parse(line));
    if (told.some(({ code }) => code === "Y115" || code === "F102")) continue;
    const { answer } = await rendered(page, path);
    const said = (findings) => findings.map(({ message, place }) => JSON.stringify([message, place])).sort();
    assert.deepEqual(said([...answer.findings, ...answer.provided]), said(told), name);
    assert.equal(answer.output, null, name);
    count += 1;
  }
  await page.close();
  return `${count} files of values/invalid/`;
}

async function aFindingStandsAtItsLine() {
  const page = await opened();
  const path = join(values, "invalid", "unknown-key.yaml");
  const { answer } = await rendered(page, path);
  const { line } = answer.findings.find(({ severity }) => severity === "error").place;
  const marked = await page.evaluate(() => {
    const marker = document.querySelector(".cm-lint-marker-error").getBoundingClientRect();
    const lines = [...document.querySelectorAll(".cm-line")].map((one) => one.getBoundingClientRect());
    return lines.findIndex((one) => one.top <= marker.top + 4 && marker.top + 4 < one.bottom) + 1;
  });
  assert.equal(marked, line);
  assert.match(await text(page, "#findings"), new RegExp(`Line ${line}`));
  assert.match(await text(page, "#status"), /nothing is rendered/);
  assert.ok(await page.$("#stale:not([hidden])"));
  await page.click("#findings button");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("cm-content")));
  await page.close();
}

async function keysAreCompletedAndExplained() {
  const page = await opened();
  await page.focus(".cm-content");
  const offers = async (typed, label) => {
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.press("Backspace");
    await page.keyboard.type(typed, { delay: 5 });
    await page.keyboard.down("Control");
    await page.keyboard.press("Space");
    await page.keyboard.up("Control");
    const offered = () => page.$$eval(".cm-tooltip-autocomplete .cm-completionLabel", (all) => all.map((one) => one.textContent));
    // What was offered for the text before may still be there.
    for (let waited = 0; !(await offered()).includes(label); waited++) {
      assert.ok(waited < 100, `${typed}: ${label} is not among ${await offered()}; ${JSON.stringify(await text(page, ".cm-content"))}`);
      await new Promise((later) => setTimeout(later, 50));
    }
  };
  await offers("schedu", "scheduler");
  await offers("delivery: ", "argocd");
  await offers("env: [{na", "name");
  await offers("scheduler:\nrepl", "replicas");
  // The item at the top is what was typed most of.
  await new Promise((later) => setTimeout(later, 200));
  await page.keyboard.press("Enter");
  await page.keyboard.type("2");
  await done(page);
  assert.match(await page.evaluate(() => document.querySelector(".cm-content").innerText), /replicas: 2/);
  await page.hover(".cm-line .tok-propertyName");
  await page.waitForSelector(".cm-tooltip-hover .about");
  assert.match(await text(page, ".cm-tooltip-hover"), /scheduler/i);
  await page.close();
}

async function aLinkHoldsTheValues() {
  const page = await opened();
  const path = join(values, "azure.yaml");
  await rendered(page, path);
  await page.click("#link");
  await page.waitForFunction(() => location.hash.length > 10);
  const link = page.url();
  const other = await opened(link);
  assert.equal((await other.evaluate(() => window.rendered)).text, readFileSync(path, "utf8"));
  await other.close();
  const broken = await opened(`${url}#v1=AAAA`);
  assert.ok(await broken.evaluate(() => window.rendered.answer.output));
  await broken.close();
  await page.close();
  return `${link.length - url.length} characters for azure.yaml`;
}

async function theZipHasTheFilesOfADirectory() {
  const page = await opened();
  const path = join(values, "aws.yaml");
  await rendered(page, path);
  const downloads = join(scratch, "downloads");
  mkdirSync(downloads);
  const session = await page.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
  await page.click("#download");
  const zip = join(downloads, "airflow.zip");
  for (let waited = 0; !readdirSync(downloads).includes("airflow.zip") && waited < 100; waited++) await new Promise((later) => setTimeout(later, 50));
  const held = Object.fromEntries(Object.entries(unzipSync(readFileSync(zip))).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
  const directory = join(scratch, "directory");
  execFileSync(GEN, ["-f", path, "-o", directory], { stdio: "ignore" });
  const written = files(directory).map((path) => [relative(directory, path), readFileSync(path, "utf8")]);
  assert.deepEqual(held, Object.fromEntries(written.filter(([name]) => name !== ".gen-ledger")));
  await page.close();
  return `${written.length - 1} files`;
}

async function theTabsShowWhatTheCommandsPrint() {
  const page = await opened();
  const path = join(values, "from-helm.yaml");
  const { answer } = await rendered(page, path);
  assert.equal(answer.output.picture, execFileSync(GEN, ["graph", "-f", path, "--format", "svg"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  await page.click("#tab-migrated");
  await page.waitForSelector("#panel-migrated pre");
  const migrated = await page.$eval("#panel-migrated pre", (one) => one.textContent);
  assert.equal(migrated, spawnSync(GEN, ["migrate", path], { encoding: "utf8" }).stdout);
  await rendered(page, join(values, "local.yaml"));
  await page.click("#tab-secrets");
  const told = native(join(values, "local.yaml")).stderr;
  const commands = await page.$$eval("#panel-secrets .secret pre", (all) => all.map((one) => one.textContent));
  assert.ok(commands.length > 0);
  for (const command of commands) assert.ok(told.includes(command), command);
  await page.click("#tab-manifests");
  await page.click("#panel-manifests summary");
  await page.waitForSelector("#panel-manifests pre");
  assert.match(await text(page, "#panel-manifests pre"), /^---\n# Source: /);
  await page.close();
}

async function theKeyboardReachesAll() {
  const page = await opened();
  const name = () => page.evaluate(() => (document.activeElement.classList.contains("cm-content") ? "editor" : document.activeElement.id || document.activeElement.tagName));
  const reached = [];
  for (let step = 0; step < 12 && reached.at(-1) !== "panel-manifests"; step++) {
    if (reached.at(-1) === "editor") await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    reached.push(await name());
  }
  for (const one of ["examples", "open", "link", "download", "editor", "tab-manifests", "panel-manifests"]) assert.ok(reached.includes(one), `${one}: ${reached}`);
  await page.focus("#tab-manifests");
  for (const one of ["tab-picture", "tab-secrets", "tab-migrated", "tab-manifests"]) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await name(), one);
    assert.ok(await page.$(`#${one.replace("tab", "panel")}:not([hidden])`));
  }
  // Within the editor Tab indents, unless Escape was the key before.
  await page.focus(".cm-content");
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  assert.equal(await name(), "editor");
  await page.close();
}

async function nothingFreezesThePage() {
  const page = await opened();
  const huge = (size) => page.evaluate((size) => {
    const data = new DataTransfer();
    data.items.add(new File(["# ".repeat(size / 2)], "huge.yaml"));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, size);
  await huge(5 << 20);
  await page.waitForFunction(() => /larger than 4 MiB/.test(document.querySelector("#status").textContent));
  // What nests deeply ends in a finding; what follows is rendered.
  await page.evaluate(() => {
    document.body.dataset.state = "opening";
    const data = new DataTransfer();
    data.items.add(new File([`env: ${"[".repeat(50_000)}`], "deep.yaml"));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await done(page);
  assert.match(await text(page, "#status"), /error/);
  const { answer } = await rendered(page, join(values, "local.yaml"));
  assert.ok(answer.output);
  await page.close();
}

async function pictures() {
  const shots = [
    ["light", {}],
    ["dark", { scheme: "dark" }],
    ["narrow", { width: 360, height: 760 }],
    ["narrow-dark", { width: 360, height: 760, scheme: "dark" }],
  ];
  for (const [name, how] of shots) {
    const page = await opened(url, how);
    const shot = (part) => page.screenshot({ path: join(folder, `${name}${part}.png`), fullPage: how.width !== undefined });
    await page.click("#panel-manifests summary");
    await page.waitForSelector("#panel-manifests pre");
    await shot("");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the page`);
    for (const tab of ["picture", "secrets"]) {
      await page.click(`#tab-${tab}`);
      await shot(`-${tab}`);
    }
    await rendered(page, join(values, "invalid", "unknown-key.yaml"));
    await shot("-error");
    await rendered(page, join(values, "from-helm.yaml"));
    await page.click("#tab-migrated");
    await page.waitForSelector("#panel-migrated pre");
    await shot("-migrated");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the page`);
    await page.close();
  }
}

/** Not a test: how long a rendering takes, beside a run of the binary. */
async function howFast() {
  const page = await opened();
  const path = join(values, "local.yaml");
  const median = (all) => all.sort((one, other) => one - other)[all.length >> 1];
  const here = [];
  for (let run = 0; run < 20; run++) here.push((await rendered(page, path)).took);
  const there = Array.from({ length: 20 }, () => {
    const began = performance.now();
    spawnSync(GEN, ["-f", path]);
    return performance.now() - began;
  });
  await page.close();
  return `values/local.yaml: ${median(here).toFixed(1)} ms in the browser, ${median(there).toFixed(1)} ms as a process (medians of 20)`;
}

const tests = [
  everyFileGivesTheSameBytes,
  everyMistakeIsTold,
  aFindingStandsAtItsLine,
  keysAreCompletedAndExplained,
  aLinkHoldsTheValues,
  theZipHasTheFilesOfADirectory,
  theTabsShowWhatTheCommandsPrint,
  theKeyboardReachesAll,
  nothingFreezesThePage,
  pictures,
  howFast,
];
const wanted = process.argv[3];
let failed = 0;
for (const test of tests.filter(({ name }) => !wanted || name.toLowerCase().includes(wanted.toLowerCase()))) {
  const name = test.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  try {
    const said = await test();
    assert.deepEqual(faults.splice(0), []);
    console.log(`passed  ${name}${said ? `: ${said}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}: ${error.message}`);
    for (const page of (await browser.pages()).slice(1)) await page.close();
    faults.length = 0;
  }
}
await browser.close();
rmSync(scratch, { recursive: true, force: true });
process.exit(failed === 0 ? 0 : 1);
