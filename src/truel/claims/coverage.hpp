// How much of a scenario rests on what.
#pragma once

#include <string>
#include <vector>

#include "truel/claims/evidence.hpp"

namespace truel::claims {

/// Counts of numbers. One that rests on a claim and on an assumption counts in both columns.
struct Coverage {
  std::string name;  ///< of the table, the account, the kind of claim or the source
  int numbers = 0;
  int uncertain = 0;  ///< ranges and distributions
  int claim = 0, source = 0, assumed = 0;
  int with_basis = 0;         ///< on any of the three
  int claim_alone = 0;        ///< on claims and nothing else
  int assumed_alone = 0;      ///< no claim and no source behind it
  int general_knowledge = 0;  ///< assumed, with no page to look it up on: `assumed: general knowledge`
  int source_ranges = 0;      ///< uncertain, and names a source
  int source_widths = 0;      ///< of those the ones without an assumption, which would make a part of the width
};

/// How strongly numbers move one outcome: those that stand out of the noise of a sensitivity study.
struct Influence {
  struct Weight {
    int parameter = kNone;  ///< into War::parameters
    double first = 0;       ///< first-order index: share of the outcome's variance
  };
  std::string outcome;
  std::vector<Weight> weights;
};

/// What the influential numbers rest on, each counting by its first-order index (below 0: as 0). Shares of `weight`; a
/// number that rests on a claim and on an assumption counts in both.
struct WeightedCoverage {
  std::string outcome;
  int numbers = 0;
  double weight = 0;  ///< sum of the indices
  double claim = 0, source = 0, assumed = 0, claim_alone = 0, assumed_alone = 0;
};

struct CoverageTables {
  std::vector<Coverage> tables;    ///< of the package's own numbers, in the order of the format
  Coverage total;                  ///< of those
  std::vector<Coverage> accounts;  ///< settings of each account
  struct CitationCount {
    std::string name;
    int claims = 0;   ///< in the package
    int numbers = 0;  ///< the package's own that rest on one of them
  };
  std::vector<CitationCount> kinds;         ///< of claims: quantity, tie, ...
  std::vector<CitationCount> sources;       ///< with claims, by id
  std::vector<WeightedCoverage> influence;  ///< one for each outcome asked about
};

CoverageTables coverage(const Evidence& evidence, const std::vector<Influence>& influences = {});

}  // namespace truel::claims
