/** See engine.mjs. */
export class Engine {
  constructor(module: WebAssembly.Module);
  open(asked: unknown): string;
  summary(asked: unknown): string;
  ask(asked: unknown): string;
  measured(asked: { side: number; first: number; runs: number }): Uint8Array<ArrayBuffer>;
  append(side: number, bytes: Uint8Array): boolean;
  told(asked: { pairs: number }): string;
}
