// What is turned on the page that answers, as the address keeps it, and the steps that can be taken back.
import type { State } from "../state";
import { before_last, is_same_change, settings_of, unturned } from "./data";
import type { ChangedWar } from "./data";

/** Turned dials as the address keeps them: a list of path=value. */
const read_turned = (state: State): ChangedWar => ({
  against: state.get("against") ?? "", account: state.get("account") ?? "", united: state.get("united") ?? "",
  settings: new Map((state.get("set") ?? "").split(";").filter(Boolean).map((one) => {
    const at = one.indexOf("=");
    return [one.slice(0, at), one.slice(at + 1)];
  })),
});
export const copy_of = (turned: ChangedWar): ChangedWar => ({ ...turned, settings: new Map(turned.settings) });
export const is_same = (x: ChangedWar, y: ChangedWar): boolean => is_same_change(x, y) && x.against === y.against;

export class Turns {
  now: ChangedWar;
  /** What was turned before the last change; nothing where none was made. */
  before: ChangedWar | undefined;
  /** What was turned before each step. Going back in the browser takes other steps with it: to a claim, to a place. */
  private readonly past: ChangedWar[] = [];
  private last = "";

  constructor(private readonly state: State) {
    this.now = read_turned(state);
    this.before = before_last(this.now);
  }

  get can_undo(): boolean { return this.past.length > 0; }

  private keep(is_step: boolean): void {
    this.state.set_all({ set: settings_of(this.now).join(";"), against: this.now.against, account: this.now.account, united: this.now.united }, is_step);
  }
  private show(now: ChangedWar): void {
    this.before = this.now;
    this.now = now;
    this.last = "";
  }

  /** A step. what: what is dragged, which is one step as long as nothing else is turned; "" of what is not. */
  turn(change: (now: ChangedWar) => void, what = ""): void {
    const is_step = what === "" || what !== this.last;
    if (is_step) this.past.push((this.before = copy_of(this.now)));
    change(this.now);
    this.keep(is_step);
    this.last = what;
  }
  undo(): void {
    this.show(this.past.pop() ?? before_last(this.now) ?? unturned());
    this.keep(true);
  }
  reset(): void {
    this.past.push(copy_of(this.now));
    this.show(unturned());
    this.keep(true);
  }
  /** Takes over what the address has; false where that is what is turned. */
  follow(): boolean {
    const now = read_turned(this.state), earlier = this.past.at(-1);
    if (is_same(now, this.now)) return false;
    if (earlier && is_same(earlier, now)) this.past.pop();
    this.show(now);
    return true;
  }
}
