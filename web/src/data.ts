// What every view needs to know about the data of a report: actors as sides, places and who may hold them.
import { kBase } from "./catalogue";
import { day, unbroken } from "./format";
import { kNobodyPaint, paints_of } from "./paint";
import type { Paint } from "./paint";
import type { AccountResult, Actor, Place, Report } from "./report";

/** Two letters for every name, all different: the same sign for an actor on the map, in charts and in tables. */
export function short_codes(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const words = name.replace(/\bal-/gi, "").split(/[^\p{L}\p{N}]+/u).filter((w) => w && !/^(the|of|and|al|a)$/i.test(w));
    const letters = words.join("");
    const initials = words.length > 1 ? words[0][0] + words[1][0] : letters.slice(0, 2);
    const candidates = [initials, ...Array.from(letters.slice(1), (l) => (letters[0] ?? "") + l)];
    for (const first of letters) for (let n = 1; n <= 9; ++n) candidates.push(first + n);
    for (let n = 10; n < 10 + names.length; ++n) candidates.push(String(n));
    const code = candidates.map((c) => c.toUpperCase()).find((c) => c.length === 2 && !taken.has(c)) ?? "??";
    taken.add(code);
    return code;
  });
}

/** What stands for an actor on the page. `kNobody` stands for "none". */
export interface Side { id: string; name: string; code: string; paint: Paint }

export const kNobody: Side = { id: "none", name: "nobody", code: "–", paint: kNobodyPaint };

/** The land of a side on a date for which it is kept, with its 90% range, and over how many runs. */
export interface Land { date: number; mean: number; range: { q05: number; q95: number }; runs: number }

/** The part of the value of all places whose holder has to be known for shares of it to be told. */
const kNearlyAll = 0.95;

/** The data with look-ups: actors in one order for all views (strongest first, air arms last), each as a Side. */
export class Story {
  readonly actors: Actor[];
  readonly ground: Actor[];
  readonly paints: Paint[];
  private readonly ever = new Map<Place, { side: Side; share: number[] }[]>();  // who holds a place on some day
  private readonly observed_on = new Map<number, Map<string, number>>();
  private readonly sides = new Map<string, Side>([["none", kNobody]]);
  private readonly ranks: Map<string, number>;
  private readonly groups = new Map<string, Actor[]>();

  /** has_pages: whether the page shows everything about one actor or place when asked (views/about.ts). */
  constructor(readonly data: Report, readonly has_pages = true) {
    const rank = (a: Actor): number => (a.kind === "air" ? -1 : (a.first_day_fighters ?? a.spells ?? 0));
    this.actors = [...data.actors].sort((a, b) => rank(b) - rank(a) || a.id.localeCompare(b.id));
    this.ground = this.actors.filter((a) => a.kind === "ground");
    for (const a of this.ground) this.groups.set(this.code(a.id), [...(this.groups.get(this.code(a.id)) ?? []), a]);
    const names = this.actors.map((a) => a.short_name);
    const codes = short_codes(names);
    this.paints = paints_of(data.actors.map((a) => a.colour));  // in the order of the package, which no run changes: every page then has the same
    this.ranks = new Map([...this.actors.map((a) => a.id), "none"].map((id, i) => [id, i]));
    this.actors.forEach((a, i) => this.sides.set(a.id, { id: a.id, name: names[i], code: codes[i], paint: this.paints[data.actors.indexOf(a)] }));
  }

  /** The side with this id; an id that no actor has (a command, an outside state) stands for itself. */
  side(id: string): Side {
    return this.sides.get(id) ?? { id, name: id.replaceAll("_", " "), code: id.slice(0, 2).toUpperCase(), paint: kNobodyPaint };
  }

  /** Where the page lists this holder: the actors in their order, then nobody, then whoever is none of them. */
  private rank(id: string): number {
    return this.ranks.get(id) ?? this.ranks.size;
  }

  /** The actors that decide together under this id. */
  members(command: string): Actor[] {
    return this.actors.filter((a) => a.command === command);
  }

  /** A command by its own name, the name of its one actor, or its id. */
  command_name(id: string): string {
    const own = this.data.commands?.find((c) => c.id === id)?.short_name;
    const members = this.members(id);
    if (own) return own;
    return members.length === 1 ? this.side(members[0].id).name : id.replaceAll("_", " ").replace(/^./, (l) => l.toUpperCase());
  }

  /** Other names that sources give what has one of these ids. */
  also_called(...ids: string[]): string[] {
    return ids.flatMap((id) => this.data.also_called?.[id] ?? []);
  }

  /** An actor or a command by name; anything else (an outside state) by its id. */
  who(id: string): string {
    return !this.sides.has(id) && this.members(id).length > 0 ? this.command_name(id) : this.side(id).name;
  }

  /** The title of an account that was run, or its id; a date in it is not parted at the end of a line. */
  account_name(id: string): string {
    if (id === kBase) return "The basic model";
    const title = this.data.accounts?.find((a) => a.id === id)?.title;
    return title === undefined ? id : unbroken(title);
  }

  /** Who held the place by the record: an actor's id, "none" or "contested"; undefined where the record does not reach. */
  truth(place: number, date: string): string | undefined {
    return this.data.record?.places[place]?.find(([from, to]) => from <= date && date <= to)?.[2];
  }

  /** What the record takes for one holder: actors with one code. */
  code(holder: string): string {
    return this.data.actors.find((a) => a.id === holder)?.record_code || holder;
  }

  /** The ground actors by what the observed data tell apart, each group where its strongest stands. */
  get told_apart(): Actor[][] {
    return [...this.groups.values()];
  }

  /** Those whom the observed data do not tell from this ground actor, itself among them. */
  group(actor: string): Actor[] {
    return this.groups.get(this.code(actor)) ?? [];
  }

