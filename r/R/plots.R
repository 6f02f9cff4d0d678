#' Strength over time with bands
#'
#' @inheritParams truel_bands
#' @param actors Ids of the actors to show, in this order; all unless given.
#' @param colours Colours of the actors, named by their ids or in their order. Unless given, those of the package, and of ours for
#'   actors to whom it gives none.
#' @return A `ggplot`: a line at the median of the runs for each actor, and a band that holds `level` of the runs on each day. The
#'   band is one of days and not of courses: a single run may leave it.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "strong-war")
#' truel_new(war)
#' plot_strength(truel_run(war, runs = 16))
#' @export
plot_strength <- function(x, variable = c("fighters", "value_share"), level = 0.9, actors = NULL, colours = NULL) {
  x <- opened(x)
  variable <- match.arg(variable)
  bands <- truel_bands(x, variable, level, actors = actors)
  shown <- if (is.null(actors)) x$actors else unique(actors)
  bands$actor <- factor(bands$actor, shown)
  ggplot2::ggplot(bands, ggplot2::aes(.data$date, colour = .data$actor, fill = .data$actor)) +
    ggplot2::geom_ribbon(ggplot2::aes(ymin = .data$low, ymax = .data$high), alpha = 0.2, colour = NA) +
    ggplot2::geom_line(ggplot2::aes(y = .data$median), linewidth = 0.8) +
    ggplot2::scale_colour_manual(values = colours_of(x, shown, colours), labels = names_of(x, shown), aesthetics = c("colour", "fill")) +
    ggplot2::scale_y_continuous(
      limits = c(0, NA), labels = function(at) if (variable == "fighters") format(at, big.mark = ",", trim = TRUE) else percent(at)
    ) +
    ggplot2::labs(
      x = NULL, y = if (variable == "fighters") "fighters" else "land", colour = NULL, fill = NULL, title = x$attributes$title,
      subtitle = paste0("median and what ", percent(level), " of ", complete(x), " runs lie between")
    ) +
    ggplot2::theme_minimal() +
    ggplot2::theme(legend.key.height = ggplot2::unit(24, "pt"), panel.spacing.x = ggplot2::unit(24, "pt"))
}

#' Control over time
#'
#' @inheritParams plot_strength
#' @param places Ids of the places to show, a panel each; the six about which the runs differ most unless given.
#' @return A `ggplot`: for each place the share of the runs in which each actor holds it, over time.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "changing-war")
#' truel_new(war)
#' plot_control(truel_run(war, runs = 16))
#' @export
plot_control <- function(x, places = NULL, colours = NULL) {
  x <- opened(x)
  held <- truel_holders(x, places = places)
  if (is.null(places)) places <- disputed(held, 6)
  held <- held[held$place %in% places, ]
  shown <- intersect(c("none", x$actors), held$holder)
  # A day on which a holder has no run is a share of 0, or an area would be drawn across it.
  all <- expand.grid(place = unique(places), date = x$dates, holder = shown, stringsAsFactors = FALSE)
  all <- merge(all, held, all.x = TRUE)
  all$share[is.na(all$share)] <- 0
  all$place <- factor(all$place, places, place_names(x, places))
  all$holder <- factor(all$holder, shown)
  ggplot2::ggplot(all, ggplot2::aes(.data$date, .data$share, fill = .data$holder)) +
    ggplot2::geom_area(stat = "identity", position = ggplot2::position_stack(reverse = TRUE)) +
    ggplot2::facet_wrap("place") +
    ggplot2::scale_fill_manual(values = colours_of(x, shown, colours), labels = names_of(x, shown)) +
    ggplot2::scale_x_date(guide = ggplot2::guide_axis(check.overlap = TRUE)) +
    ggplot2::scale_y_continuous(labels = percent, expand = c(0, 0)) +
    ggplot2::labs(x = NULL, y = "share of the runs", fill = NULL, title = x$attributes$title,
      subtitle = paste0("who holds a place, ", complete(x), " runs")) +
    ggplot2::theme_minimal() +
    ggplot2::theme(legend.key.height = ggplot2::unit(24, "pt"), panel.spacing.x = ggplot2::unit(24, "pt"))
}

