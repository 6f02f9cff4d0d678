#' Open a folder of results
#'
#' Opens what `truel run --out` or [truel_run()] wrote. Nothing but labels is read here: the other functions read what they need.
#'
#' @param path Folder that holds `ensemble.nc`, or that file itself.
#' @return An object of class `truel_results`: a list with `path` (of the folder), `start` (`Date` of the first day), `dates`
#'   (stored days), `actors`, `places`, `dyads` (ids; `dyads` is a data frame of `attacker` and `target`) and `attributes` (of the
#'   file: title, package, hash, seed, solver and more).
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "opened-war")
#' truel_new(war)
#' runs <- truel_run(war, runs = 16)
#' again <- truel_results(runs$path)
#' again
#' @export
truel_results <- function(path) {
  if (!is.character(path) || length(path) != 1 || is.na(path)) {
    stop("path must be one folder of results", call. = FALSE)
  }
  if (basename(path) == "ensemble.nc") path <- dirname(path)
  file <- file.path(path, "ensemble.nc")
  if (!file.exists(file)) {
    stop(file, ": no such file; `truel run PACKAGE --out ", path, "` or truel_run() writes it", call. = FALSE)
  }
  nc <- ncdf4::nc_open(file)
  on.exit(ncdf4::nc_close(nc))
  attributes <- ncdf4::ncatt_get(nc, 0)
  if (!grepl("^truel ", paste(attributes$source))) {
    stop(file, ": not a file of truel (its attribute `source` does not name it)", call. = FALSE)
  }
  dyads <- data.frame(attacker = words(nc, "attacker"), target = words(nc, "target"))
  structure(
    list(
      path = normalizePath(path), start = as.Date(attributes$start), dates = days_of(nc, "time"),
      actors = words(nc, "actor"), places = words(nc, "place"), dyads = dyads, attributes = attributes
    ),
    class = "truel_results"
  )
}

#' @export
print.truel_results <- function(x, ...) {
  summary <- truel_summary(x)
  cat(x$attributes$title, "\n", sep = "")
  cat(format(x$start), " to ", x$attributes$end, ", ", summary$runs, " runs", sep = "")
  if (summary$failed_runs > 0) cat(" and ", summary$failed_runs, " that failed", sep = "")
  cat(", seed ", x$attributes$seed, ", solver ", x$attributes$solver, "\n", sep = "")
  cat(length(x$actors), " actors, ", length(x$places), " places, ", length(x$dates), " stored days\n", sep = "")
  cat(x$path, "\n", sep = "")
  invisible(x)
}

#' What summary.json says
#'
#' @param x Results: of [truel_run()] or [truel_results()], or the path of a folder.
#' @return The file as nested lists: runs, survival and losses by actor, dyads, places, questions and their answers. The page
#'   "Result files" of the documentation says what each key is.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "summed-war")
#' truel_new(war)
#' truel_summary(truel_run(war, runs = 16))$actors$government$survival_probability
#' @export
truel_summary <- function(x) {
  jsonlite::read_json(needed(opened(x), "summary.json"), simplifyVector = TRUE, simplifyDataFrame = FALSE)
}

#' Variables of ensemble.nc
#'
#' @inheritParams truel_summary
#' @return Data frame with one row a variable that [truel_table()] can give: `variable`, `dimensions` (fastest first, as R has
#'   them), `unit`, `meaning`.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "listed-war")
#' truel_new(war)
#' head(truel_variables(truel_run(war, runs = 16)))
#' @export
truel_variables <- function(x) {
  nc <- ncdf4::nc_open(ensemble_file(opened(x)))
  on.exit(ncdf4::nc_close(nc))
  rows <- lapply(nc$var, function(variable) {
    data.frame(
      variable = variable$name, dimensions = paste(shape(variable), collapse = ", "), unit = variable$units,
      meaning = variable$longname
    )
  })
  plain(do.call(rbind, rows))
}

