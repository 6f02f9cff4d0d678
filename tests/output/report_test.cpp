#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "output/sample.hpp"
#include "truel/model/names.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/json.hpp"
#include "truel/output/report/page_war.hpp"

namespace truel::output {
namespace {

Json report_of(const Sample& s) {
  return Json::parse(report_json(s.model, s.options, s.summary, s.kept, s.provenance));
}

const Json& entry(const Json& list, const char* key, std::string_view value) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Json& e) { return e.at(key) == value; });
  EXPECT_NE(found, list.end()) << value;
  return found == list.end() ? list : *found;
}

TEST(ReportJson, shares_keep_the_percentage_that_they_round_to) {
  EXPECT_EQ(page_share(0.06498).dump(), "0.06498");
  EXPECT_EQ(page_share(7.0 / 128).dump(), "0.0547");  // 0.055 would be 6 per cent
  EXPECT_EQ(page_share(0.065).dump(), "0.065");
  EXPECT_EQ(page_share(1.0 / 3).dump(), "0.333");
  EXPECT_EQ(page_share(1).dump(), "1");
  EXPECT_TRUE(page_share(NAN).is_null());
}

TEST(ReportJson, has_everything_that_the_page_reads) {
  const Sample sample(8);
  const Json json = report_of(sample);
  for (const char* key : {"format", "truel",       "title",   "description", "package",      "questions",     "seed",
                          "runs",   "failed_runs", "solver",  "account",     "start",        "end",           "dates",
                          "actors", "places",      "links",   "dyads",       "priorities",   "civilian_harm", "falls",
                          "claims", "conflicts",   "sources", "numbers",     "basis_counts", "not_modelled"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["account"], "rival");
  EXPECT_EQ(json["collapse_fraction"], "0.05");
  const std::size_t n = json["dates"].size();
  EXPECT_EQ(n, sample.summary.days.size());
  for (const Json& actor : json["actors"]) {
    for (const char* key : {"mean", "q05", "q50", "q95"}) {
      EXPECT_EQ(actor["fighters"][key].size(), n);
    }
    for (const char* key : {"mean", "q05", "q95"}) {
      EXPECT_EQ(actor["territory"][key].size(), n);
    }
    const Json& surviving = actor["surviving"];
    EXPECT_EQ(surviving.size(), n);
    EXPECT_TRUE(actor["survival_probability"].is_null() ||
                std::abs(surviving.back().get<double>() - actor["survival_probability"].get<double>()) < 0.001)
        << actor["id"];
    EXPECT_TRUE(surviving[0].is_null() || std::is_sorted(surviving.rbegin(), surviving.rend())) << actor["id"];
  }
  for (const Json& place : json["places"]) {
    for (std::size_t t = 0; t < n; ++t) {
      double sum = 0;
      for (const auto& [holder, probability] : place["control"].items()) {
        sum += probability[t].get<double>();
      }
      EXPECT_NEAR(sum, 1, 0.002);
    }
  }
  EXPECT_EQ(json["links"], Json::parse("[[0,1],[1,2]]"));
  EXPECT_TRUE(entry(json["actors"], "id", "wing")["first_day_fighters"].is_null());
  EXPECT_EQ(entry(json["actors"], "id", "north")["first_day_fighters"], 900);
  EXPECT_EQ(json["not_modelled"].size(), not_modelled().size());
}

TEST(ReportJson, tells_the_accounts_side_by_side_only_where_they_were_run) {
  Sample sample(8, [](War& war) {
    war.accounts.push_back({"rival", "The rival's story", "South is stronger than it looks.", {"A1"}, {{}, {}}});
  });
  EXPECT_FALSE(report_of(sample).contains("accounts"));
  EXPECT_FALSE(Json::parse(summary_json(sample.model, sample.options, sample.summary, sample.provenance))
                   .contains("each_account"));
  std::vector<ensemble::ActorSummary> other = sample.summary.actors;
  other[0].survival_probability = 0.25;
  sample.summary.accounts = {{"", 8, 0, sample.summary.actors, {}, sample.summary.control},
                             {"rival", 6, 2, other, {}, sample.summary.control}};
  const Json report = report_of(sample);
  const Json& accounts = report["accounts"];
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[0]["id"], "base");
  EXPECT_EQ(accounts[0]["settings"], 0);
  EXPECT_EQ(accounts[1]["title"], "The rival's story");
  EXPECT_EQ(accounts[1]["story"], "South is stronger than it looks.");
  EXPECT_EQ(accounts[1]["claims"], Json::parse(R"(["A1"])"));
  EXPECT_EQ(accounts[1]["settings"], 2);
  EXPECT_EQ(accounts[1]["runs"], 6);
  EXPECT_EQ(accounts[1]["failed_runs"], 2);
  const Json& north = entry(accounts[1]["actors"], "id", "north");
  EXPECT_EQ(north["survival_probability"], 0.25);
  EXPECT_TRUE(north["losses"].contains("q95") && north["value_share"].contains("mean"));
  // Of the basic model an account's dates have what the page has of these dates.
  const Json& actor = entry(report["actors"], "id", "north");
  const Json& dates = report["account_dates"];
  ASSERT_EQ(dates.back(), report["dates"].size() - 1);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    for (const char* key : {"mean", "q05", "q95"}) {
      EXPECT_EQ(accounts[0]["territory"]["north"][key][i], actor["territory"][key][dates[i].get<std::size_t>()]);
    }
    EXPECT_EQ(accounts[0]["surviving"]["north"][i], actor["surviving"][dates[i].get<std::size_t>()]);
  }
  EXPECT_FALSE(accounts[0]["territory"].contains("wing"));
  const Json summary = Json::parse(summary_json(sample.model, sample.options, sample.summary, sample.provenance));
  EXPECT_EQ(summary["each_account"]["rival"]["actors"]["north"]["survival_probability"], 0.25);
  EXPECT_EQ(summary["each_account"]["base"]["actors"]["north"]["survival_probability"],
            summary["actors"]["north"]["survival_probability"]);
}

