# What is drawn, as ggplot2 would draw it.
drawn <- function(picture, layer) ggplot2::ggplot_build(picture)$data[[layer]]

test_that("strength has a line and a band for every actor", {
  skip_without_truel()
  picture <- plot_strength(some_runs(), level = 0.5)
  bands <- truel_bands(some_runs(), level = 0.5)
  line <- drawn(picture, 2)
  expect_equal(length(unique(line$colour)), 3)
  expect_setequal(line$y, bands$median)
  expect_setequal(drawn(picture, 1)$ymax, bands$high)
  expect_match(picture$labels$subtitle, "50 % of 40 runs")
  one <- plot_strength(some_runs(), "value_share", actors = "river_league", colours = c(river_league = "#112233"))
  expect_equal(unique(drawn(one, 2)$colour), "#112233")
})

test_that("an actor keeps its colour whoever else is shown", {
  skip_without_truel()
  all <- drawn(plot_strength(some_runs()), 2)
  one <- drawn(plot_strength(some_runs(), actors = "river_league"), 2)
  expect_equal(unique(one$colour), unique(all$colour[all$group == 3]))
  expect_error(plot_strength(some_runs(), colours = c(government = "red")), "no colour for highland_front, river_league")
  expect_error(plot_strength(some_runs(), colours = "red"), "3 colours are needed")
})

test_that("actors have the colours of their package, and of ours where it gives none", {
  skip_without_truel()
  war <- tempfile("coloured-")
  truel_new(war)
  table <- read.csv(file.path(war, "actors.csv"), check.names = FALSE)
  table$colour[match("government", table$id)] <- "#123456"
  table$colour[match("river_league", table$id)] <- ""
  write.csv(table, file.path(war, "actors.csv"), row.names = FALSE, na = "")
  runs <- truel_run(war, runs = 4)
  colours <- function(picture) setNames(unique(drawn(picture, 2)$colour), c("government", "highland_front", "river_league"))
  of <- colours(plot_strength(runs))
  expect_equal(of[["government"]], "#123456")
  expect_equal(of[["highland_front"]], table$colour[match("highland_front", table$id)])
  expect_match(of[["river_league"]], "^#[0-9A-F]{6}")
  expect_true("#123456" %in% drawn(plot_map(runs), 2)$fill)
  expect_true("#123456" %in% drawn(plot_control(runs), 1)$fill)
  given <- c(government = "red", highland_front = "green", river_league = "blue")
  expect_equal(colours(plot_strength(runs, colours = given)), given)
})

test_that("control fills every day of every place", {
  skip_without_truel()
  area <- drawn(plot_control(some_runs(), places = c("mill", "harbour")), 1)
  expect_equal(length(unique(area$PANEL)), 2)
  tops <- tapply(area$ymax, list(area$PANEL, area$x), max)
  expect_equal(range(tops, na.rm = TRUE), c(1, 1))
  expect_equal(length(unique(drawn(plot_control(some_runs()), 1)$PANEL)), 6)
})

test_that("the map shows the likeliest holder of the day", {
  skip_without_truel()
  runs <- some_runs()
  points <- drawn(plot_map(runs), 2)
  expect_equal(nrow(points), 6)
  places <- truel_places(runs)
  where <- function(geometry) apply(sf::st_coordinates(geometry), 1, paste, collapse = " ")
  at <- match(where(places), where(points$geometry))
  colours <- unique(data.frame(holder = places$holder, fill = points$fill[at]))
  expect_equal(nrow(colours), length(unique(places$holder)))
  expect_equal(nrow(colours), length(unique(colours$fill)))
  first <- plot_map(runs, date = runs$dates[1])
  expect_match(first$labels$subtitle, "2020-01-01")
  expect_error(plot_map(runs, date = "1999-01-01"), "no time 1999-01-01")
})

test_that("a map has land under the places, that of the package if one wants", {
  skip_without_truel()
  under <- function(ground) sf::st_set_crs(drawn(plot_map(some_runs(), ground = ground), 1)$geometry, NA)
  on_land <- function(land, x, y) any(sf::st_intersects(sf::st_sfc(sf::st_point(c(x, y))), land, sparse = FALSE))
  coasts <- under(NULL)
  expect_true(on_land(coasts, 36.3, 33.5))
  expect_false(on_land(coasts, 34.5, 34.5))
  own <- under(file.path(a_war(), "map.geojson"))
  expect_true(on_land(own, 10, 45))
  expect_false(on_land(own, 36.3, 33.5))
  expect_error(plot_map(some_runs(), ground = "nowhere.geojson"), "no such file")
})

test_that("names of places run towards the middle of the map, so that none is cut at its edges", {
  skip_without_truel()
  names <- ggplot2::layer_grob(plot_map(some_runs(), labels = TRUE), 3)[[1]]
  expect_equal(names$hjust, as.numeric(as.numeric(names$x) > 0.5))
})

test_that("pictures are drawn without a warning", {
  skip_without_truel()
  file <- tempfile(fileext = ".png")
  for (picture in list(plot_strength(some_runs()), plot_control(some_runs()), plot_map(some_runs(), labels = TRUE))) {
    expect_silent(suppressMessages(ggplot2::ggsave(file, picture, width = 6, height = 4, dpi = 50)))
  }
})
