#include <gtest/gtest.h>

#include <set>

#include "output/sample.hpp"
#include "truel/laws/laws.hpp"
#include "truel/output/json.hpp"
#include "truel/output/summary/falls.hpp"

namespace truel::output {
namespace {

std::set<std::string> keys(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) {
    keys.insert(key);
  }
  return keys;
}

Json summary_of(const Sample& s) {
  return Json::parse(summary_json(s.model, s.options, s.summary, s.provenance));
}

TEST(SummaryJson, has_the_keys_that_programs_rely_on) {
  const Sample sample(8);
  const Json json = summary_of(sample);
  for (const char* key : {"format", "package", "package_sha256", "version", "seed", "runs", "failed_runs", "solver",
                          "start", "end", "actors", "dyads", "places", "civilian_harm"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(keys(json["actors"]), (std::set<std::string>{"north", "south", "wing"}));
  for (const char* key : {"kind", "survival_probability", "survival_se", "collapse_share", "collapse_day", "turn_share",
                          "turn_day", "final_fighters", "underground", "population_share", "value_share", "losses",
                          "recruited", "arrived", "joined", "deserted", "defected", "left"}) {
    EXPECT_TRUE(json["actors"]["south"].contains(key)) << key;
  }
  const std::set<std::string> q = {"mean", "se", "q05", "q50", "q95", "mean_low", "mean_high", "runs"};
  EXPECT_EQ(keys(json["civilian_harm"]), q);
  EXPECT_EQ(keys(json["actors"]["north"]["final_fighters"]), q);
  EXPECT_EQ(
      keys(json["dyads"].at(0)),
      (std::set<std::string>{"attacker", "target", "losses", "effort_share", "offensives", "exceptions", "man_days",
                             "captures", "first_offensive_day", "last_offensive_day", "first_enemy_day"}));
  EXPECT_EQ(keys(json["places"]), (std::set<std::string>{"ford", "gate", "hill"}));
  EXPECT_EQ(json["package"], "sample");
  EXPECT_EQ(json["start"], "2016-01-01");
  EXPECT_EQ(json["end"], "2016-03-01");
  EXPECT_EQ(json["dates"].size(), sample.summary.days.size());
  EXPECT_EQ(json["runs"], 8);
  EXPECT_EQ(json["uncertain_parameters"], 2);
}

TEST(SummaryJson, numbers_are_those_of_the_summary_to_the_last_bit) {
  Sample sample(8);
  sample.summary.actors[0].turn_share = .25;
  const Json json = summary_of(sample);
  for (ActorIndex a = 0; a < 3; ++a) {
    const ensemble::ActorSummary& s = sample.summary.actors[at(a)];
    const Json& actor = json["actors"][sample.model.war().actors[at(a)].id];
    EXPECT_EQ(actor["final_fighters"]["mean"].get<double>(), s.of(ActorOutcome::final_fighters).mean);
    EXPECT_EQ(actor["losses"]["q95"].get<double>(), s.of(ActorOutcome::killed).q95);
    EXPECT_EQ(actor["value_share"]["se"].get<double>(), s.of(ActorOutcome::value_share).se);
    EXPECT_EQ(actor["turn_share"].get<double>(), s.turn_share);
  }
  for (const auto& [place, entry] : json["places"].items()) {
    double sum = 0;
    for (const auto& [holder, probability] : entry["control"].items()) {
      sum += probability.get<double>();
    }
    EXPECT_NEAR(sum, 1, 1e-6) << place;
  }
}

TEST(SummaryJson, says_how_pairs_are_aligned_where_a_law_moves_that) {
  EXPECT_FALSE(summary_of(Sample(2)).contains("alignment"));
  const Sample sample(6, [](War& war) {
    war.parameters[at(war.law(laws::number_of<laws::Alignment>(laws::Alignment::on)))].distribution = {.a = 1};
    war.parameters[at(war.law(laws::number_of<laws::Alignment>(laws::Alignment::balance)))].distribution = {.a = .01};
  });
  const Json json = summary_of(sample)["alignment"];
  EXPECT_EQ(keys(json), (std::set<std::string>{"energy", "imbalanced_triads", "friendly_share", "factions", "updates",
                                               "limit_day", "frustration", "pairs"}));
  ASSERT_EQ(json["pairs"].size(), 3U);
  const Json& pair = json["pairs"][1];  // north and its air arm
  EXPECT_EQ(pair["a"], "north");
  EXPECT_EQ(pair["b"], "wing");
  EXPECT_EQ(pair["mean"].size(), sample.summary.days.size());
  double sum = 0;
  for (std::uint32_t r = 0; r < 6; ++r) {
    sum += static_cast<double>(sample.run(r).alignment[3 * sample.summary.days.size() - 1]);
  }
  EXPECT_NEAR(pair["last"]["mean"].get<double>(), sum / 6, 1e-12);
  EXPECT_EQ(pair["mean"].back(), pair["last"]["mean"]);
  EXPECT_TRUE(json["limit_day"]["mean"].is_null());
}

TEST(SummaryJson, what_does_not_exist_is_null) {
  const Sample sample(4);
  const Json wing = summary_of(sample)["actors"]["wing"];
  EXPECT_EQ(wing["kind"], "air");
  EXPECT_TRUE(wing["survival_probability"].is_null());
  EXPECT_TRUE(wing["collapse_day"]["mean"].is_null());
}

TEST(SummaryJson, threads_change_no_byte) {
  const Sample one(40, {}, 1);
  const Sample two(40, {}, 2);
  EXPECT_EQ(summary_json(one.model, one.options, one.summary, one.provenance),
            summary_json(two.model, two.options, two.summary, two.provenance));
}

TEST(SummaryJson, failed_realizations_are_counted) {
  Sample sample(4);
  sample.add_failed(4);
  sample.summarise();
  const Json json = summary_of(sample);
  EXPECT_EQ(json["runs"], 4);
  EXPECT_EQ(json["failed_runs"], 1);
}

TEST(SummaryJson, hostile_text_stays_text) {
  const Sample sample(2, [](War& war) {
    war.title = kHostile;
    war.actors[0].name = kHostile;
  });
  const Json json = summary_of(sample);
  EXPECT_EQ(json["title"].get<std::string>().substr(0, 20), kHostile.substr(0, 20));
  EXPECT_NE(json["actors"]["north"]["name"].get<std::string>().find("\uFFFD"), std::string::npos);
}

TEST(Falls, likely_ones_come_by_date_and_rare_ones_by_probability) {
  Sample sample(2, [](War& war) { war.actors[2].kind = ActorKind::ground; });
  const auto set = [&](std::size_t a, double share, double day) {
    sample.summary.actors[a].collapse_share = share;
    sample.summary.actors[a].of(ActorOutcome::collapse_day).q50 = day;
  };
  set(0, 0.9, 50);
  set(1, 0.2, 5);
  set(2, 0.6, 30);
  const std::vector<Fall> all = falls(sample.model, sample.summary);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].actor, 2);
  EXPECT_EQ(all[1].actor, 0);
  EXPECT_EQ(all[2].actor, 1);
  EXPECT_EQ(format_date(all[0].median_date), "2016-01-31");
  set(2, 0, kAbsent);
  EXPECT_EQ(falls(sample.model, sample.summary).size(), 2U);
}

TEST(SummaryJson, tells_of_the_settlement_where_the_law_acts) {
  EXPECT_FALSE(summary_of(Sample(2)).contains("settlement"));
  const Sample talks(4, let_them_talk);
  const Json border = summary_of(talks)["settlement"]["border"];
  EXPECT_EQ(border["rounds"].size(), 9U);
  EXPECT_EQ(border["median"].size(), talks.summary.days.size());
  EXPECT_EQ(keys(border["actors"]), (std::set<std::string>{"north", "south"}));
  const auto& shape = talks.model.issues();
  double sum = 0;
  for (std::uint32_t r = 0; r < 4; ++r) {
    sum += talks.run(r).issues[shape.place(laws::Settlement::capability, 0, 0, 0)];
  }
  EXPECT_NEAR(border["actors"]["north"]["capability"]["mean"].get<double>(), sum / 4, 1e-9);
  EXPECT_TRUE(border["actors"]["north"]["probability"]["mean"].is_null());  // nobody is elected
}

}  // namespace
}  // namespace truel::output
