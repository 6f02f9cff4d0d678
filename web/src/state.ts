// What the reader has chosen, kept in the address: a link shows another reader the same, and back goes back.

import { unfold } from "./dom";

/** After this many ms without another one what was noted is written into the address. */
const kSettleMs = 250;

/** The section and the choices that an address names: "#map&date=2016-12-30&place=palmyra". */
export interface Address { section: string; choices: Map<string, string> }

export function read_address(hash: string): Address {
  const parts = hash.replace(/^#/, "").split("&").filter(Boolean);
  const section = parts.length > 0 && !parts[0].includes("=") ? decode(parts[0]) : "";
  const choices = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf("=");
    if (equals > 0) choices.set(decode(part.slice(0, equals)), decode(part.slice(equals + 1)));
  }
  return { section, choices };
}

export function write_address({ section, choices }: Address): string {
  const parts = [...choices].map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return `#${[encodeURIComponent(section), ...parts].filter(Boolean).join("&")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;  // a link that was cut off in the middle of a letter
  }
}

const scroll_to = (section: string): void => {
  const target = section ? document.getElementById(section) : null;
  if (target) unfold(target);
  target?.scrollIntoView({ block: "start", behavior: "instant" });  // what is drawn once it is passed would move the target
};

/** The choices of the page. Setting one writes it into the address: as a step that back undoes, or in place. */
export class State {
  private address: Address;
  private readonly listeners: (() => void)[] = [];
  private timer: number | undefined;  // while something that was noted is still to be written
  private is_noted = false;  // the present entry of the history is one that was noted
  private readonly end = new AbortController();
  /** Ends with the page that these choices are of. */
  readonly over = this.end.signal;

  constructor() {
    this.address = read_address(window.location.hash);
    window.addEventListener("popstate", () => {
      this.forget_timer();
      this.is_noted = false;
      this.address = read_address(window.location.hash);
      this.tell();
      scroll_to(this.address.section);
    }, { signal: this.over });
    // Links within the page change the section and keep all else.
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const { section, choices } = read_address(link.getAttribute("href") ?? "");
      this.go(section, Object.fromEntries(choices));
    }, { signal: this.over });
  }

  get(key: string): string | undefined { return this.address.choices.get(key); }
  get section(): string { return this.address.section; }

  /** Calls back on every change, and now. */
  follow(listener: () => void): void {
    this.listeners.push(listener);
    listener();
  }

  /** Another page takes the place of this one: nobody is told any more, and nothing is written. */
  close(): void {
    this.forget_timer();
    this.listeners.length = 0;
    this.end.abort();
  }

  /** "" leaves a choice out of the address. is_step: back returns to what was before. */
  set(key: string, value: string, is_step = true): void { this.set_all({ [key]: value }, is_step); }

  /** The same for several choices, which are one step. */
  set_all(choices: Record<string, string>, is_step = true): void {
    if (Object.entries(choices).every(([key, value]) => (this.get(key) ?? "") === value)) return;
    this.settle();
    this.take(choices);
    this.write(is_step);
    this.is_noted &&= !is_step;
    this.tell();
  }

  /** Takes over what the page shows already and may soon change again, as the date does while it plays: nobody is told, and the
   * address has it once it rests or something else is chosen. All that is noted until something else is chosen is one step. */
  note(key: string, value: string): void {
    if (this.over.aborted) return;
    this.take({ [key]: value });
    this.forget_timer();
    this.timer = window.setTimeout(() => this.settle(), kSettleMs);
  }

  /** Goes to a section, with these choices over the present ones. */
  go(section: string, choices: Record<string, string> = {}): void {
    this.settle();
    this.address.section = section;
    this.take(choices);
    this.write(true);
    this.is_noted = false;
    this.tell();
    scroll_to(section);
  }

  private forget_timer(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Writes what was noted. */
  private settle(): void {
    if (this.timer === undefined) return;
    this.forget_timer();
    this.write(!this.is_noted);
    this.is_noted = true;
  }

  private take(choices: Record<string, string>): void {
    for (const [key, value] of Object.entries(choices)) {
      if (value) this.address.choices.set(key, value);
      else this.address.choices.delete(key);
    }
  }

  private write(is_step: boolean): void {
    const hash = write_address(this.address);
    if (hash === window.location.hash || (hash === "#" && window.location.hash === "")) return;
    if (is_step) window.history.pushState(null, "", hash);
    else window.history.replaceState(null, "", hash);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