  /** "Army + Militia": sides of one group, as names have an "and" of their own. */
  names(group: Actor[]): string {
    return group.map((a) => this.side(a.id).name).join(" + ");
  }

  /** The probability of the record's holder; undefined where the record names none. */
  p_of_truth(place: number, date: number, account = kBase): number | undefined {
    const truth = this.truth(place, this.data.dates[date]);
    if (truth === undefined || truth === "contested") return undefined;
    const code = this.code(truth);
    return this.holders_under(account, place, date).reduce((sum, x) => sum + (this.code(x.side.id) === code ? x.p : 0), 0);
  }

  /** What was held in fact on a date, of the value of all places, by the record's codes; undefined where the record does not
   * name who held nearly all of it. */
  observed(date: number): Map<string, number> | undefined {
    const known = this.observed_on.get(date);
    if (known) return known.size > 0 ? known : undefined;
    const held = new Map<string, number>(), { places, dates } = this.data;
    const all = places.reduce((sum, p) => sum + p.value, 0);
    places.forEach((place, i) => {
      const truth = this.truth(i, dates[date]);
      if (truth === undefined) return;
      const code = this.code(truth);
      held.set(code, (held.get(code) ?? 0) + place.value / all);
    });
    if ([...held.values()].reduce((sum, x) => sum + x, 0) < kNearlyAll) held.clear();
    this.observed_on.set(date, held);
    return held.size > 0 ? held : undefined;
  }

  /** The same of all whom the record does not tell from this side. */
  group_share(actor: string, date: number): number | undefined {
    const held = this.observed(date);
    return held && (held.get(this.code(actor)) ?? 0);
  }

  /** The same of one side; undefined also where the record cannot tell it from another. */
  observed_share(actor: string, date: number): number | undefined {
    return this.group(actor).length > 1 ? undefined : this.group_share(actor, date);
  }

  /** The account's date nearest to one of the page. */
  account_time(date: number): number {
    const dates = this.data.account_dates ?? [];
    return dates.reduce((best, at, i) => (Math.abs(at - date) < Math.abs(dates[best] - date) ? i : best), 0);
  }

  /** The accounts whose maps are here; the basic model is one of them. */
  get mapped(): AccountResult[] {
    return (this.data.accounts ?? []).filter((a) => a.control !== undefined);
  }

  /** As `holders`, under an account, on the nearest of its dates. */
  holders_under(account: string, place: number, date: number): { side: Side; p: number }[] {
    const control = account === kBase ? undefined : this.data.accounts?.find((a) => a.id === account)?.control?.[place];
    if (!control) return this.holders(this.data.places[place], date);
    const time = this.account_time(date);
    return Object.entries(control).sort(([a], [b]) => this.rank(a) - this.rank(b))
      .map(([id, share]) => ({ side: this.side(id), p: (share[time] ?? 0) / 100 })).filter((x) => x.p >= 0.005);
  }

  /** Whether the maps of this account are here; where they are not, `holders_under` and `course_under` give the basic model. */
  is_mapped(account: string): boolean {
    return account !== kBase && this.mapped.some((a) => a.id === account);
  }

  /** The date of the page of which an account has numbers that is nearest to one. */
  kept_date(account: string, date: number): number {
    const kept = this.is_mapped(account) ? this.data.account_dates?.[this.account_time(date)] : undefined;
    return kept ?? date;
  }

  /** A date of the page of which an account has numbers, nearest to one, in words. */
  kept_day(account: string, date: number): string {
    const kept = this.kept_date(account, date);
    return `${day(this.data.dates[kept])}${kept === date ? "" : " (the closest date stored for accounts)"}`;
  }

  /** The land of a side under an account, on the nearest of its dates. */
  land_under(account: string, side: Actor, date: number): Land {
    const of = this.data.accounts?.find((a) => a.id === account), own = this.is_mapped(account) ? of?.territory?.[side.id] : undefined;
    const { mean, q05, q95 } = own ?? side.territory, i = own ? this.account_time(date) : date;
    return { date: own ? this.kept_date(account, date) : date, mean: mean[i], range: { q05: q05[i], q95: q95[i] }, runs: own && of ? of.runs : this.data.runs };
  }

  /** Who may hold a place under an account, date by date: the dates for which it is kept, and for each holder its share on them. */
  course_under(account: string, place: number): { dates: string[]; shares: Record<string, number[]> } {
    const { dates, places, account_dates = [] } = this.data;
    const control = account === kBase ? undefined : this.data.accounts?.find((a) => a.id === account)?.control?.[place];
    if (!control) return { dates, shares: places[place].control };
    const shares = Object.entries(control).map(([id, percents]): [string, number[]] => [id, percents.map((x) => x / 100)]);
    return { dates: account_dates.map((i) => dates[i]), shares: Object.fromEntries(shares) };
  }

  /** Who may hold a place on a date: sides in the page's order, nobody last, without those below half a percent. */
  holders(place: Place, date: number): { side: Side; p: number }[] {
    let ever = this.ever.get(place);
    if (!ever) {
      const ids = Object.keys(place.control).sort((a, b) => this.rank(a) - this.rank(b));
      ever = ids.map((id) => ({ side: this.side(id), share: place.control[id] }));
      this.ever.set(place, ever);
    }
    return ever.map(({ side, share }) => ({ side, p: share[date] ?? 0 })).filter((h) => h.p >= 0.005);
  }
}

/** How open it is who holds a place: 0 when one holder is certain, 1 when n holders are equally likely for n = 2. */
export function openness(holders: { p: number }[]): number {
  return holders.reduce((sum, { p }) => sum - (p > 0 ? p * Math.log2(p) : 0), 0);
}
