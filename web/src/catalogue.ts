// What the engine's lists of results name. Made by tools/parameter_docs.cpp; a test keeps it up to date.

/** The id of the basic model among accounts. */
export const kBase = "base";

/** By what two wars are compared. */
export type ComparedKind = "survival" | "life" | "value" | "people" | "losses" | "fighters" | "distance" | "settlement" | "harm" | "metric";

/** Forecasts that are scored: the model's, and those that it is held beside. */
export type ForecastModel = "truel" | "blend" | "truel-recalibrated" | "persistence" | "pair-rates" | "contact" | "spatial-hazard" | "spatial-hazard-deaths" | "zero" | "last-month" | "last-month-poisson" | "conflictology" | "zinb-climatology";

/** By what they are scored, on a page of their own. */
export type PageScore = "brier" | "log" | "crps" | "ign";

/** The features of an enemy that a command weighs. */
export type Feature = "vital" | "backing" | "horizon" | "roots" | "growth" | "weakness" | "others" | "bargain" | "blowback" | "allies" | "land";

/** What a law says that talks would give: a key of the data, and a kind of what is compared. */
export const kIssueOutcome = "settlement";

/** Its numbers of an issue after each round, those of each date after the last, and those of an actor at the table. */
export type IssueRound = "median" | "mean";
export type IssueCourse = "median" | "mean";
export type IssueSeat = "position" | "capability" | "power" | "security" | "risk" | "exponent" | "neutral_probability" | "probability";
