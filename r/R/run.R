#' Run an ensemble
#'
#' Calls the program `truel` and waits for it. With the same package, settings and seed the results are the same to the byte
#' whatever the number of threads, and the same as those of the program by hand.
#'
#' @param package Folder of a scenario package.
#' @param runs Number of realizations.
#' @param seed Seed of all random numbers, a whole number.
#' @param out New folder for the results; a temporary one unless given.
#' @param accounts Ids of accounts of the package that override its numbers, in this order.
#' @param set Named list or vector of numbers to change: `list("actors.isis.speed_km_per_day" = "40..80")`. A value is one
#'   number, or as text a range or a distribution as in the tables of a package: `"0.001..0.002"`.
#' @param from,until First and last day (`Date` or text) instead of the scenario's.
#' @param solver Name of a solver; an unknown one is an error that says which there are.
#' @param every Days between stored states.
#' @param steps_per_day Steps of the leap solver.
#' @param threads Threads; 0 for all cores.
#' @param keep_paths Number of realizations whose events and decisions are kept.
#' @param map_regions For a war of three ground actors: also solve it from every division of the force, in steps of 1 in this many.
#' @param resume `TRUE`: go on with an ensemble that was interrupted in `out`.
#' @param quiet `FALSE` shows progress and remarks of the program as messages.
#' @return Results, as [truel_results()] gives them.
#' @section Errors: What the program refuses is an error of class `truel_input_error`, whose message and field `mistakes` say what is
#'   wrong, with file and line where there are, and how to correct it; nothing is written then. The mistakes of a package come all at
#'   once, with what it has not or does not allow of `accounts` and `set`. An argument that is wrong whatever the package comes before,
#'   the first alone. What fails is a `truel_failure`. Both are `truel_error`s and have the exit `status`. What is legal but senseless
#'   is found by [truel_check()].
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "run-war")
#' truel_new(war)
#' runs <- truel_run(war, runs = 16, seed = 7)
#' none <- list("actors.government.recruitment_per_day" = 0)
#' fewer <- truel_run(war, runs = 16, seed = 7, set = none)
#' tryCatch(
#'   truel_run(war, runs = 16, set = list("actors.nobody.kill_rate" = 1)),
#'   truel_input_error = function(error) error$mistakes
#' )
#' @export
truel_run <- function(package, runs = 1024, seed = 1, out = tempfile("truel-"), accounts = character(), set = list(), from = NULL,
                      until = NULL, solver = "leap", every = 7, steps_per_day = 1, threads = 0,
                      keep_paths = 10, map_regions = NULL, resume = FALSE, quiet = TRUE) {
  if (length(set) > 0 && (is.null(names(set)) || any(names(set) == ""))) {
    stop("set must name each number by its path, such as list(\"actors.isis.kill_rate\" = 0.01)", call. = FALSE)
  }
  out <- path.expand(one(out))
  words <- c(
    "run", path.expand(one(package)), "--runs", whole_number(runs), "--seed", whole_number(seed), "--solver", one(solver),
    "--every", whole_number(every), "--steps-per-day", whole_number(steps_per_day), "--threads", whole_number(threads),
    "--keep-paths", whole_number(keep_paths), "--out", out
  )
  for (account in accounts) words <- c(words, "--account", account)
  for (at in seq_along(set)) words <- c(words, "--set", paste0(names(set)[at], "=", written(set[[at]], names(set)[at])))
  if (!is.null(from)) words <- c(words, "--from", format(one(from)))
  if (!is.null(until)) words <- c(words, "--until", format(one(until)))
  if (!is.null(map_regions)) words <- c(words, "--map-regions", whole_number(map_regions))
  if (one(resume)) words <- c(words, "--resume")
  if (one(quiet)) words <- c(words, "--quiet")
  program(words, quiet = quiet)
  truel_results(out)
}

#' Check a package
#'
#' @param package Folder of a scenario package.
#' @return Data frame with one row a mistake or warning, none if all is well: `kind` (`"mistake"` or `"warning"`), `file`, `line`,
#'   `column` (from 1; 0 where there is none), `what`, `hint` (how to correct it).
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "checked-war")
#' truel_new(war)
#' truel_check(war)
#' @export
truel_check <- function(package) {
  lines <- program(c("check", path.expand(one(package)), "--json"), printed = TRUE, accepted = c(0, 2))
  found <- jsonlite::fromJSON(paste(lines, collapse = "\n"), simplifyVector = FALSE)
  rows <- lapply(c("mistakes", "warnings"), function(key) {
    do.call(rbind, lapply(found[[key]], function(each) {
      for (name in c("line", "column")) if (is.null(each[[name]])) each[[name]] <- 0L
      data.frame(kind = sub("s$", "", key), each[c("file", "line", "column", "what", "hint")])
    }))
  })
  none <- data.frame(
    kind = character(), file = character(), line = integer(), column = integer(), what = character(), hint = character()
  )
  rbind(none, do.call(rbind, rows))
}

