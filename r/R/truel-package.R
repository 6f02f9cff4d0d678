#' Run wars with truel and read their results
#'
#' [truel_run()] runs an ensemble with the program `truel` and gives back its folder of results; [truel_results()] opens a folder
#' that is there already. From either:
#'
#' - [truel_series()], [truel_bands()]: strength over time, run by run or as quantiles;
#' - [truel_control()], [truel_holders()]: who holds which place on which day, run by run or as shares of the runs;
#' - [truel_outcomes()], [truel_dyads()], [truel_draws()]: what each run came to, and the numbers drawn for it;
#' - [truel_places()]: the last day as points, for maps;
#' - [truel_events()], [truel_priorities()], [truel_regions()]: the tables of single runs, and who wins from each division;
#' - [truel_table()]: any variable of ensemble.nc as a data frame;
#' - [plot_strength()], [plot_control()], [plot_map()]: figures.
#'
#' All tables are plain data frames with one row an observation; dates are of class `Date`. Counts of people are persons. A run
#' that failed has missing values everywhere and counts in no mean.
#'
#' @keywords internal
#' @importFrom stats quantile setNames
#' @importFrom utils read.csv
"_PACKAGE"