TEST(ReportJson, says_what_the_answer_about_united_enemies_depends_on) {
  Sample sample(1, [](War& war) { war.if_united = {"fast fronts.", "rival"}; });
  EXPECT_FALSE(report_of(sample).contains("united"));
  sample.summary.united = ensemble::UnitedMatrix{4, {}, {{0, {1}, {}}}};
  const Json united = report_of(sample)["united"];
  EXPECT_EQ(united["depends_on"], "fast fronts.");
  EXPECT_EQ(united["without"], "rival");
  EXPECT_EQ(united["actors"][0]["of"].size(), united["ways"].size());
}

TEST(NotModelled, the_documentation_has_the_same_list) {
  const std::filesystem::path page = std::filesystem::path(TRUEL_SOURCE_DIR) / "docs" / "what-truel-does-not-model.md";
  std::istringstream lines(bytes_of(page));
  std::vector<std::string> items;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("- ")) {
      items.push_back(line.substr(2));
    } else if (line.starts_with("  ") && !items.empty()) {
      items.back() += line.substr(1);
    } else if (!items.empty()) {
      break;  // the first list of the page
    }
  }
  const std::vector<std::string_view> ours = not_modelled();
  EXPECT_EQ(items, std::vector<std::string>(ours.begin(), ours.end()));
}

TEST(ReportJson, every_claim_source_and_assumption_behind_a_number_is_named) {
  const Sample sample(1);
  const Json json = report_of(sample);
  const Json& rate = entry(json["numbers"], "path", "actors.north.kill_rate");
  EXPECT_EQ(rate["value"], "0.01..0.04");
  EXPECT_EQ(rate["unit"], "per fighter per day");
  EXPECT_EQ(rate["basis"], Json::parse(R"([{"kind":"claim","id":"A1","text":"North loses few men."},
                                           {"kind":"source","id":"notes","text":"table 2"},
                                           {"kind":"assumed","id":null,"text":"assumed: as elsewhere"}])"));
  EXPECT_EQ(json["basis_counts"], Json::parse(R"({"claim":1,"source":1,"assumed":2})"));
  EXPECT_EQ(json["with_basis"], 2);
  EXPECT_EQ(json["also_called"], Json::parse(R"({"north":["Northerners","The North"]})"));
  EXPECT_EQ(json["sources"],
            Json::parse(R"([{"id":"notes","title":"Field notes","author":"Jo Doe, The Desk","issued":"2015-03"}])"));
  EXPECT_EQ(json["claims"][0]["statement"], "North loses few men.");
  EXPECT_EQ(json["claims"][0]["paragraph"], 12);
}

