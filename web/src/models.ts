// The forecasts that the model is held beside: what they are called, and which one is better.
import { kBase } from "./catalogue";
import type { ForecastModel } from "./catalogue";
import type { Story } from "./data";
import { h } from "./dom";
import { plural, signed } from "./format";
import { account_label } from "./links";
import type { Verdict } from "./report";

const kModels: Record<ForecastModel, string> = {
  truel: "truel", blend: "truel and what went before, blended", "truel-recalibrated": "truel, recalibrated", persistence: "No change", "pair-rates": "Rates of pairs of sides",
  "spatial-hazard": "Spatial hazard", "spatial-hazard-deaths": "Spatial hazard with deaths", contact: "Contact process", zero: "Nobody dies",
  "last-month": "As last month", "last-month-poisson": "Around last month", conflictology: "As in the last twelve months", "zinb-climatology": "All months before",
};

/** The name itself of a forecast that no list has: a package may bring scores of others. */
export const model_name = (model: string): string => (model in kModels ? kModels[model as ForecastModel] : model);

type Scored = { model: string; account: string | null };
export const kOwn: ForecastModel = "truel";
export const kNoChange: ForecastModel = "persistence";

/** A forecast by name: a baseline, or the model under an account. */
export function forecast_name(story: Story, { model, account }: Scored): string {
  if (model !== kOwn) return model_name(model);
  if (account === null && story.data.account) return "truel, these runs";
  return account === null || account === kBase ? "truel, the basic model" : `truel, ${story.account_name(account)}`;
}

/** The same as the head of a row. */
export const score_label = (story: Story, row: Scored): HTMLElement =>
  (row.model === kOwn && row.account !== null && row.account !== kBase ? h("span", {}, "truel, ", account_label(story, row.account)) : h("span", {}, forecast_name(story, row)));

/** What a comparison of forecasts says of so many what-ifs: they have no rank in it. */
export const left_out = (what_ifs: number): string =>
  (what_ifs === 0 ? "" : `Left out: ${plural(what_ifs, "what-if")}, which ${what_ifs === 1 ? "asks" : "ask"} what would have been and ${what_ifs === 1 ? "predicts" : "predict"} nothing.`);

/** The class of a cell that tells a verdict. */
export const verdict_class = (verdict?: Verdict | null): string => verdict?.split(" ")[0] ?? "";

/** What the cell of a score in a table says of its difference; nothing more where that may be none. */
export const told_difference = (verdict: Verdict, difference: number, low: number, high: number, digits?: number): string =>
  ` ${signed(difference, digits)} (${signed(low, digits)} to ${signed(high, digits)})${verdict === "no clear difference" ? "" : `, ${verdict}`}`;

const kBeside: Record<Verdict, string> = { better: "better than", worse: "worse than", "the same": "the same as", "no clear difference": "indistinguishable from" };
/** The verdict in a sentence, before what the forecast is held against: "it is ...". */
export const beside = (verdict: Verdict): string => kBeside[verdict];
