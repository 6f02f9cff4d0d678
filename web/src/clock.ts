// The date that the whole page shows.
import type { State } from "./state";

const kStepMs = 90;

/** The position of the last date that is not after a day; -1: there is none. */
export const last_upto = (dates: string[], day: string): number => dates.filter((d) => d <= day).length - 1;

export class Clock {
  index: number;
  /** Where it stands at first. */
  readonly first: number;
  private readonly listeners: (() => void)[] = [];
  private timer: number | undefined;

  /** Stands at the last date, or at the last that is not after this day: where a record ends, what was foreseen can be seen
   * beside what came. */
  constructor(readonly dates: string[], until = "") {
    const upto = last_upto(dates, until);
    this.first = this.index = upto >= 0 ? upto : dates.length - 1;
  }

  get date(): string { return this.dates[this.index]; }
  get is_playing(): boolean { return this.timer !== undefined; }

  /** Calls back now and on every change of the date or of playing. */
  follow(listener: () => void): void {
    this.listeners.push(listener);
    listener();
  }

  set(index: number): void {
    const next = Math.max(0, Math.min(this.dates.length - 1, Math.round(index)));
    if (next !== this.index) {
      this.index = next;
      this.tell();
    }
  }

  /** What the reader does by hand: stops playing and shows this date. */
  choose(index: number): void {
    this.stop();
    this.set(index);
  }

  /** Plays to the last day, from the first if it stands there already. */
  play(): void {
    if (this.is_playing) return;
    if (this.index === this.dates.length - 1) this.set(0);
    this.timer = window.setInterval(() => {
      this.set(this.index + 1);
      if (this.index === this.dates.length - 1) this.stop();
    }, kStepMs);
    this.tell();
  }

  stop(): void {
    if (!this.is_playing) return;
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Keeps the date of the page and that of the address the same. */
export function follow_date(clock: Clock, state: State): void {
  const first = clock.date;
  state.follow(() => {
    const date = state.get("date") ?? first;
    const index = last_upto(clock.dates, date);
    if (index >= 0 && index !== clock.index) clock.choose(index);
  });
  state.over.addEventListener("abort", () => clock.stop());
  clock.follow(() => state.note("date", clock.date === first ? "" : clock.date));
}