TEST(ReportJson, claims_that_contradict_each_other_are_named) {
  const Sample sample(1, [](War& war) {
    war.topics = {{"losses", "North loses few men."}};
    war.claims[0].positions = {{"losses", Stand::for_it}};
    for (const char* id : {"A2", "A3"}) {
      Claim claim = war.claims[0];
      claim.id = id;
      claim.positions[0].stand = claim.id == "A2" ? Stand::against_it : Stand::in_doubt;
      war.claims.push_back(claim);
    }
  });
  const Json json = report_of(sample);
  ASSERT_EQ(json["conflicts"].size(), 1U);
  EXPECT_EQ(json["conflicts"][0],
            Json::parse(R"({"statement":"North loses few men.","between_sources":false,"one_says":"for","one":["A1"],)"
                        R"("other_says":"against","other":["A2"],"in_doubt":["A3"],"numbers":1})"));
}

TEST(ReportJson, a_symmetric_alignment_is_one_number) {
  const Sample sample(1, [](War& war) {
    for (const int i : {war.tie(0, 1, TieParameter::alignment), war.tie(1, 0, TieParameter::alignment)}) {
      war.parameters[at(i)].is_given = true;
      war.parameters[at(i)].distribution.a = -1;
      war.parameters[at(i)].basis = "A1";
    }
  });
  EXPECT_TRUE(is_evidence(sample.model.war(), sample.model.war().tie(0, 1, TieParameter::alignment)));
  EXPECT_FALSE(is_evidence(sample.model.war(), sample.model.war().tie(1, 0, TieParameter::alignment)));
}

TEST(ReportJson, priorities_are_means_over_the_kept_runs) {
  Sample sample(3);
  for (std::size_t k = 0; k < 3; ++k) {
    auto& records = sample.kept[k].path.journal.priorities;
    records.clear();
    const double share = 0.3 * static_cast<double>(k);
    records.push_back({0, 0, 1, share, 1, {0.5, 0.5}});
    records.push_back({7, 0, 1, 1, 3, {2.5, 0.5}});
  }
  sample.kept[2].run.status = solver::RunStatus::not_finite;  // a failed run counts for nothing
  const Json priorities = report_of(sample)["priorities"];
  ASSERT_EQ(priorities.size(), 1U);
  EXPECT_EQ(priorities[0]["command"], sample.model.war().commands[0].id);
  EXPECT_EQ(priorities[0]["target"], "south");
  EXPECT_EQ(priorities[0]["share"][0], 0.15);
  EXPECT_EQ(priorities[0]["share"][1], 1);
  EXPECT_EQ(priorities[0]["share"][2], 0);  // no decision of the third week names the target
  EXPECT_EQ(priorities[0]["score"], 2);
  EXPECT_EQ(priorities[0]["features"], Json::parse(R"({"vital":1.5,"backing":0.5})"));
}

TEST(ReportJson, many_stored_days_are_thinned_with_first_and_last_kept) {
  Sample sample(2, [](War& war) { war.end = war.start + 900; });
  sample.options.solve.every_days = 1;
  auto store = ensemble::RunStore::open({}, "daily");
  ASSERT_TRUE(store.has_value());
  ASSERT_TRUE(ensemble::run(sample.model, sample.options, *store));
  sample.summary = ensemble::summarise(sample.model, sample.options.solve, *store);
  ASSERT_EQ(sample.summary.days.size(), 901U);
  const Json json = report_of(sample);
  EXPECT_LE(json["dates"].size(), 201U);
  EXPECT_EQ(json["dates"].front(), "2016-01-01");
  EXPECT_EQ(json["dates"].back(), json["end"]);
}

