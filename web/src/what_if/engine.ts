// The engine that is in the page: unpacks it, gives each core an instance, shares pairs of runs among them and puts together what
// they give, in the order of the runs. The numbers are those of truel compare with as many pairs, whatever the number of cores.
import type { Asker, Mistakes, Question } from "./asker";
import { is_mistakes } from "./asker";
import type { Answer } from "./data";
import { engine_text } from "./mode";
import { next_told, shares_of } from "./shares";
import type { Share } from "./shares";
import EngineWorker from "./worker?worker&inline";

/** What the page carries: the files of the package, and the module, packed. */
interface EngineParts { files: Record<string, string>; module: string }

export type Call = { what: "open"; module: WebAssembly.Module; package: { folder: string; files: EngineParts["files"] } } | { what: "ask"; question: Question }
  | { what: "measured"; of: Share } | { what: "append"; side: number; bytes: Uint8Array } | { what: "told"; pairs: number };
export type Reply = string | boolean | Uint8Array<ArrayBuffer>;

async function unpacked(letters: string): Promise<ArrayBuffer> {
  const text = atob(letters), bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = text.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** An instance of the engine in its thread, which answers one call after another. */
class Instance {
  private readonly worker = new EngineWorker();
  private readonly waiting = new Map<number, { done: (reply: Reply) => void; fail: (error: Error) => void }>();
  private last = 0;

  constructor() {
    this.worker.addEventListener("message", ({ data }: MessageEvent<{ id: number; reply: Reply; failure?: string }>) => {
      const call = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.failure === undefined) call?.done(data.reply);
      else call?.fail(new Error(data.failure));
    });
    this.worker.addEventListener("error", (event) => {
      for (const { fail } of this.waiting.values()) fail(new Error(event.message || "its thread did not start"));
      this.waiting.clear();
    });
  }

  call<R extends Reply>(call: Call): Promise<R> {
    const id = ++this.last;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done: (reply) => done(reply as R), fail });
      this.worker.postMessage({ id, call });
    });
  }

  close(): void { this.worker.terminate(); }
}

class EngineAsker implements Asker {
  /** The first puts together what all give. */
  private readonly instances: Instance[] = [];
  /** What the engine says of the war. */
  readonly war: Promise<string>;
  private before: Promise<void> = Promise.resolve();
  private ahead: AbortController | undefined;

  /** opening: how an instance is opened; starts so many of them, and the others with the first question. */
  constructor(private readonly opening: Call, instances: number) { this.war = this.open(instances); }

  private open(instances: number): Promise<string> {
    const opened = Array.from({ length: instances }, () => {
      const one = new Instance();
      this.instances.push(one);
      return one.call<string>(this.opening);
    });
    for (const one of opened) one.catch(() => undefined);  // it fails again when it is asked, and is told then
    return opened[0];
  }

  close(): void { for (const one of this.instances) one.close(); }

  /** Runs the pairs of a question before anybody asks it, until somebody asks another. */
  prepare(question: Question): void {
    this.ahead?.abort();
    const { signal } = (this.ahead = new AbortController());
    this.before = this.before.then(() => (signal.aborted ? undefined : this.answer(question, () => undefined, signal))).catch(() => undefined);  // it fails again for who asks
  }

  async ask(question: Question, on_answer: (answer: Answer | Mistakes) => void, signal: AbortSignal): Promise<void> {
    this.ahead?.abort();
    if (this.instances.length < cores()) void this.open(cores() - this.instances.length);
    const own = this.before.then(() => (signal.aborted ? undefined : this.answer(question, on_answer, signal)));
    this.before = own.catch(() => undefined);
    try {
      await own;
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      throw new Error(`The engine in this page stopped: ${said}. Load the page again${said.includes("memory") ? "; a war that is too large for a page can be asked with truel compare" : ""}.`, { cause: error });
    }
  }

