test_that("the same seed gives the same bytes, on one thread and on two", {
  skip_without_truel()
  one <- truel_run(a_war(), runs = 12, seed = 3, threads = 1)
  two <- truel_run(a_war(), runs = 12, seed = 3, threads = 2)
  other <- truel_run(a_war(), runs = 12, seed = 4)
  sums <- lapply(list(one, two, other), function(runs) unname(tools::md5sum(file.path(runs$path, "ensemble.nc"))))
  expect_equal(sums[[1]], sums[[2]])
  expect_false(sums[[1]] == sums[[3]])
})

test_that("every mistake is told, and nothing is written", {
  skip_without_truel()
  out <- tempfile("refused-")
  error <- tryCatch(
    truel_run(a_war(), runs = 2, out = out, set = list("actors.x.kill_rate" = 1, "actors.y.kill_rate" = 2)),
    truel_input_error = identity
  )
  expect_s3_class(error, "truel_error")
  expect_equal(error$status, 2)
  expect_length(error$mistakes, 2)
  expect_match(error$mistakes[2], "actors.y.kill_rate", fixed = TRUE)
  expect_match(conditionMessage(error), "actors.x.kill_rate", fixed = TRUE)
  expect_error(truel_run(a_war(), out = out, solver = "chance"), "leap,exact,mean-field", class = "truel_input_error")
  expect_false(file.exists(out))
})

test_that("settings, accounts and dates arrive", {
  skip_without_truel()
  account <- tools::file_path_sans_ext(list.files(file.path(a_war(), "accounts"), "[.]toml$"))[1]
  runs <- truel_run(a_war(), runs = 4, accounts = account, set = c("actors.government.kill_rate" = 1 / 3),
    from = as.Date("2020-02-01"), until = "2020-03-01", every = 10, solver = "exact", keep_paths = 1)
  summary <- truel_summary(runs)
  expect_equal(summary$accounts, account)
  expect_equal(summary$settings, "actors.government.kill_rate=0.33333333333333331")
  expect_equal(summary$start, "2020-02-01")
  expect_equal(runs$dates, as.Date(c("2020-02-01", "2020-02-11", "2020-02-21", "2020-03-01")))
  expect_equal(summary$solver, "exact")
  expect_equal(unique(truel_priorities(runs)$realization), 0)
})

test_that("an unnamed setting and a broken number of runs are refused before anything runs", {
  expect_error(truel_run("war", set = list(1)), "by its path")
  expect_error(truel_run("war", runs = 1.5), "runs must be a whole number")
  expect_error(truel_run("war", seed = NA), "seed must be a whole number")
  for (several in list(c(0.001, 0.002), list(1, 2), NULL, NA, numeric())) {
    expect_error(truel_run("war", set = list("a.b" = 1, "c.d" = several)[1:2]), "set: c.d must be one value; a range is text")
  }
  expect_error(truel_run(c("war", "peace")), "package must be one value")
  expect_error(truel_run("war", until = c("2020-01-01", "2020-02-01")), "until must be one value")
})

test_that("a path with a blank and a quote works, and progress comes as messages", {
  skip_without_truel()
  odd <- file.path(tempdir(), "it's a war")
  truel_new(odd)
  expect_message(runs <- truel_run(odd, runs = 2, quiet = FALSE), "2 runs in")
  expect_silent(truel_run(odd, runs = 2))
  expect_equal(runs$attributes$package, "it's a war")
})

test_that("a package is checked, mistakes with file and line", {
  skip_without_truel()
  broken <- tempfile("broken-")
  truel_new(broken)
  expect_equal(nrow(truel_check(broken)), 0)
  file <- file.path(broken, "actors.csv")
  lines <- readLines(file)
  lines[1] <- sub("^id,name", "id,nam", lines[1])
  writeLines(lines, file)
  found <- truel_check(broken)
  expect_equal(found$kind, "mistake")
  expect_equal(basename(found$file), "actors.csv")
  expect_equal(found$line, 1)
  expect_match(found$what, "unknown column `nam`", fixed = TRUE)
  expect_error(truel_run(broken), "actors.csv:1", class = "truel_input_error")
})

test_that("a package that is not there, is empty or lacks a table is a table of mistakes", {
  skip_without_truel()
  empty <- tempfile("empty-")
  dir.create(empty)
  lacking <- tempfile("lacking-")
  truel_new(lacking)
  file.remove(file.path(lacking, "places.csv"))
  for (package in c(tempfile("nowhere-"), empty, lacking)) {
    found <- truel_check(package)
    expect_gt(nrow(found), 0)
    expect_equal(found[1, c("kind", "line", "column")], data.frame(kind = "mistake", line = 0L, column = 0L))
  }
  expect_true("places.csv" %in% basename(found$file))
})

test_that("a program that is not there is said", {
  kept <- options(truel.program = "/nowhere/truel")
  on.exit(options(kept))
  expect_false(truel_found())
  expect_error(truel_program(), "/nowhere/truel: no such program")
})

test_that("regions are read", {
  skip_without_truel()
  runs <- truel_run(a_war(), runs = 1, solver = "mean-field", map_regions = 4)
  regions <- truel_regions(runs)
  expect_equal(nrow(regions), 15)
  forces <- rowSums(regions[grep("^first_day_", names(regions))])
  expect_equal(forces, rep(truel_summary(runs)$regions$total_fighters, 15), tolerance = 1e-5)
})

test_that("results say what they are", {
  skip_without_truel()
  expect_output(print(some_runs()), "The valley war.*40 runs, seed 7, solver leap.*3 actors, 6 places")
})

test_that("scenarios are found beside the program, or where one says", {
  folder <- tempfile("scenarios-")
  dir.create(file.path(folder, "published", "one"), recursive = TRUE)
  file.create(file.path(folder, "published", "one", "scenario.toml"))
  kept <- options(truel.scenarios = folder)
  on.exit(options(kept))
  expect_equal(truel_scenario(), "published/one")
  expect_equal(truel_scenario("published/one"), file.path(folder, "published", "one"))
  expect_error(truel_scenario("two"), "no scenario two; there are published/one")
})

test_that("a citation has title and version", {
  cited <- citation("truel")
  expect_match(cited$title, "^truel: ")
  expect_match(format(cited, style = "text"), as.character(packageVersion("truel")), fixed = TRUE)
})
