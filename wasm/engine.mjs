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

/** What the module says where it gets no more memory (src/exceptions.cpp). */
const kNoMemory = "the memory ran out";

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
  /** {against, against_settings, accounts, settings, pairs}, and {actor, way, from} of against_united and united: the question that the next three are about. Gives {runs: [n, n], same},
   * realizations of the sides that are here and whether the sides are one, or {errors}. */
  ask(asked) { return this.#ask("truel_ask", asked); }
  /** {side, first, runs}: these realizations as bytes, for `append` of any instance that was asked the same. */
  measured(asked) { return this.#call("truel_measured", asked).slice(); }
  /** Adds realizations to a side, 0 or 1. Whether they are those that come next. */
  append(side, bytes) {
    this.#put(bytes);
    return this.#run("truel_append", side) === 1;
  }
  /** {pairs}: what the first so many pairs say, as truel serve tells it. */
  told(asked) { return this.#ask("truel_told", asked); }

  #put(bytes) {
    const room = this.#exports.truel_room(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, room, bytes.length).set(bytes);
  }

  #run(what, ...given) {
    try {
      return this.#exports[what](...given);
    } catch (error) {
      const has = this.#exports.memory.buffer.byteLength >> 20;
      throw new Error(this.#said.includes(kNoMemory) ? `the memory ran out: it has ${has} MB and was refused more` : `the engine broke down: ${this.#said || error.message}`, { cause: error });
    }
  }

  #call(what, asked) {
    this.#put(new TextEncoder().encode(JSON.stringify(asked)));
    const at = this.#run(what);
    return new Uint8Array(this.#exports.memory.buffer, at, this.#exports.truel_length());
  }

  #ask(what, asked) { return new TextDecoder().decode(this.#call(what, asked)); }
}
