// gen in its worker: requests one after the other, and an end to each that takes too long.

/** How long a run may take, in milliseconds; the first has the compilation in it. */
const PATIENCE = 10_000;
const FIRST_PATIENCE = 60_000;

export class Gen {
  #url;
  #program;
  #worker;
  #number = 0;
  #warm = false;
  #last = Promise.resolve();

  /** `source` is the worker's script, `program` the compressed module. */
  constructor(source, program) {
    this.#url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.#program = program;
    this.#start();
  }

  #start() {
    this.#warm = false;
    this.#worker = new Worker(this.#url);
    this.#worker.postMessage({ program: this.#program });
  }

  /** What gen answers, and how long the run took in milliseconds. */
  ask(request) {
    const asked = this.#last.then(() => this.#run(request));
    this.#last = asked.catch(() => {});
    return asked;
  }

  #run(request) {
    const number = ++this.#number;
    const worker = this.#worker;
    return new Promise((answered, failed) => {
      const restart = (reason) => {
        worker.terminate();
        this.#start();
        failed(new Error(reason));
      };
      const patience = this.#warm ? PATIENCE : FIRST_PATIENCE;
      const timer = setTimeout(() => restart(`gen was stopped: it had not answered after ${patience / 1000} seconds`), patience);
      worker.onmessage = ({ data }) => {
        if (data.number !== number) return;
        clearTimeout(timer);
        this.#warm = true;
        if (data.failure === undefined) answered(data);
        else failed(new Error(data.failure));
      };
      worker.onerror = (event) => {
        clearTimeout(timer);
        restart(event.message || "the worker cannot be started");
      };
      worker.postMessage({ number, request });
    });
  }
}