  private async answer(question: Question, on_answer: (answer: Answer | Mistakes) => void, signal: AbortSignal): Promise<void> {
    const [first, ...others] = this.instances, wanted = question.pairs;
    const asked = [first, ...others].map((one) => one.call<string>({ what: "ask", question }));
    for (const one of asked) one.catch(() => undefined);  // without the first there is no answer, without another it takes longer
    const head = JSON.parse(await asked[0]) as { runs: number[]; same: boolean; looks: number[] } | Mistakes;
    if (is_mistakes(head)) {
      on_answer(head);
      return;
    }
    const has = head.same ? [head.runs[0]] : [...head.runs];
    const { looks } = head;
    let told = 0, next = looks.length > 0 ? next_told(0, wanted, looks) : Math.max(next_told(0, wanted), Math.min(wanted, ...has)), is_sure = false;
    const tell = async (): Promise<void> => {
      for (let here = Math.min(wanted, ...has); here >= next && told < wanted && !signal.aborted && !is_sure; here = Math.min(wanted, ...has)) {
        // Whether they are enough is looked at after as many pairs as truel compare does.
        told = looks.length > 0 ? next : here;
        next = next_told(told, wanted, looks);
        const answer = JSON.parse(await first.call<string>({ what: "told", pairs: told })) as Answer;
        is_sure = answer.until_sure?.sure === true;
        if (!signal.aborted && (is_sure || next > here || told === wanted)) on_answer(answer);
      }
    };
    await tell();
    const shares = shares_of(has, wanted), come = new Map<string, { bytes: Uint8Array; runs: number }>();
    /** Adds all that has come and is next. */
    const put_together = async (): Promise<void> => {
      const to = [...has], added: Promise<boolean>[] = [];
      has.forEach((_, side) => {
        for (let own = come.get(`${side} ${to[side]}`); own !== undefined; own = come.get(`${side} ${to[side]}`)) {
          come.delete(`${side} ${to[side]}`);
          to[side] += own.runs;
          added.push(first.call<boolean>({ what: "append", side, bytes: own.bytes }));
        }
      });
      if ((await Promise.all(added)).includes(false)) throw new Error("runs came out of their order");
      to.forEach((runs, side) => { has[side] = runs; });
    };
    // Only the first, who does it, waits until what he gave is put together: the others would wait for the pairs that he runs.
    let joined = Promise.resolve(), is_broken = false;
    const run = async (instance: Instance, share: Share): Promise<void> => {
      come.set(`${share.side} ${share.first}`, { bytes: await instance.call<Uint8Array<ArrayBuffer>>({ what: "measured", of: share }), runs: share.runs });
      joined = joined.then(put_together).then(tell);
      joined.catch(() => { is_broken = true; });
    };
    const running = new Map<Instance, Promise<void>>();
    const share_for = async (instance: Instance): Promise<Share | undefined> => {
      // Nor does the first begin with what the first answer does not need, while others still run what it needs.
      if (instance === first && told === 0 && shares.length > 0 && shares[0].first >= next) {
        await Promise.all(running.values());
        await joined;
      }
      return signal.aborted || is_broken || is_sure ? undefined : shares.shift();
    };
    const work = async (instance: Instance): Promise<void> => {
      for (let share = await share_for(instance); share; share = await share_for(instance)) {
        const own = run(instance, share);
        running.set(instance, own);
        await own;
        if (instance === first) await joined;
      }
    };
    // Nobody waits for one that is still being opened when the others are done.
    let working = 0;
    await new Promise<void>((done, fail) => {
      const begin = (instance: Instance): void => {
        ++working;
        work(instance).then(() => { if (--working === 0) done(); }, fail);
      };
      begin(first);
      others.forEach((one, i) => { asked[i + 1].then(() => begin(one), () => undefined); });
    });
    await joined;
  }
}

const cores = (): number => Math.max(1, navigator.hardwareConcurrency || 1);
const embedded = (): EngineParts => JSON.parse(engine_text()) as EngineParts;
const compiled = async ({ module }: EngineParts): Promise<WebAssembly.Module> => WebAssembly.compile(await unpacked(module));

/** The licences of what is linked into the engine (wasm/pack.mjs). */
export async function engine_licences(): Promise<string> {
  const [section] = WebAssembly.Module.customSections(await compiled(embedded()), "licences");
  return section === undefined ? "" : new TextDecoder().decode(section);
}

let started: Promise<EngineAsker> | undefined;

/** Unpacks and starts the engine, once; folder: the name of the package. Fails where the browser does not let it start. */
export function start_engine(folder: string, instances = cores()): Promise<EngineAsker> {
  return (started ??= (async () => {
    const all = embedded();
    return new EngineAsker({ what: "open", module: await compiled(all), package: { folder, files: all.files } }, instances);
  })());
}

/** Lets go of an engine that was started and of its memory. */
export function drop_engine(): void {
  started?.then((asker) => asker.close(), () => undefined);
  started = undefined;
}
