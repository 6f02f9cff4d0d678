// One instance of the engine, in a thread of its own.
import { Engine } from "../../../wasm/engine.mjs";
import type { Call, Reply } from "./engine";

let engine: Engine | undefined;

function reply_to(call: Call): Reply {
  if (call.what === "open") {
    engine = new Engine(call.module);
    return engine.open(call.package);
  }
  if (engine === undefined) throw new Error("the engine has not been opened");
  switch (call.what) {
    case "ask": return engine.ask(call.question);
    case "measured": return engine.measured(call.of);
    case "append": return engine.append(call.side, call.bytes);
    case "told": return engine.told({ pairs: call.pairs });
  }
}

self.addEventListener("message", ({ data }: MessageEvent<{ id: number; call: Call }>) => {
  try {
    const reply = reply_to(data.call);
    self.postMessage({ id: data.id, reply }, { transfer: reply instanceof Uint8Array ? [reply.buffer] : [] });
  } catch (error) {
    self.postMessage({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
  }
});