#' Variables of ensemble.nc as a data frame
#'
#' @inheritParams truel_summary
#' @param variables Names of variables that all have the same dimensions; see [truel_variables()].
#' @param realizations Read only these: numbers of realizations, of which the first is 0. `NULL`, here and below: all. Only a
#'   dimension that the variables have can be asked for.
#' @param dates Read only these stored days (`Date`, or text such as `"2020-01-08"`).
#' @param actors Read only these ids.
#' @param places Read only these ids.
#' @return Data frame with one row for each combination of the dimensions, slowest first: `realization` (integer from 0), `date`,
#'   `month` (text, `"2020-01"`), `actor`, `place`, `attacker` and `target`, `parameter`, `country`, `issue`, `round`, whichever
#'   there are; then a column for each variable, in the unit that [truel_variables()] names. `control` is the id of the holder,
#'   `"none"`, or missing in a run that failed; `status` is a factor.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "tabled-war")
#' truel_new(war)
#' runs <- truel_run(war, runs = 16)
#' head(truel_table(runs, "losses_by_month"))
#' @export
truel_table <- function(x, variables, realizations = NULL, dates = NULL, actors = NULL, places = NULL) {
  x <- opened(x)
  nc <- ncdf4::nc_open(ensemble_file(x))
  on.exit(ncdf4::nc_close(nc))
  unknown <- setdiff(variables, names(nc$var))
  if (length(unknown) > 0) {
    stop("no variable ", paste(unknown, collapse = ", "), " in ", ensemble_file(x), "; truel_variables() lists them", call. = FALSE)
  }
  shapes <- lapply(variables, function(name) shape(nc$var[[name]]))
  if (length(unique(shapes)) != 1) {
    stop("variables differ in their dimensions: ",
      paste0(variables, " (", vapply(shapes, paste, "", collapse = ", "), ")", collapse = ", "), call. = FALSE)
  }
  dimensions <- shapes[[1]]
  asked <- list(realization = realizations, time = if (!is.null(dates)) as.Date(dates), actor = actors, place = places)
  asked <- asked[!vapply(asked, is.null, TRUE)]
  beside <- setdiff(names(asked), dimensions)
  if (length(beside) > 0) {
    stop(variables[1], " has no dimension ", paste(beside, collapse = ", "), call. = FALSE)
  }
  labels <- lapply(setNames(dimensions, dimensions), function(name) labels_of(nc, name))
  chosen <- lapply(setNames(dimensions, dimensions), function(name) {
    picked(asked[[name]], labels[[name]][[1]], name, x)
  })
  sizes <- lengths(chosen)
  columns <- list()
  for (dimension in rev(dimensions)) {
    before <- prod(sizes[seq_len(match(dimension, dimensions) - 1)])
    after <- prod(sizes) / before / sizes[[dimension]]
    for (label in names(labels[[dimension]])) {
      values <- labels[[dimension]][[label]][chosen[[dimension]]]
      columns[[label]] <- rep(rep(values, each = before), times = after)
    }
  }
  for (name in variables) columns[[name]] <- values_of(nc, name, dimensions, chosen, x)
  as.data.frame(columns, stringsAsFactors = FALSE, optional = TRUE)
}

#' Strength over time, run by run
#'
#' @inheritParams truel_table
#' @param variable `"fighters"` (persons, those on the road included) or `"value_share"` (share of the value of all places).
#' @return Data frame: `realization`, `date`, `actor`, and the variable.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "long-war")
#' truel_new(war)
#' head(truel_series(truel_run(war, runs = 16)))
#' @export
truel_series <- function(x, variable = c("fighters", "value_share"), realizations = NULL, dates = NULL, actors = NULL) {
  truel_table(x, match.arg(variable), realizations = realizations, dates = dates, actors = actors)
}

#' Strength over time, as quantiles over the runs
#'
#' @inheritParams truel_series
#' @param level Share of the runs between `low` and `high`.
#' @return Data frame: `date`, `actor`, `mean`, `low`, `median`, `high`, over the complete realizations; quantiles with linear
#'   interpolation ([quantile()], type 7), as in summary.json.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "banded-war")
#' truel_new(war)
#' head(truel_bands(truel_run(war, runs = 16)))
#' @export
truel_bands <- function(x, variable = c("fighters", "value_share"), level = 0.9, dates = NULL, actors = NULL) {
  if (!is.numeric(level) || length(level) != 1 || is.na(level) || level <= 0 || level >= 1) {
    stop("level must lie between 0 and 1", call. = FALSE)
  }
  series <- truel_series(x, variable, dates = dates, actors = actors)
  ids <- unique(series$actor)
  days <- unique(series$date)
  values <- split(series[[4]], list(match(series$actor, ids), match(series$date, days)))
  found <- vapply(values, function(all) {
    all <- all[!is.na(all)]
    c(mean(all), quantile(all, c((1 - level) / 2, 0.5, (1 + level) / 2), names = FALSE))
  }, numeric(4))
  data.frame(
    date = rep(days, each = length(ids)), actor = rep(ids, times = length(days)), mean = found[1, ], low = found[2, ],
    median = found[3, ], high = found[4, ], row.names = NULL
  )
}

#' Who holds which place, run by run
#'
#' This is the largest table there is (runs times places times days): ask for the places or dates that you need.
#'
#' @inheritParams truel_table
#' @return Data frame: `realization`, `place`, `date`, `holder` (id of an actor, `"none"`, or missing in a run that failed).
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "held-war")
#' truel_new(war)
#' head(truel_control(truel_run(war, runs = 16), places = "mill"))
#' @export
truel_control <- function(x, realizations = NULL, dates = NULL, places = NULL) {
  found <- truel_table(x, "control", realizations = realizations, dates = dates, places = places)
  names(found)[names(found) == "control"] <- "holder"
  found
}