#' Control as a map
#'
#' @inheritParams plot_strength
#' @param date A stored day; the last unless given.
#' @param labels `TRUE`: the names of places beside them; of names that would overlap the first stands alone.
#' @param ground GeoJSON file whose polygons are drawn as land, such as a package's `map.geojson`; the coasts of Natural Earth
#'   (<https://www.naturalearthdata.com>) unless given.
#' @return A `ggplot`: a point for each place in the colour of its likeliest holder, the fainter the fewer runs agree, above the land. It has
#'   coordinates ([ggplot2::coord_sf()]), so that other layers of `sf` can be added.
#' @examplesIf truel_found()
#' war <- file.path(tempdir(), "mapped-war")
#' truel_new(war)
#' plot_map(truel_run(war, runs = 16), labels = TRUE)
#' @export
plot_map <- function(x, date = NULL, labels = FALSE, colours = NULL, ground = NULL) {
  x <- opened(x)
  date <- if (is.null(date)) max(x$dates) else as.Date(date)
  held <- truel_holders(x, dates = date)
  held <- held[order(held$place, -held$share), ]
  held <- held[!duplicated(held$place), ]
  points <- truel_places(x)[c("place_id", "name")]
  at <- match(points$place_id, held$place)
  points$holder <- held$holder[at]
  points$share <- held$share[at]
  shown <- intersect(c("none", x$actors), points$holder)
  points$holder <- factor(points$holder, shown)
  box <- sf::st_bbox(points)
  edge <- 0.08 * max(box[["xmax"]] - box[["xmin"]], box[["ymax"]] - box[["ymin"]], 0.1)
  picture <- ggplot2::ggplot(points) +
    ggplot2::geom_sf(data = land(ground), inherit.aes = FALSE, fill = "#f4f1ea", colour = "#9aa3a8", linewidth = 0.3) +
    ggplot2::geom_sf(ggplot2::aes(fill = .data$holder, alpha = .data$share), shape = 21, size = 3.5, colour = "grey30") +
    ggplot2::scale_fill_manual(values = colours_of(x, shown, colours), labels = names_of(x, shown)) +
    ggplot2::scale_alpha_continuous(limits = c(0, 1), range = c(0.05, 1), labels = percent) +
    ggplot2::guides(
      fill = ggplot2::guide_legend(order = 1), alpha = ggplot2::guide_legend(order = 2, override.aes = list(fill = "grey20"))
    ) +
    ggplot2::coord_sf(c(box[["xmin"]] - edge, box[["xmax"]] + edge), c(box[["ymin"]] - edge, box[["ymax"]] + edge), expand = FALSE) +
    ggplot2::labs(x = NULL, y = NULL, fill = NULL, alpha = "share of the runs", title = x$attributes$title,
      subtitle = paste0("likeliest holder on ", format(date), ", ", complete(x), " runs")) +
    ggplot2::theme_minimal() +
    ggplot2::theme(legend.key.height = ggplot2::unit(24, "pt"), panel.background = ggplot2::element_rect("#e3edf3", NA))
  if (labels) {
    picture <- picture + ggplot2::geom_sf_text(ggplot2::aes(label = .data$name), fun.geometry = identity, size = 3, vjust = -1,
      hjust = "inward", check_overlap = TRUE)  # centred, they would leave the map at its edges
  }
  picture
}

# Columns of a data frame in aes().
#' @importFrom ggplot2 .data
NULL

# Places on which the runs differ most: those where two runs, on one day, are likeliest to have two holders.
disputed <- function(held, most) {
  alike <- tapply(held$share^2, held$place, sum) / length(unique(held$date))
  names(sort(alike))[seq_len(min(most, length(alike)))]
}

# Polygons of a GeoJSON file, or of the coasts that come along.
land <- function(ground) {
  file <- if (is.null(ground)) system.file("land.geojson", package = "truel", mustWork = TRUE) else path.expand(ground)
  if (!file.exists(file)) stop(file, ": no such file", call. = FALSE)
  found <- sf::st_geometry(sf::st_read(file, quiet = TRUE))
  found[sf::st_geometry_type(found) %in% c("POLYGON", "MULTIPOLYGON")]
}

complete <- function(x) {
  sum(truel_table(x, "status")$status == "complete")
}

percent <- function(share) paste0(format(100 * share, trim = TRUE), " %")

# Names short enough for a legend: without what stands in brackets, over several lines.
names_of <- function(x, ids) {
  table <- truel_table(x, "actor_name")
  labels <- sub(" *[(].*[)]$", "", table$actor_name[match(ids, table$actor)])
  labels <- vapply(labels, function(label) paste(strwrap(label, 24), collapse = "\n"), "")
  setNames(ifelse(ids == "none", "nobody", labels), ids)
}

place_names <- function(x, ids) {
  table <- truel_table(x, "place_name")
  table$place_name[match(ids, table$place)]
}

# A colour for each id that stays the same whichever of them are shown: the package's, else one that most can distinguish who do not see
# all colours alike.
colours_of <- function(x, ids, given = NULL) {
  actors <- setdiff(ids, "none")
  if (is.null(given)) {
    count <- length(x$actors)
    okabe <- grDevices::palette.colors(9, "Okabe-Ito")[c(6, 7, 4, 2, 3, 8, 1, 5)]
    ours <- if (count <= 8) okabe[seq_len(count)] else grDevices::hcl.colors(count, "Dark 3")
    own <- truel_table(x, "actor_colour")$actor_colour
    given <- setNames(ifelse(own == "", ours, own), x$actors)
  } else if (is.null(names(given))) {
    if (length(given) < length(actors)) stop(length(actors), " colours are needed, not ", length(given), call. = FALSE)
    given <- setNames(given[seq_along(actors)], actors)
  }
  missing <- setdiff(actors, names(given))
  if (length(missing) > 0) stop("no colour for ", paste(missing, collapse = ", "), call. = FALSE)
  c(none = "grey85", given[setdiff(names(given), "none")])[ids]
}
