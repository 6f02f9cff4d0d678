// The engine in JavaScript: loads engine.wasm and asks it. Nothing here is of node or of a page alone.

/** What the C library asks of a system: no clock matters, there are no files, and what it says goes to `say`. */
function system(memory, say) {
  const view = () => new DataView(memory().buffer);
  const kBadDescriptor = 8, kDone = 0;
  return {
    fd_write(descriptor, pieces, count, written) {
      let bytes = 0, text = "";
      for (let k = 0; k < count; ++k) {
        const at = view().getUint32(pieces + 8 * k, true), length = view().getUint32(pieces + 8 * k + 4, true);
        text += new TextDecoder().decode(new Uint8Array(memory().buffer, at, length));
        bytes += length;
      }
      say(text);
      view().setUint32(written, bytes, true);
      return kDone;
    },
    clock_time_get(clock, precision, at) {
      view().setBigUint64(at, BigInt(Math.round(performance.now() * 1e6)), true);
      return kDone;
    },
    environ_sizes_get(count, size) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return kDone;
    },
    environ_get: () => kDone,
    proc_exit(status) { throw new Error(`the engine ended with status ${status}`); },
    no_descriptor: () => kBadDescriptor,
  };
}

/** The questions of one instance. Each takes an object and gives what the engine says of it, as text. */
export class Engine {
  #exports;
  #said = "";

  /** module: a WebAssembly.Module. */
  constructor(module) {
    const own = system(() => this.#exports.memory, (text) => { this.#said += text; });
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = own[name] ?? own.no_descriptor;
    this.#exports = new WebAssembly.Instance(module, imports).exports;
    this.#exports._initialize();
  }

  /** {folder, files: {name: text}}: the war and its dials, as the page of truel serve gets them, or {"errors": [...]}, as everywhere. */
  open(asked) { return this.#ask("truel_open", asked); }
  /** {runs, seed, accounts, settings}: what `truel run --json` prints. */
  summary(asked) { return this.#ask("truel_summary", asked); }
  /** {runs, against, against_settings, accounts, settings}: what `truel compare --json` prints with seed 1, and who holds the places. */
  compare(asked) { return this.#ask("truel_compare", asked); }

  #ask(what, asked) {
    const bytes = new TextEncoder().encode(JSON.stringify(asked));
    const room = this.#exports.truel_room(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, room, bytes.length).set(bytes);
    let at;
    try {
      at = this.#exports[what]();
    } catch (error) {
      throw new Error(`the engine broke down: ${this.#said || error.message}`, { cause: error });
    }
    return new TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, at, this.#exports.truel_length()));
  }
}
