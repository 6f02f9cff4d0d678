#include "truel/output/arrays/arrays.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netcdf.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "output/sample.hpp"
#include "support/outcomes.hpp"
#include "truel/base/bytes/files.hpp"
#include "truel/laws/laws.hpp"

namespace truel::output {
namespace {

using ensemble::DyadSummary;

/// Reads a file with the library alone.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) { EXPECT_EQ(nc_open(path.c_str(), NC_NOWRITE, &id_), NC_NOERR); }
  ~Reader() { nc_close(id_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::vector<std::string> variables() const {
    int n = 0;
    nc_inq_nvars(id_, &n);
    std::vector<std::string> names;
    for (int v = 0; v < n; ++v) {
      char name[NC_MAX_NAME + 1];
      nc_inq_varname(id_, v, name);
      names.emplace_back(name);
    }
    return names;
  }

  nc_type type(const std::string& name) const {
    nc_type type = NC_NAT;
    nc_inq_vartype(id_, variable(name), &type);
    return type;
  }

  std::vector<std::size_t> shape(const std::string& name) const {
    int n = 0;
    nc_inq_varndims(id_, variable(name), &n);
    std::vector<int> ids(static_cast<std::size_t>(n));
    nc_inq_vardimid(id_, variable(name), ids.data());
    std::vector<std::size_t> shape;
    for (const int d : ids) {
      std::size_t length = 0;
      nc_inq_dimlen(id_, d, &length);
      shape.push_back(length);
    }
    return shape;
  }

  std::vector<std::string> dimensions(const std::string& name) const {
    int n = 0;
    nc_inq_varndims(id_, variable(name), &n);
    std::vector<int> ids(static_cast<std::size_t>(n));
    nc_inq_vardimid(id_, variable(name), ids.data());
    std::vector<std::string> names;
    for (const int d : ids) {
      char text[NC_MAX_NAME + 1];
      nc_inq_dimname(id_, d, text);
      names.emplace_back(text);
    }
    return names;
  }

  std::size_t size(const std::string& name) const {
    std::size_t size = 1;
    for (const std::size_t length : shape(name)) {
      size *= length;
    }
    return size;
  }

  std::vector<double> numbers(const std::string& name) const {
    std::vector<double> values(size(name));
    EXPECT_EQ(nc_get_var_double(id_, variable(name), values.data()), NC_NOERR) << name;
    return values;
  }

  std::vector<std::string> texts(const std::string& name) const {
    std::vector<char> characters(size(name));
    EXPECT_EQ(nc_get_var_text(id_, variable(name), characters.data()), NC_NOERR) << name;
    const std::size_t length = shape(name)[1];
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < characters.size(); i += length) {
      texts.emplace_back(characters.data() + i, strnlen(characters.data() + i, length));
    }
    return texts;
  }

  /// "" if there is none.
  std::string attribute(const std::string& name, const char* key) const {
    const int v = name.empty() ? NC_GLOBAL : variable(name);
    std::size_t length = 0;
    if (nc_inq_attlen(id_, v, key, &length) != NC_NOERR) {
      return "";
    }
    std::string text(length, ' ');
    nc_get_att_text(id_, v, key, text.data());
    return text;
  }

 private:
  int variable(const std::string& name) const {
    int v = -1;
    EXPECT_EQ(nc_inq_varid(id_, name.c_str(), &v), NC_NOERR) << name;
    return v;
  }

  int id_ = -1;
};

void write_to(const Sample& s, const std::filesystem::path& path) {
  const auto failure = write_ensemble_nc(s.model, s.options.solve, s.summary, s.store, s.provenance, path);
  ASSERT_FALSE(failure.has_value()) << to_string(*failure);
}

/// The file of the sample's ensemble.
Reader read_back(const Sample& sample) {
  const TemporaryFolder folder;
  write_to(sample, folder.path() / "ensemble.nc");
  return Reader(folder.path() / "ensemble.nc");
}

void expect_every_realization_of(std::uint32_t runs) {
  const Sample sample(runs);
  const Reader file = read_back(sample);
  const std::size_t n_times = sample.summary.days.size();
  EXPECT_EQ(file.dimensions("fighters"), (std::vector<std::string>{"realization", "time", "actor"}));
  EXPECT_EQ(file.dimensions("control"), (std::vector<std::string>{"realization", "place", "time"}));
  EXPECT_EQ(file.shape("control"), (std::vector<std::size_t>{runs, 3, n_times}));
  const auto fighters = file.numbers("fighters");
  const auto value_share = file.numbers("value_share");
  const auto control = file.numbers("control");
  const auto losses = file.numbers("losses");
  const auto effort = file.numbers("effort_share");
  const auto draws = file.numbers("draws");
  const auto killed = file.numbers("killed");
  const auto survives = file.numbers("survives");
  const auto harm = file.numbers("civilian_harm");
  const auto numbers = file.numbers("realization");
  const auto fingerprints = file.texts("fingerprint");
  const auto month_losses = file.numbers("losses_by_month");
  const auto month_harm = file.numbers("harm_by_month");
  const auto place_losses = file.numbers("place_losses_by_month");
  const auto place_harm = file.numbers("place_harm_by_month");
  const auto changes = file.numbers("changes_by_month");
  const std::size_t n_months = sample.summary.months.months.size();
  EXPECT_EQ(file.dimensions("losses_by_month"), (std::vector<std::string>{"realization", "month", "dyad", "country"}));
  EXPECT_EQ(file.texts("month"), (std::vector<std::string>{"2016-01", "2016-02"}));
  EXPECT_EQ(file.numbers("month_start"), (std::vector<double>{0, 31}));
  EXPECT_EQ(file.numbers("month_days"), (std::vector<double>{31, 29}));
  EXPECT_EQ(file.texts("country"), (std::vector<std::string>{"SY"}));
  const std::size_t n_dyads = sample.summary.dyads.size();
  ASSERT_GT(n_dyads, 0U);
  for (std::uint32_t r = 0; r < runs; ++r) {
    const solver::Run run = sample.run(r);
    EXPECT_EQ(numbers[r], r);
    EXPECT_EQ(std::stoull(fingerprints[r], nullptr, 16), run.fingerprint);
    EXPECT_EQ(harm[r], run.civilian_harm);
    for (std::size_t a = 0; a < 3; ++a) {
      for (std::size_t t = 0; t < n_times; ++t) {
        ASSERT_EQ(fighters[(r * n_times + t) * 3 + a], static_cast<double>(run.fighters[a * n_times + t]));
        ASSERT_EQ(value_share[(r * n_times + t) * 3 + a], static_cast<double>(run.value_share[a * n_times + t]));
        ASSERT_EQ(control[(r * 3 + a) * n_times + t], run.control[a * n_times + t]);  // there are three places, too
      }
      EXPECT_EQ(killed[r * 3 + a], run.of(static_cast<ActorIndex>(a), ActorOutcome::killed));
    }
    EXPECT_TRUE(std::isnan(survives[r * 3 + 2]));  // the air arm
    EXPECT_EQ(survives[r * 3], run.of(0, ActorOutcome::survives));
    for (std::size_t d = 0; d < n_dyads; ++d) {
      const std::size_t pair = at(sample.summary.dyads[d].attacker * 3 + sample.summary.dyads[d].target);
      EXPECT_EQ(losses[r * n_dyads + d], run.losses[pair]);
      EXPECT_EQ(effort[r * n_dyads + d], run.effort[pair]);
    }
    for (std::size_t k = 0; k < n_months * n_dyads; ++k) {
      const DyadSummary& d = sample.summary.dyads[k % n_dyads];
      ASSERT_EQ(month_losses[r * n_months * n_dyads + k],
                static_cast<double>(run.months.losses[k / n_dyads * 9 + at(d.attacker * 3 + d.target)]));
    }
    for (std::size_t k = 0; k < n_months * 3; ++k) {
      ASSERT_EQ(month_harm[r * n_months * 3 + k], static_cast<double>(run.months.harm[k]));
      ASSERT_EQ(place_losses[r * n_months * 3 + k], static_cast<double>(run.months.place_losses[k]));
      ASSERT_EQ(place_harm[r * n_months * 3 + k], static_cast<double>(run.months.place_harm[k]));
      ASSERT_EQ(changes[r * n_months * 3 + k], static_cast<double>(run.months.changes[k]));
    }
    for (std::size_t u = 0; u < run.draws.size(); ++u) {
      EXPECT_EQ(draws[r * run.draws.size() + u], run.draws[u]);
    }
  }
}

TEST(EnsembleNc, holds_every_realization_as_the_store_does) {
  expect_every_realization_of(70);  // more than one block
}

TEST(EnsembleNc, holds_very_many_realizations_in_larger_blocks) {
  expect_every_realization_of(8300);
}

void let_alignment_move(War& war) {
  for (const auto& [law, value] : {std::pair(laws::number_of<laws::Alignment>(laws::Alignment::on), 1.),
                                   {laws::number_of<laws::Alignment>(laws::Alignment::friction), .5}}) {
    war.parameters[at(war.law(law))].distribution = {.a = value};
  }
}

TEST(EnsembleNc, holds_alignment_where_a_law_moves_it_and_only_there) {
  TemporaryFolder folder;
  write_to(Sample(2), folder.path() / "still.nc");
  const std::vector<std::string> names = Reader(folder.path() / "still.nc").variables();
  EXPECT_EQ(std::count_if(names.begin(), names.end(), [](const std::string& n) { return n.starts_with("alignment"); }),
            0);

  Sample sample(5, let_alignment_move);
  sample.add_failed(5);
  sample.summarise();
  const Reader file = read_back(sample);
  const std::size_t n_times = sample.summary.days.size();
  EXPECT_EQ(file.dimensions("alignment"), (std::vector<std::string>{"realization", "pair", "time"}));
  EXPECT_EQ(file.texts("pair_first"), (std::vector<std::string>{"north", "north", "north", "south", "south", "wing"}));
  EXPECT_EQ(file.texts("pair_second"), (std::vector<std::string>{"north", "south", "wing", "south", "wing", "wing"}));
  EXPECT_EQ(file.attribute("alignment", "units"), "1");
  EXPECT_EQ(file.attribute("alignment", "coordinates"), "pair_first pair_second");
  EXPECT_TRUE(file.attribute("status", "flag_meanings").ends_with(" alignment_diverged"));
  const auto alignment = file.numbers("alignment");
  const auto frustration = file.numbers("frustration");
  const auto factions = file.numbers("alignment_factions");
  for (std::uint32_t r = 0; r < 5; ++r) {
    const solver::Run run = sample.run(r);
    ASSERT_EQ(run.alignment.size(), 6 * n_times);
    for (std::size_t i = 0; i < run.alignment.size(); ++i) {
      EXPECT_EQ(alignment[r * 6 * n_times + i], static_cast<double>(run.alignment[i]));
    }
    EXPECT_EQ(factions[r], test::alignment_outcome(run, laws::Alignment::factions));
    EXPECT_EQ(frustration[r * 3 + 1], test::alignment_outcome(run, laws::Alignment::frustration, 1));
  }
  EXPECT_TRUE(std::isnan(alignment[5 * 6 * n_times]));
}

TEST(EnsembleNc, has_its_page_name_every_variable_that_follows_from_a_list) {
  const std::filesystem::path docs = std::filesystem::path(TRUEL_SOURCE_DIR) / "docs";
  std::string page = bytes_of_file(docs / "results.md").value();
  for (const laws::Declaration& law : laws::declarations()) {
    page += law.name.empty() ? "" : bytes_of_file(docs / "laws" / fmt::format("{}.md", law.name)).value();
  }
  const auto is_named = [&](std::string_view name) { return page.find('`' + std::string(name) + '`') != page.npos; };
  for (const ActorOutcomeInfo& info : actor_outcomes()) {
    EXPECT_TRUE(is_named(info.array)) << info.array;
  }
  for (const WarOutcomeInfo& info : war_outcomes()) {
    EXPECT_TRUE(is_named(info.array)) << info.array;
  }
  for (const AttackTallyInfo& info : kAttackTallies) {
    EXPECT_TRUE(is_named(info.name)) << info.name;
  }
  for (const solver::MonthTallyInfo& info : solver::kMonthTallies) {
    EXPECT_TRUE(is_named(info.array)) << info.array;
    EXPECT_TRUE(is_named(info.name)) << info.name;
  }
}

TEST(EnsembleNc, coordinates_have_the_names_of_the_package) {
  const Sample sample(2, [](War& war) {
    war.actors[0].name = "Armée du Nord";
    war.actors[1].colour = "#123456";
  });
  const Reader file = read_back(sample);
  EXPECT_EQ(file.texts("actor"), (std::vector<std::string>{"north", "south", "wing"}));
  EXPECT_EQ(file.texts("actor_name")[0], "Armée du Nord");
  EXPECT_EQ(file.texts("actor_colour"), (std::vector<std::string>{"", "#123456", ""}));
  EXPECT_EQ(file.texts("place"), (std::vector<std::string>{"ford", "gate", "hill"}));
  EXPECT_EQ(file.texts("parameter"), (std::vector<std::string>{"actors.north.kill_rate", "actors.south.kill_rate"}));
  EXPECT_EQ(file.texts("parameter_unit")[0], "per fighter per day");
  EXPECT_EQ(file.texts("attacker").size(), sample.summary.dyads.size());
  EXPECT_EQ(file.attribute("time", "units"), "days since 2016-01-01 00:00:00");
  EXPECT_EQ(file.attribute("time", "calendar"), "proleptic_gregorian");
  EXPECT_EQ(file.numbers("time").back(), 60);
  EXPECT_EQ(file.numbers("latitude")[1], 34.75);
  EXPECT_EQ(file.attribute("control", "flag_meanings"), "unknown none north south wing");
  EXPECT_EQ(file.attribute("status", "flag_meanings"), "complete step_too_small not_finite event_limit");
}

TEST(EnsembleNc, every_variable_has_a_name_for_people_and_every_quantity_a_unit) {
  const Sample sample(2);
  const Reader file = read_back(sample);
  const std::set<std::string> without_units = {"draws", "control", "status"};  // units beside them; flags have none
  EXPECT_GT(file.variables().size(), 25U);
  for (const std::string& name : file.variables()) {
    EXPECT_FALSE(file.attribute(name, "long_name").empty()) << name;
    const bool is_quantity = file.type(name) != NC_CHAR && !without_units.contains(name);
    EXPECT_EQ(!file.attribute(name, "units").empty(), is_quantity) << name;
  }
  EXPECT_EQ(file.attribute("", "Conventions"), "CF-1.8");
  EXPECT_EQ(file.attribute("", "seed"), "11");
  EXPECT_EQ(file.attribute("", "settings"), "actors.north.supply=2");
}

TEST(EnsembleNc, failed_realizations_keep_status_and_draws_but_no_results) {
  Sample sample(3);
  sample.add_failed(3);
  sample.summarise();
  const Reader file = read_back(sample);
  EXPECT_EQ(file.numbers("status"), (std::vector<double>{0, 0, 0, 2}));
  const auto fighters = file.numbers("fighters");
  const std::size_t row = fighters.size() / 4;
  EXPECT_FALSE(std::isnan(fighters[2 * row]));
  for (std::size_t i = 3 * row; i < fighters.size(); ++i) {
    ASSERT_TRUE(std::isnan(fighters[i]));
  }
  EXPECT_EQ(file.numbers("control").back(), -2);
  for (const char* name : {"value_share", "losses", "effort_share", "killed", "final_fighters", "civilian_harm",
                           "losses_by_month", "changes_by_month"}) {
    EXPECT_TRUE(std::isnan(file.numbers(name).back())) << name;
  }
  EXPECT_EQ(file.numbers("draws")[6], sample.run(3).draws[0]);
}

TEST(EnsembleNc, a_war_without_fights_or_uncertain_numbers_has_empty_dimensions) {
  const Sample sample(2, [](War& war) {
    for (Parameter& p : war.parameters) {
      p.distribution = {.a = p.distribution.is_value() ? p.distribution.a : 0};
      p.varies_in_package = false;
    }
    war.default_alignment = 1;
    for (ActorIndex a = 0; a < 3; ++a) {
      for (ActorIndex b = 0; b < 3; ++b) {
        war.parameters[at(war.tie(a, b, TieParameter::alignment))].distribution.a = 1;
      }
    }
  });
  ASSERT_TRUE(sample.summary.dyads.empty());
  ASSERT_TRUE(sample.model.uncertain().empty());
  const Reader file = read_back(sample);
  EXPECT_EQ(file.shape("losses"), (std::vector<std::size_t>{2, 0}));
  EXPECT_EQ(file.shape("draws"), (std::vector<std::size_t>{2, 0}));
  EXPECT_EQ(file.numbers("fighters").size(), 2 * sample.summary.days.size() * 3);
}

TEST(EnsembleNc, bytes_are_the_same_for_any_threads_and_time_of_day) {
  TemporaryFolder folder;
  const Sample one(130, {}, 1);
  const Sample two(130, {}, 2);
  write_to(one, folder.path() / "one.nc");
  const timespec pause = {1, 100'000'000};
  nanosleep(&pause, nullptr);  // a stamp of seconds would differ
  write_to(two, folder.path() / "two.nc");
  EXPECT_TRUE(bytes_of(folder.path() / "one.nc") == bytes_of(folder.path() / "two.nc"));
}

TEST(EnsembleNc, seed_of_any_size_is_kept) {
  Sample sample(1);
  sample.options.solve.seed = 18'446'744'073'709'551'615U;
  const Reader file = read_back(sample);
  EXPECT_EQ(file.type("seed"), NC_UINT64);
  EXPECT_EQ(file.numbers("seed")[0], 18'446'744'073'709'551'615.0);
  EXPECT_EQ(file.attribute("", "seed"), "18446744073709551615");
}

TEST(EnsembleNc, hostile_names_are_kept_byte_for_byte) {
  const Sample sample(1, [](War& war) {
    war.places[0].name = kHostile;
    war.title = kHostile;
  });
  const Reader file = read_back(sample);
  EXPECT_EQ(file.texts("place_name")[0], kHostile);
  EXPECT_EQ(file.attribute("", "title"), kHostile);
}

TEST(PathNc, holds_the_state_of_every_place) {
  TemporaryFolder folder;
  const Sample sample(2);
  const auto failure =
      write_path_nc(sample.model, sample.options.solve, sample.kept[1], sample.provenance, folder.path() / "path.nc");
  ASSERT_FALSE(failure.has_value());
  const Reader file(folder.path() / "path.nc");
  EXPECT_EQ(file.dimensions("fighters"), (std::vector<std::string>{"time", "place", "actor"}));
  const auto fighters = file.numbers("fighters");
  const auto support = file.numbers("support");
  ASSERT_EQ(fighters.size(), sample.kept[1].path.fighters.size());
  for (std::size_t i = 0; i < fighters.size(); ++i) {
    ASSERT_EQ(fighters[i], static_cast<double>(sample.kept[1].path.fighters[i]));
    ASSERT_EQ(support[i], static_cast<double>(sample.kept[1].path.support[i]));
  }
  const std::size_t n_times = sample.summary.days.size();
  const auto total = file.numbers("total_fighters");
  EXPECT_EQ(total[(n_times - 1) * 3 + 1], static_cast<double>(sample.kept[1].run.fighters[2 * n_times - 1]));
  EXPECT_EQ(file.attribute("", "realization"), "1");
}

TEST(PathNc, the_file_of_a_missing_folder_is_a_diagnostic) {
  const Sample sample(1);
  const auto failure =
      write_path_nc(sample.model, sample.options.solve, sample.kept[0], sample.provenance, "/nonexistent/x/path.nc");
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->where.file, "/nonexistent/x/path.nc");
}

TEST(EnsembleNc, has_the_settlement_only_where_the_law_acts) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "ensemble.nc";
  Sample talks(5, let_them_talk);
  talks.add_failed(5);
  talks.summarise();
  ASSERT_FALSE(write_ensemble_nc(talks.model, talks.options.solve, talks.summary, talks.store, talks.provenance, path));
  const Reader nc(path);
  EXPECT_EQ(nc.texts("issue"), (std::vector<std::string>{"border"}));
  const std::size_t n_times = talks.summary.days.size();
  EXPECT_EQ(nc.shape("settlement_median"), (std::vector<std::size_t>{6, 1, n_times}));
  EXPECT_EQ(nc.shape("settlement_risk"), (std::vector<std::size_t>{6, 1, 3, n_times}));
  EXPECT_EQ(nc.shape("settlement_round_mean"), (std::vector<std::size_t>{6, 1, 9}));
  const std::vector<double> mean = nc.numbers("settlement_mean");
  const std::vector<double> position = nc.numbers("settlement_position");
  for (std::uint32_t r = 0; r < 5; ++r) {
    const auto& shape = talks.model.issues();
    const double expected = talks.run(r).issues[shape.place(laws::Settlement::mean, 0, shape.rounds)];
    EXPECT_NEAR(mean[(r + 1) * n_times - 1], expected, 1e-4);
    EXPECT_TRUE(std::isnan(position[(r * 3 + 3) * n_times - 1]));  // the wing has no seat
  }
  EXPECT_TRUE(std::isnan(mean.back()));  // the failed realization

  const Sample silent(2);
  ASSERT_FALSE(
      write_ensemble_nc(silent.model, silent.options.solve, silent.summary, silent.store, silent.provenance, path));
  for (const std::string& name : Reader(path).variables()) {
    EXPECT_FALSE(name.starts_with("settlement") || name == "issue") << name;
  }
}

}  // namespace
}  // namespace truel::output