#' Begin a package of your own
#'
#' @param path New folder for a small commented war of three sides.
#' @return The path, invisibly.
#' @examplesIf truel_found()
#' truel_new(file.path(tempdir(), "new-war"))
#' @export
truel_new <- function(path) {
  program(c("new", path.expand(one(path))))
  invisible(path)
}

#' The program truel
#'
#' @details The program is that of the option `truel.program`, else of the environment variable `TRUEL_PROGRAM`, else the one on
#'   the path. The scenarios that come with it lie in the folder of the option `truel.scenarios`, else of the environment
#'   variable `TRUEL_SCENARIOS`, else beside the program, where `cmake --install` and the Debian package put them.
#' @return `truel_program()` its path, an error if there is none; `truel_found()` whether there is one;
#'   `truel_scenario()` the folder of a scenario that came with it; without a name, the names.
#' @examples
#' if (truel_found()) truel_program()
#' @export
truel_program <- function() {
  named <- getOption("truel.program", Sys.getenv("TRUEL_PROGRAM"))
  found <- if (nzchar(named)) Sys.which(path.expand(named)) else Sys.which("truel")
  if (nzchar(found)) return(unname(found))
  stop(
    if (nzchar(named)) paste0(named, ": no such program; ") else "there is no program truel on the path; ",
    "options(truel.program = \"/path/of/truel\") says where it is", call. = FALSE
  )
}

#' @rdname truel_program
#' @export
truel_found <- function() !inherits(try(truel_program(), silent = TRUE), "try-error")

#' @rdname truel_program
#' @param name Such as `"syria-2016"` or `"published/truel-random"`.
#' @export
truel_scenario <- function(name = NULL) {
  folder <- path.expand(getOption("truel.scenarios", Sys.getenv("TRUEL_SCENARIOS")))
  if (!nzchar(folder)) folder <- file.path(dirname(dirname(normalizePath(truel_program()))), "share", "truel", "scenarios")
  if (!dir.exists(folder)) stop(folder, ": no such folder; give the path of the package instead", call. = FALSE)
  all <- sort(dirname(list.files(folder, "^scenario[.]toml$", recursive = TRUE)))
  if (is.null(name)) return(all)
  if (!name %in% all) stop("no scenario ", name, "; there are ", paste(all, collapse = ", "), call. = FALSE)
  file.path(folder, name)
}

# Runs truel; its standard error becomes messages as it comes unless quiet, and the error where it refuses or fails.
# Gives what it prints if `printed`.
program <- function(words, quiet = TRUE, printed = FALSE, accepted = 0) {
  command <- paste(shQuote(c(truel_program(), words)), collapse = " ")
  other <- tempfile("truel-")
  on.exit(unlink(other))
  kept <- if (printed) paste("2>", shQuote(other)) else paste("2>&1 >", shQuote(other))
  stream <- pipe(paste(command, "< /dev/null", kept), "r", encoding = "UTF-8")
  lines <- character()
  while (length(line <- readLines(stream, 1, warn = FALSE)) > 0) {
    lines <- c(lines, line)
    if (!quiet) message(line)
  }
  status <- close(stream)
  status <- if (is.null(status)) 0 else if (status >= 256) status %/% 256 else if (status > 0) 128 + status else status
  if (status %in% accepted) return(invisible(lines))
  said <- if (printed) readLines(other, warn = FALSE, encoding = "UTF-8") else lines
  kind <- if (status == 2) "truel_input_error" else "truel_failure"
  text <- if (length(said) > 0) said else paste0("truel ", words[1], " ended with status ", status)
  mistakes <- if (status == 2) said[!grepl("^[0-9]+ mistakes$", said)] else character()
  stop(structure(
    class = c(kind, "truel_error", "error", "condition"),
    list(message = paste(text, collapse = "\n"), call = NULL, status = status, mistakes = mistakes)
  ))
}

whole_number <- function(value) {
  if (!is.numeric(value) || length(value) != 1 || is.na(value) || value != round(value) || value < 0 || value > 2^53) {
    stop(deparse(substitute(value)), " must be a whole number", call. = FALSE)
  }
  format(value, scientific = FALSE)
}

# A value by itself, and not several or none.
one <- function(value, name = deparse(substitute(value)), hint = "") {
  if (!is.atomic(value) || length(value) != 1 || is.na(value)) stop(name, " must be one value", hint, call. = FALSE)
  value
}

# A value of --set; numbers with all the digits that they need to be read back as they are.
written <- function(value, path) {
  one(value, paste0("set: ", path), "; a range is text: \"0.001..0.002\"")
  if (is.numeric(value)) format(value, digits = 17, scientific = NA) else as.character(value)
}
