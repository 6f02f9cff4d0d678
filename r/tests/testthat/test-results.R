test_that("outcomes are those of summary.json", {
  skip_without_truel()
  outcomes <- truel_outcomes(some_runs())
  summary <- truel_summary(some_runs())
  expect_equal(nrow(outcomes), 40 * 3)
  expect_setequal(outcomes$actor, names(summary$actors))
  named <- c(losses = "killed", population_share = "final_population_share", value_share = "final_value_share")
  compared <- 0
  for (id in names(summary$actors)) {
    of <- outcomes[outcomes$actor == id, ]
    said <- summary$actors[[id]]
    expect_equal(mean(of$survives), said$survival_probability)
    for (key in names(Filter(is.list, said))) {
      column <- if (key %in% names(named)) named[[key]] else key
      expect_said(of[[column]], said[[key]], paste(id, key))
      compared <- compared + 1
    }
  }
  expect_gte(compared, 3 * 12)
})

test_that("dyads and places are those of summary.json", {
  skip_without_truel()
  dyads <- truel_dyads(some_runs())
  summary <- truel_summary(some_runs())
  expect_gt(length(summary$dyads), 3)
  for (said in summary$dyads) {
    of <- dyads[dyads$attacker == said$attacker & dyads$target == said$target, ]
    for (key in names(Filter(is.list, said))) expect_said(of[[key]], said[[key]], paste(said$attacker, said$target, key))
  }
  held <- truel_holders(some_runs())
  held <- held[held$date == max(held$date), ]
  for (place in names(summary$places)) {
    said <- unlist(summary$places[[place]]$control)
    of <- held[held$place == place & held$share > 0, ]
    expect_equal(setNames(of$share, of$holder)[names(said)], said, tolerance = 1e-6, info = place)
    expect_equal(sum(said), 1, tolerance = 1e-6)
  }
})

test_that("the books of every actor balance in every run", {
  skip_without_truel()
  runs <- truel_outcomes(some_runs())
  expect_equal(
    with(runs, first_fighters + recruited + arrived + joined),
    with(runs, final_fighters + killed + deserted + defected + left)
  )
})

test_that("series begin and end with the outcomes", {
  skip_without_truel()
  series <- truel_series(some_runs())
  expect_s3_class(series$date, "Date")
  outcomes <- truel_outcomes(some_runs())
  first <- series[series$date == as.Date("2020-01-01"), ]
  last <- series[series$date == as.Date("2021-12-31"), ]
  expect_equal(first[c("realization", "actor")], outcomes[c("realization", "actor")], ignore_attr = TRUE)
  expect_equal(first$fighters, outcomes$first_fighters)
  expect_equal(last$fighters, outcomes$final_fighters)
})

test_that("bands are the quantiles of the series", {
  skip_without_truel()
  bands <- truel_bands(some_runs(), level = 0.8)
  series <- truel_series(some_runs())
  day <- some_runs()$dates[9]
  of <- series$fighters[series$actor == "river_league" & series$date == day]
  found <- bands[bands$actor == "river_league" & bands$date == day, ]
  expect_equal(found$mean, mean(of))
  expect_equal(c(found$low, found$median, found$high), quantile(of, c(0.1, 0.5, 0.9), names = FALSE))
  expect_equal(nrow(bands), 3 * length(some_runs()$dates))
  expect_error(truel_bands(some_runs(), level = 90), "between 0 and 1")
})

test_that("holders are those of control.geojson on the last day, and those of every run on all", {
  skip_without_truel()
  held <- truel_holders(some_runs())
  places <- truel_places(some_runs())
  expect_s3_class(places, "sf")
  expect_equal(sf::st_crs(places)$epsg, 4326)
  for (actor in c("government", "highland_front", "river_league")) {
    last <- held[held$date == max(held$date) & held$holder == actor, ]
    shares <- last$share[match(places$place_id, last$place)]
    shares[is.na(shares)] <- 0
    expect_equal(shares, places[[paste0("p_", actor)]])
  }
  sums <- aggregate(share ~ place + date, held, sum)
  expect_equal(sums$share, rep(1, nrow(sums)))
  control <- truel_control(some_runs())
  day <- some_runs()$dates[5]
  expect_equal(
    mean(control$holder[control$place == "mill" & control$date == day] == "government"),
    held$share[held$place == "mill" & held$date == day & held$holder == "government"]
  )
})

test_that("a capture of a run kept in full is in control", {
  skip_without_truel()
  events <- truel_events(some_runs())
  capture <- events[events$kind == "capture", ][1, ]
  control <- truel_control(some_runs(), realizations = capture$realization, places = capture$place_id)
  before <- control$holder[max(which(control$date < capture$date))]
  expect_equal(before, capture$other)
  expect_equal(control$holder[min(which(control$date > capture$date))], capture$actor)
})

test_that("losses by dyad and month add up", {
  skip_without_truel()
  dyads <- truel_dyads(some_runs())
  table <- csv(some_runs(), "dyads.csv")
  means <- aggregate(losses ~ attacker + target, dyads, mean)
  at <- match(paste(means$attacker, means$target), paste(table$attacker, table$target))
  expect_false(anyNA(at))
  expect_equal(means$losses, table$losses_mean[at], tolerance = 1e-5)
  months <- truel_table(some_runs(), "losses_by_month")
  by_month <- aggregate(losses_by_month ~ realization + attacker + target, months, sum)
  both <- merge(dyads, by_month)
  expect_equal(nrow(both), nrow(dyads))
  expect_equal(both$losses, both$losses_by_month, tolerance = 1e-6)
})