#' Who holds which place, as shares of the runs
#'
#' @inheritParams truel_table
#' @return Data frame: `place`, `date`, `holder`, `share` of the complete realizations; holders of no run on a day are left out.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "shared-war")
#' truel_new(war)
#' head(truel_holders(truel_run(war, runs = 16), places = "mill"))
#' @export
truel_holders <- function(x, dates = NULL, places = NULL) {
  x <- opened(x)
  nc <- ncdf4::nc_open(ensemble_file(x))
  on.exit(ncdf4::nc_close(nc))
  days <- picked(if (!is.null(dates)) as.Date(dates), x$dates, "time", x)
  sites <- picked(places, x$places, "place", x)
  runs <- nc$dim$realization$len
  holders <- c("none", x$actors)
  counts <- array(0, c(length(days), length(sites), length(holders)))
  for (first in seq(1, runs, by = 64)) {  # some at a time: memory does not grow with their number
    count <- min(64, runs - first + 1)
    read <- ncdf4::ncvar_get(nc, "control", c(1, 1, first), c(-1, -1, count), collapse_degen = FALSE)[days, sites, , drop = FALSE]
    for (holder in seq_along(holders)) {
      counts[, , holder] <- counts[, , holder] + rowSums(read == holder - 2, dims = 2)
    }
  }
  at <- which(counts > 0, arr.ind = TRUE)
  at <- at[order(at[, 2], at[, 1], at[, 3]), , drop = FALSE]
  shares <- counts / max(1, sum(counts[1, 1, ]))
  data.frame(place = x$places[sites[at[, 2]]], date = x$dates[days[at[, 1]]], holder = holders[at[, 3]], share = shares[at])
}

#' What each run came to, by actor
#'
#' @inheritParams truel_table
#' @return Data frame: `realization`, `actor`, and every outcome that ensemble.nc has for them: among others `first_fighters`,
#'   `final_fighters`, `killed`, `recruited` (persons), `survives` (1 or 0; missing for air actors), `collapse_day` (since the first
#'   day; missing if it did not happen), `final_value_share`.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "ended-war")
#' truel_new(war)
#' head(truel_outcomes(truel_run(war, runs = 16)))
#' @export
truel_outcomes <- function(x, realizations = NULL, actors = NULL) {
  whole(x, c("actor", "realization"), realizations = realizations, actors = actors)
}

#' What each run came to, by attacker and target
#'
#' @inheritParams truel_table
#' @return Data frame: `realization`, `attacker`, `target`, then `losses` (fighters of the target killed by the attacker),
#'   `effort_share`, `offensives`, `captures` and what else ensemble.nc counts of pairs. Pairs without losses or effort in any
#'   run are left out.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "paired-war")
#' truel_new(war)
#' head(truel_dyads(truel_run(war, runs = 16)))
#' @export
truel_dyads <- function(x, realizations = NULL) {
  whole(x, c("dyad", "realization"), realizations = realizations)
}

#' Numbers drawn for each run
#'
#' @inheritParams truel_table
#' @return Data frame: `realization`, `parameter` (the path that `set` of [truel_run()] takes), `value`, `unit`.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "drawn-war")
#' truel_new(war)
#' head(truel_draws(truel_run(war, runs = 16)))
#' @export
truel_draws <- function(x, realizations = NULL) {
  x <- opened(x)
  found <- truel_table(x, "draws", realizations = realizations)
  names(found)[names(found) == "draws"] <- "value"
  units <- truel_table(x, "parameter_unit")
  found$unit <- units$parameter_unit[match(found$parameter, units$parameter)]
  found
}

#' Places as points, with who holds them on the last day
#'
#' @inheritParams truel_summary
#' @return An `sf` data frame of points (WGS 84): `place_id`, `name`, `population`, `value`, `date`, `holder` (the likeliest, or
#'   `"none"`), `holder_probability`, and a column `p_ACTOR` for every actor that holds any place in any run.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "placed-war")
#' truel_new(war)
#' truel_places(truel_run(war, runs = 16))
#' @export
truel_places <- function(x) {
  found <- sf::st_read(needed(opened(x), "control.geojson"), quiet = TRUE, stringsAsFactors = FALSE)
  found$date <- as.Date(found$date)
  found[setdiff(names(found), "id")]
}

