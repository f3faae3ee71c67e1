// What the JSON Schema of the values says of a path of keys.

export class Schema {
  #root;
  #definitions;

  constructor(document) {
    this.#root = document;
    this.#definitions = document.definitions ?? {};
  }

  /** What is at a path of keys; an item of a list is `null` there. Nothing, if the schema does not know it. */
  at(path) {
    let views = this.#views(this.#root);
    for (const step of path) {
      views = views.flatMap((view) => {
        const below = step === null ? view.items : (view.properties?.[step] ?? view.additionalProperties);
        return below && typeof below === "object" ? this.#views(below) : [];
      });
    }
    return views;
  }

  /** The keys that a map takes at a path, each with what is said of it. */
  keys(path) {
    const keys = new Map();
    for (const view of this.at(path)) {
      for (const [key, node] of Object.entries(view.properties ?? {})) {
        if (!keys.has(key)) keys.set(key, this.#about(this.#views(node)));
      }
    }
    return keys;
  }

  /** What is said of a path: its meaning, its words, its default. */
  about(path) {
    const views = this.at(path);
    return views.length > 0 ? this.#about(views) : null;
  }

  #about(views) {
    const first = (name) => views.find((view) => view[name] !== undefined)?.[name];
    const types = new Set(views.flatMap((view) => view.type ?? []).filter((type) => type !== "null"));
    const words = new Map();
    for (const view of views) {
      if (view.const !== undefined) words.set(String(view.const), view.description ?? "");
      for (const word of view.enum ?? []) if (word !== null) words.set(String(word), "");
    }
    if (types.has("boolean")) for (const word of ["true", "false"]) words.set(word, "");
    return { description: first("description"), fallback: first("default"), deprecated: first("deprecationMessage"), types, words };
  }

  /** A node and all that it refers to or chooses from; what is said where it is used comes first. */
  #views(node, seen = new Set()) {
    if (!node || typeof node !== "object") return [];
    const views = [node];
    if (typeof node.$ref === "string" && !seen.has(node.$ref)) {
      const name = decodeURIComponent(node.$ref.replace("#/definitions/", "")).replaceAll("~1", "/").replaceAll("~0", "~");
      views.push(...this.#views(this.#definitions[name], new Set(seen).add(node.$ref)));
    }
    for (const choice of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]) views.push(...this.#views(choice, seen));
    return views;
  }
}
