// Runs gen: the module is compiled once, and each request has an instance of its own, so that no run sees what another left.

import { ConsoleStdout, File, OpenFile, WASI } from "@bjorn3/browser_wasi_shim";

let compiled;

self.onmessage = async ({ data }) => {
  if (data.program) {
    compiled = inflated(data.program).then((bytes) => WebAssembly.compile(bytes));
    return;
  }
  const { number, request } = data;
  try {
    const began = performance.now();
    const answer = run(await compiled, JSON.stringify(request));
    self.postMessage({ number, answer, took: performance.now() - began });
  } catch (error) {
    self.postMessage({ number, failure: String(error && error.message ? error.message : error) });
  }
};

function inflated(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}

/** One run of the program: the text of a request in, the text of the answer out. */
function run(module, asked) {
  const out = new File([]);
  const told = [];
  const descriptors = [
    new OpenFile(new File(new TextEncoder().encode(asked))),
    new OpenFile(out),
    ConsoleStdout.lineBuffered((line) => told.push(line)),
  ];
  const wasi = new WASI(["gen"], [], descriptors, { debug: false });
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport });
  let status;
  try {
    status = wasi.start(instance);
  } catch (error) {
    throw new Error(["gen stopped, which is a fault of its own:", ...told, error.message].join(" "));
  }
  if (status !== 0) throw new Error(told.join("\n") || `the program ended with ${status}`);
  return JSON.parse(new TextDecoder().decode(out.data));
}