#' Events and decisions of the runs kept in full, and who wins from each division of the force
#'
#' `truel_events()` and `truel_priorities()` read the runs that were kept in full (the first ten, or as many as `keep_paths` of
#' [truel_run()] says). `truel_regions()` needs `map_regions`.
#'
#' @inheritParams truel_summary
#' @return Data frames with the columns of the CSV files, dates as `Date`; an empty cell is `NA`, or `""` in a column of text.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "eventful-war")
#' truel_new(war)
#' head(truel_events(truel_run(war, runs = 16)))
#' @export
truel_events <- function(x) dated(needed(opened(x), "events.csv"))

#' @rdname truel_events
#' @export
truel_priorities <- function(x) dated(needed(opened(x), "priorities.csv"))

#' @rdname truel_events
#' @export
truel_regions <- function(x) dated(needed(opened(x), "regions.csv"))

# Results, from results or from a path.
opened <- function(x) if (inherits(x, "truel_results")) x else truel_results(x)

ensemble_file <- function(x) file.path(x$path, "ensemble.nc")

needed <- function(x, name) {
  file <- file.path(x$path, name)
  if (!file.exists(file)) stop(file, ": no such file; this run did not write it", call. = FALSE)
  file
}

# Where what was asked for stands among all, in their order.
picked <- function(asked, all, name, x) {
  if (is.null(asked)) return(seq_along(all))
  at <- match(asked, all)
  if (anyNA(at)) {
    lacking <- asked[is.na(at)]
    near <- if (inherits(all, "Date")) paste("; the stored day nearest to it is", all[which.min(abs(all - as.Date(lacking[1])))])
    stop("no ", name, " ", paste(format(lacking), collapse = ", "), " in ", ensemble_file(x), near, call. = FALSE)
  }
  sort(unique(at))
}

plain <- function(frame) {
  rownames(frame) <- NULL
  frame
}

dated <- function(file) {
  found <- read.csv(file, stringsAsFactors = FALSE, encoding = "UTF-8", na.strings = "")
  if ("date" %in% names(found)) found$date <- as.Date(found$date)
  found
}

# Text of a variable, also where it is a label of its dimension.
words <- function(nc, name) as.vector(ncdf4::ncvar_get(nc, name))

# Days since the first as dates.
days_of <- function(nc, name) {
  as.Date(sub("^days since ([0-9-]+).*", "\\1", ncdf4::ncatt_get(nc, name, "units")$value)) + as.vector(ncdf4::ncvar_get(nc, name))
}

# Dimensions of a variable as R has them, fastest first, without the lengths of texts.
shape <- function(variable) {
  names <- vapply(variable$dim, function(dimension) dimension$name, "")
  names[!grepl("^characters[0-9]+$", names)]
}

# Columns that name the entries of a dimension.
labels_of <- function(nc, dimension) {
  switch(dimension,
    realization = list(realization = as.integer(ncdf4::ncvar_get(nc, "realization"))),
    time = list(date = days_of(nc, "time")),
    dyad = list(attacker = words(nc, "attacker"), target = words(nc, "target")),
    pair = list(pair_first = words(nc, "pair_first"), pair_second = words(nc, "pair_second")),
    round = list(round = seq_len(nc$dim$round$len) - 1L),
    setNames(list(words(nc, dimension)), dimension)
  )
}

# The chosen part of a variable as a vector, the first dimension fastest.
values_of <- function(nc, name, dimensions, chosen, x) {
  text <- nc$var[[name]]$prec == "char"
  first <- vapply(chosen, min, 1)
  count <- vapply(chosen, function(at) max(at) - min(at) + 1, 1)
  read <- if (text) words(nc, name) else ncdf4::ncvar_get(nc, name, unname(first), unname(count), collapse_degen = FALSE)
  if (!text) {
    dim(read) <- count
    inside <- Map(function(at, begin) at - begin + 1, chosen, first)
    read <- do.call(`[`, c(list(read), unname(inside), drop = FALSE))
  } else {
    read <- read[chosen[[1]]]
  }
  read <- as.vector(read)
  if (name == "control") return(ifelse(read == -2, NA, c("none", x$actors)[pmax(read, -1) + 2]))
  if (name == "status") {
    flags <- ncdf4::ncatt_get(nc, "status")
    return(factor(read, flags$flag_values, strsplit(flags$flag_meanings, " ")[[1]]))
  }
  if (is.numeric(read)) read[is.nan(read)] <- NA
  read
}

# All variables with these dimensions.
whole <- function(x, dimensions, ...) {
  x <- opened(x)
  nc <- ncdf4::nc_open(ensemble_file(x))
  has <- vapply(nc$var, function(variable) identical(shape(variable), dimensions), TRUE)
  names <- vapply(nc$var[has], function(variable) variable$name, "")
  ncdf4::nc_close(nc)
  truel_table(x, unname(names), ...)
}
