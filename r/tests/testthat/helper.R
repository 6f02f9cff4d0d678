# A war of three sides, made and run once for all tests.
skip_without_truel <- function() skip_if_not(truel_found(), "the program truel is not here")

made <- new.env()

a_war <- function() {
  if (is.null(made$war)) {
    made$war <- tempfile("war-")
    truel_new(made$war)
  }
  made$war
}

some_runs <- function() {
  if (is.null(made$runs)) made$runs <- truel_run(a_war(), runs = 40, seed = 7, every = 30)
  made$runs
}

# Has the order of the columns of a file, which is that of a spreadsheet.
csv <- function(runs, name) read.csv(file.path(runs$path, name))
