// What pages without an ensemble know of a war: its map and its actors (format 1, as the engine writes it).
import { Story } from "./data";
import type { AccountResult, Actor, Evidence, Place, Q, Report } from "./report";

type WarActor = Pick<Actor, "id" | "name" | "short_name" | "kind" | "command" | "colour" | "record_code"> & { spells: number };

export interface War extends Pick<Report, "commands" | "links" | "ground"> {
  actors: WarActor[]; places: Omit<Place, "control">[]; accounts: Pick<AccountResult, "id" | "title" | "letter">[];
}

/** What scores and comparisons have in common. */
export interface WarPage {
  format: 1; package: string; version: string; title: string; seed: number; runs: number; solver: string; command: string; war: War;
}

/** Reads the text of the data element. Throws an Error that says what is wrong in words for the reader. */
export function parse_war_page<T extends WarPage>(text: string): T {
  let page: T;
  try {
    page = JSON.parse(text) as T;
  } catch {
    throw new Error("The data of this page cannot be read: the file is damaged or cut off.");
  }
  if (page.format !== 1) throw new Error(`This page reads format 1; the data say ${String(page.format)}.`);
  if (!page.war || !Array.isArray(page.war.places) || !Array.isArray(page.war.actors)) throw new Error("The data of this page have no map.");
  return page;
}

const kNone: Q = { mean: 0, se: 0, q05: 0, q50: 0, q95: 0 };

const kNoEvidence: Evidence = { claims: [], conflicts: [], sources: [], numbers: [], basis_counts: {}, with_basis: 0 };

/** The sides and the map, for views that a report has too: a report of a war in which nothing was run. */
export function story_of({ war, title, package: name, seed, runs, solver, version }: Omit<WarPage, "format" | "command">, start: string, end: string,
                         { claims, conflicts, sources, numbers, basis_counts, with_basis, also_called }: Evidence = kNoEvidence): Story {
  const actors = war.actors.map((a): Actor => ({
    ...a, first_day_fighters: null, survival_probability: null, survival_se: null, survival_low: null, survival_high: null,
    collapse_share: 0, collapse_date: null, final_fighters: kNone, value_share: kNone, population_share: kNone, losses: kNone,
    fighters: { mean: [], q05: [], q95: [] }, territory: { mean: [], q05: [], q95: [] }, surviving: [],
  }));
  const report: Report = {
    format: 1, truel: version, title, description: "", package: name, questions: [], seed, runs, failed_runs: 0, runs_wanted: null, solver,
    account: null, account_titles: [], deadly: "", start, end, dates: [start, end], commands: war.commands, actors, places: war.places.map((p) => ({ ...p, control: {} })),
    links: war.links, ground: war.ground, dyads: [], priorities: [], civilian_harm: kNone, falls: [], claims, conflicts, sources, numbers,
    basis_counts, with_basis, also_called, not_modelled: [],
    collapse_fraction: "",  // nothing was run, so nobody survives or collapses
  };
  return new Story(report, false);
}
