// Makes one file of the page: its scripts, its style, the program and the examples.
//
//   node bundle.mjs PROGRAM.wasm OUT.html

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

const [program, out] = process.argv.slice(2);
const home = import.meta.dirname;
const page = join(home, "page");
const values = join(home, "..", "values");

const bundled = async (entry, format, define = {}) => {
  const result = await build({
    entryPoints: [join(page, entry)],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    charset: "ascii",
    legalComments: "none",
    write: false,
    define,
  });
  return result.outputFiles[0].text;
};

/** What stands in a script of HTML may not end it. */
const inScript = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

const worker = await bundled("worker.js", "iife");
const script = inScript(await bundled("main.js", "esm", { WORKER: JSON.stringify(worker) }));
const examples = readdirSync(values)
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(values, name), "utf8") }));
const version = /^version = "(.*)"$/m.exec(readFileSync(join(home, "..", "Cargo.toml"), "utf8"))[1];
const hash = createHash("sha256").update(script).digest("base64");
const parts = {
  // The browser itself holds the page to what it says: it reaches no network.
  policy: [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; "),
  style: readFileSync(join(page, "style.css"), "utf8"),
  version,
  examples: JSON.stringify(examples).replaceAll("<", "\\u003c"),
  program: deflateRawSync(readFileSync(program), { level: 9 }).toString("base64"),
  script,
};
const html = readFileSync(join(page, "index.html"), "utf8")
  .replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, html);
console.log(`${out}: ${(html.length / 1e6).toFixed(2)} MB, of which the program is ${(parts.program.length / 1e6).toFixed(2)} MB`);