TEST(ReportJson, sources_of_any_shape_are_read) {
  const Sample sample(1, [](War& war) {
    war.sources = {{"a", R"({"id":"a","title":"T","issued":{"raw":"spring 2015"},"editor":[{"family":"E"}]})"},
                   {"b", R"({"id":"b","publisher":"P","issued":{"date-parts":[["2016","5","3"]]}})"},
                   {"c", "no JSON"}};
  });
  EXPECT_EQ(report_of(sample)["sources"], Json::parse(R"([{"id":"a","title":"T","author":"E","issued":"spring 2015"},
      {"id":"b","title":"b","author":"P","issued":"2016-05-03"},{"id":"c","title":"c","author":"","issued":""}])"));
}

TEST(Basis, parts_of_every_kind_are_told_apart) {
  const Sample sample(1);
  const auto parts = resolve_basis(sample.model.war(), " A1 ;source:x ; assumed: because; ;ZZ9");
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parts[0].kind, "claim");
  EXPECT_EQ(parts[1].kind, "source");
  EXPECT_EQ(parts[1].id, "x");
  EXPECT_EQ(parts[1].text, "");
  EXPECT_EQ(parts[2].text, "assumed: because");
  EXPECT_EQ(parts[3].kind, "default");
  EXPECT_EQ(resolve_basis(sample.model.war(), "").at(0).kind, "default");
}

TEST(Units, every_parameter_of_a_war_has_one) {
  const Sample sample(1, [](War& war) {
    war.interventions.clear();
    war.terrains = {"plain"};
  });
  const War& war = sample.model.war();
  for (int i = 0; i < static_cast<int>(war.parameters.size()); ++i) {
    EXPECT_FALSE(unit_of(war, i).empty()) << war.parameters[at(i)].path;
  }
}

TEST(Names, are_shown_without_what_they_explain_in_brackets) {
  EXPECT_EQ(without_brackets("Nusra Front (from July 2016 another name)"), "Nusra Front");
  EXPECT_EQ(without_brackets("Northern rebels (Free Syrian Army (and others))"), "Northern rebels");
  for (const char* whole : {"", "Peshmerga", "(all)", " (all)", "Army (old) of the north"}) {
    EXPECT_EQ(without_brackets(whole), whole);
  }
}

TEST(Names, of_accounts_may_begin_with_a_letter) {
  EXPECT_EQ(account_letter("A: Damascus ranks its enemies"), "A");
  for (const char* none : {"", "A", "A:", "AB: two", "a: small", "A; other"}) {
    EXPECT_EQ(account_letter(none), "");
  }
}

TEST(ReportJson, has_the_parts_of_names_that_the_page_shows) {
  const Sample sample(2, [](War& war) {
    war.actors[0].name = "First (and allies)";
    war.places[0].name = "Town (west)";
  });
  const Json json = report_of(sample);
  EXPECT_EQ(json["actors"][0]["short_name"], "First");
  EXPECT_EQ(json["places"][0]["short_name"], "Town");
}

#if TRUEL_HAS_PAGE
TEST(ReportHtml, data_come_back_from_the_page_as_they_went_in) {
  const Sample sample(2, [](War& war) {
    war.title = kHostile;
    war.description = "</script><script>alert(1)</script><!--";
    war.actors[0].name = kHostile;
    war.claims[0].statement = kHostile;
  });
  const std::string json = report_json(sample.model, sample.options, sample.summary, sample.kept, sample.provenance);
  const std::string page = report_html(json);
  const std::string empty = report_html("null");
  const std::string open = "id=\"truel-data\">";
  const auto begin = page.find(open);
  ASSERT_NE(begin, std::string::npos);
  const auto end = page.find("</script>", begin);
  const std::string data = page.substr(begin + open.size(), end - begin - open.size());
  EXPECT_EQ(data.find('<'), std::string::npos);
  EXPECT_EQ(Json::parse(data), Json::parse(json));
  // Nothing but the data differs from the empty page: hostile text opened no element.
  EXPECT_EQ(std::count(page.begin(), page.end(), '<'), std::count(empty.begin(), empty.end(), '<'));
  EXPECT_EQ(page.find("@TRUEL_DATA@"), std::string::npos);
}
#else
TEST(ReportHtml, is_empty_in_a_build_without_the_page) {
  EXPECT_EQ(report_html("{}"), "");
}
#endif

}  // namespace
}  // namespace truel::output
