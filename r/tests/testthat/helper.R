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

# What summary.json says of a number of the runs, null where none has it. Its standard error follows from the design of the draws,
# not from the numbers alone; its shares of effort are of 32 bits.
expect_said <- function(numbers, said, info) {
  numbers <- numbers[!is.na(numbers)]
  if (length(numbers) == 0) {
    expect_null(said$mean, info = info)
    return(invisible())
  }
  found <- c(mean(numbers), quantile(numbers, c(0.05, 0.5, 0.95), names = FALSE))
  expect_equal(found, unlist(said[c("mean", "q05", "q50", "q95")], use.names = FALSE), tolerance = 1e-6, info = info)
}
