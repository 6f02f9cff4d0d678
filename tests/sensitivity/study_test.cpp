// The design of a study: which runs share what.
#include "truel/sensitivity/study.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "sensitivity/support.hpp"
#include "support/statistics.hpp"
#include "truel/model/basis.hpp"

namespace truel::test {
namespace {

using sensitivity::Grouping;
using sensitivity::make_study;
using sensitivity::Role;
using sensitivity::Study;

constexpr std::uint64_t kSeed = 5;

std::size_t role(Role r) {
  return static_cast<std::size_t>(r);
}

/// Values of the uncertain numbers, in the order of Study::inputs, and the account last.
std::vector<double> drawn(const Study& study, std::uint32_t block, std::size_t role_number) {
  std::vector<double> values(study.war().parameters.size());
  const std::size_t account = set_values(study, kSeed, block, role_number, values);
  std::vector<double> result;
  for (const auto& input : study.inputs) {
    result.push_back(values[at(input.parameter)]);
  }
  result.push_back(static_cast<double>(account));
  return result;
}

TEST(StudyTest, takes_every_number_that_is_uncertain_under_some_account) {
  const Study study = *make_study(rivals(3), Grouping::source);
  ASSERT_EQ(study.inputs.size(), kUncertainPaths.size());
  std::set<std::string> paths;
  for (const auto& input : study.inputs) {
    paths.insert(study.war().parameters[at(input.parameter)].path);
  }
  EXPECT_EQ(paths, std::set<std::string>(kUncertainPaths.begin(), kUncertainPaths.end()));
}

TEST(StudyTest, a_block_has_both_points_twice_the_accounts_exchanged_and_each_group_exchanged_once) {
  Study study = *make_study(rivals(3), Grouping::table);
  ASSERT_EQ(study.groups.size(), 3);
  EXPECT_EQ(study.block_size(), 9);
  for (std::uint32_t block = 0; block < 30; ++block) {
    const auto first = drawn(study, block, role(Role::first));
    const auto second = drawn(study, block, role(Role::second));
    EXPECT_EQ(drawn(study, block, role(Role::first_repeated)), first);
    EXPECT_EQ(drawn(study, block, role(Role::second_repeated)), second);
    for (std::size_t i = 1; i < study.inputs.size(); ++i) {  // the first is certain under two accounts
      EXPECT_NE(first[i], second[i]);
    }
    const auto first_other = drawn(study, block, role(Role::first_other_account));
    EXPECT_EQ(first_other.back(), second.back());
    EXPECT_TRUE(std::equal(first.begin() + 1, first.end() - 1, first_other.begin() + 1));
    const auto second_other = drawn(study, block, role(Role::second_other_account));
    EXPECT_EQ(second_other.back(), first.back());
    EXPECT_TRUE(std::equal(second.begin() + 1, second.end() - 1, second_other.begin() + 1));
    for (std::size_t g = 0; g < study.groups.size(); ++g) {
      const auto mixed = drawn(study, block, study.first_group_role() + g);
      EXPECT_EQ(mixed.back(), first.back());
      const std::set<std::size_t> members(study.groups[g].inputs.begin(), study.groups[g].inputs.end());
      for (std::size_t i = 1; i < study.inputs.size(); ++i) {
        EXPECT_EQ(mixed[i], members.contains(i) ? second[i] : first[i]);
      }
    }
  }
}

TEST(StudyTest, a_certain_number_of_an_account_is_what_the_account_says_and_others_keep_their_draws) {
  const Study study = *make_study(rivals(3), Grouping::source);
  for (std::uint32_t block = 0; block < 30; ++block) {
    const auto values = drawn(study, block, role(Role::first));
    const auto account = static_cast<std::size_t>(values.back());
    if (account > 0) {
      EXPECT_DOUBLE_EQ(values[0], 0.1 * static_cast<double>(account));
    } else {
      EXPECT_DOUBLE_EQ(values[0], 0.01 + 0.04 * draw_at(study, kSeed, block, 0, 0));
    }
    EXPECT_DOUBLE_EQ(values[3], 0.01 + 0.04 * draw_at(study, kSeed, block, 0, 3));
  }
}

TEST(StudyTest, accounts_come_equally_often_and_those_of_the_two_points_are_independent) {
  const Study study = *make_study(rivals(3), Grouping::source);
  std::map<std::size_t, int> first;
  std::map<std::pair<std::size_t, std::size_t>, int> pairs;
  constexpr std::uint32_t kBlocks = 9000;
  for (std::uint32_t block = 0; block < kBlocks; ++block) {
    const std::size_t one = account_at(study, kSeed, block, 0);
    ++first[one];
    ++pairs[{one, account_at(study, kSeed, block, 1)}];
  }
  for (const auto& [account, count] : first) {
    EXPECT_EQ(count, kBlocks / 3) << account;
  }
  EXPECT_EQ(pairs.size(), 9);
  for (const auto& [pair, count] : pairs) {
    expect_share(count, kBlocks, 1. / 9, "a pair of accounts");
  }
}

TEST(StudyTest, draws_are_uniform_and_differ_by_block_point_input_and_seed) {
  const Study study = *make_study(rivals(1), Grouping::source);
  Sample sample;
  std::set<double> seen;
  constexpr std::uint32_t kBlocks = 3000;  // of which the variance has a fourth of 0.003 as its error
  for (std::uint32_t block = 0; block < kBlocks; ++block) {
    for (const int point : {0, 1}) {
      for (std::size_t i = 0; i < study.inputs.size(); ++i) {
        sample.add(draw_at(study, kSeed, block, point, i));
        seen.insert(draw_at(study, kSeed, block, point, i));
      }
    }
  }
  EXPECT_EQ(seen.size(), kBlocks * 2 * study.inputs.size());
  expect_mean(sample, 0.5, "draw");
  EXPECT_NEAR(sample.variance(), 1. / 12, 0.003);
  EXPECT_NE(draw_at(study, kSeed, 0, 0, 0), draw_at(study, kSeed + 1, 0, 0, 0));
}

TEST(StudyTest, without_accounts_that_compete_a_block_has_no_runs_for_them) {
  const Study study = *make_study(rivals(1), Grouping::parameter);
  EXPECT_FALSE(study.has_accounts());
  EXPECT_EQ(study.block_size(), 4 + kUncertainPaths.size());
}

TEST(StudyTest, refuses_wars_in_which_only_chance_varies_and_accounts_of_different_wars) {
  WarBuilder certain(5);
  certain.ground("a").ground("b").place("home", "a");
  std::vector<sensitivity::Rival> one{{"base", "", certain.compile()}};
  const auto chance = make_study(one, Grouping::source);
  ASSERT_FALSE(chance);
  EXPECT_NE(chance.error().front().what.find("chance"), std::string::npos);
  std::vector<sensitivity::Rival> two = rivals(1);
  two.push_back(one.front());
  EXPECT_FALSE(make_study(two, Grouping::source));
}

War with_two_claims() {
  War war;
  Claim claim;
  claim.id = "A1";
  claim.source = "author2016";
  war.claims.push_back(claim);
  claim.id = "B2";
  claim.source = "other2015";
  war.claims.push_back(claim);
  return war;
}

TEST(SourcesOfBasis, are_all_that_it_names_and_an_assumption_counts_only_alone) {
  const War war = with_two_claims();
  using Sources = std::vector<std::string>;
  EXPECT_EQ(sources_of_basis(war, "A1"), Sources{"author2016"});
  EXPECT_EQ(sources_of_basis(war, "B2; A1; A1; assumed: half"), (Sources{"other2015", "author2016"}));
  EXPECT_EQ(sources_of_basis(war, "source:census table 2; A1"), (Sources{"other sources", "author2016"}));
  EXPECT_EQ(sources_of_basis(war, "source:census table 2; assumed: as in peace"), Sources{"other sources"});
  EXPECT_EQ(sources_of_basis(war, "assumed: A1 says nothing of it"), Sources{"assumed"});
  EXPECT_EQ(sources_of_basis(war, "default"), Sources{"default"});
}

TEST(StudyTest, a_number_of_two_sources_is_resampled_with_either) {
  Study study = *make_study(rivals(1), Grouping::source);
  for (auto& input : study.inputs) {
    input.sources = {"assumed"};
  }
  study.inputs[1].sources = {"author2016", "other2015"};
  study.inputs[2].sources = {"other2015"};
  study.groups = groups_of(study.inputs, Grouping::source, study.war());
  ASSERT_EQ(study.groups.size(), 3);
  EXPECT_EQ(study.groups[1].inputs, std::vector<std::size_t>{1});
  EXPECT_EQ(study.groups[2].inputs, (std::vector<std::size_t>{1, 2}));
  const auto first = drawn(study, 4, role(Role::first));
  const auto second = drawn(study, 4, role(Role::second));
  const auto author = drawn(study, 4, study.first_group_role() + 1);
  const auto other = drawn(study, 4, study.first_group_role() + 2);
  EXPECT_EQ(author[1], second[1]);
  EXPECT_EQ(author[2], first[2]);
  EXPECT_EQ(other[1], second[1]);
  EXPECT_EQ(other[2], second[2]);
  EXPECT_EQ(other[3], first[3]);
}

TEST(TableOf, is_the_first_part_of_a_path) {
  EXPECT_EQ(sensitivity::table_of("actors.isis.supply"), "actors");
  EXPECT_EQ(sensitivity::table_of("scenario.laws.fire.on"), "laws");
  EXPECT_EQ(sensitivity::table_of("scenario.thresholds.ally"), "thresholds");
}

}  // namespace
}  // namespace truel::test