test_that("draws lie in the ranges of the package", {
  skip_without_truel()
  draws <- truel_draws(some_runs())
  expect_equal(nrow(draws), 40 * truel_summary(some_runs())$uncertain_parameters)
  expect_false(anyNA(draws))
  speed <- truel_draws(truel_run(a_war(), runs = 8, set = list("actors.government.speed_km_per_day" = "40..80")))
  speed <- speed[speed$parameter == "actors.government.speed_km_per_day", ]
  expect_equal(nrow(speed), 8)
  expect_true(all(speed$value >= 40 & speed$value <= 80))
  expect_equal(unique(speed$unit), "km per day")
})

test_that("a part is the same as the whole, cut", {
  skip_without_truel()
  days <- some_runs()$dates[c(2, 11)]
  part <- truel_series(some_runs(), realizations = c(5, 30), dates = days, actors = c("river_league", "government"))
  whole <- truel_series(some_runs())
  cut <- whole[whole$realization %in% c(5, 30) & whole$date %in% days & whole$actor %in% c("river_league", "government"), ]
  expect_equal(part, cut, ignore_attr = TRUE)
  expect_equal(nrow(part), 8)
  expect_equal(truel_holders(some_runs(), places = "mill", dates = days),
    subset(truel_holders(some_runs()), place == "mill" & date %in% days), ignore_attr = TRUE)
})

test_that("what is not there is said", {
  skip_without_truel()
  expect_error(truel_table(some_runs(), "fighter"), "no variable fighter")
  expect_error(truel_table(some_runs(), c("fighters", "draws")), "differ in their dimensions")
  expect_error(truel_series(some_runs(), actors = "nobody"), "no actor nobody")
  expect_error(truel_series(some_runs(), dates = "2020-01-02"), "no time 2020-01-02.*nearest to it is 2020-01-01")
  expect_error(truel_table(some_runs(), "draws", places = "mill"), "no dimension place")
  expect_error(truel_regions(some_runs()), "this run did not write it")
})

test_that("a folder without results is refused", {
  expect_error(truel_results(tempdir()), "no such file")
  expect_error(truel_results(NULL), "one folder")
})

test_that("every variable is a table whose every number stands beside its own labels", {
  skip_without_truel()
  runs <- some_runs()
  opened <- ncdf4::nc_open(file.path(runs$path, "ensemble.nc"))
  on.exit(ncdf4::nc_close(opened))
  labels <- function(name) trimws(ncdf4::ncvar_get(opened, name))
  # Which entry of a dimension each row is of, by what the row says.
  entry <- function(rows, dimension) {
    switch(dimension,
      realization = rows$realization + 1,
      round = rows$round + 1,
      time = match(as.numeric(rows$date - runs$start), ncdf4::ncvar_get(opened, "time")),
      dyad = match(paste(rows$attacker, rows$target), paste(labels("attacker"), labels("target"))),
      match(rows[[dimension]], labels(dimension))
    )
  }
  numbers <- 0
  for (name in truel_variables(runs)$variable) {
    dimensions <- vapply(opened$var[[name]]$dim, function(d) d$name, "")
    is_text <- grepl("^characters", dimensions)
    shape <- opened$var[[name]]$varsize[!is_text]
    rows <- truel_table(runs, name)
    expect_equal(nrow(rows), prod(shape), info = name)
    if (any(is_text) || !is.numeric(rows[[name]])) next
    raw <- array(ncdf4::ncvar_get(opened, name, collapse_degen = FALSE), shape)
    at <- do.call(cbind, lapply(dimensions, function(dimension) entry(rows, dimension)))
    expect_false(anyNA(at), info = name)
    expect_equal(nrow(unique(at)), nrow(rows), info = name)
    expect_equal(rows[[name]], as.vector(raw[at]), info = name)
    numbers <- numbers + 1
  }
  expect_gt(numbers, 35)
  control <- truel_table(runs, "control")
  code <- ncdf4::ncvar_get(opened, "control")[cbind(entry(control, "time"), entry(control, "place"), entry(control, "realization"))]
  expect_equal(ifelse(code < 0, "nobody", runs$actors[pmax(code, 0) + 1]), as.character(control$control))
})

test_that("a run that failed is missing everywhere and counts nowhere", {
  skip_without_truel()
  runs <- some_runs()
  copy <- tempfile("failed-")
  dir.create(copy)
  file.copy(list.files(runs$path, full.names = TRUE), copy)
  nc <- ncdf4::nc_open(file.path(copy, "ensemble.nc"), write = TRUE)
  days <- length(runs$dates)
  ncdf4::ncvar_put(nc, "control", rep(-2L, 6 * days), c(1, 1, 1), c(days, 6, 1))
  ncdf4::ncvar_put(nc, "fighters", rep(NaN, 3 * days), c(1, 1, 1), c(3, days, 1))
  ncdf4::ncvar_put(nc, "status", 3L, 1, 1)
  ncdf4::nc_close(nc)
  expect_true(all(is.na(truel_control(copy, realizations = 0)$holder)))
  expect_true(all(is.na(truel_series(copy, realizations = 0)$fighters)))
  expect_equal(as.character(truel_table(copy, "status", realizations = 0)$status), "event_limit")
  sums <- aggregate(share ~ place + date, truel_holders(copy), sum)
  expect_equal(sums$share, rep(1, nrow(sums)))
  series <- truel_series(copy, dates = runs$dates[1], actors = "government")
  bands <- truel_bands(copy, dates = runs$dates[1], actors = "government")
  expect_equal(bands$mean, mean(series$fighters[-1]))
})
