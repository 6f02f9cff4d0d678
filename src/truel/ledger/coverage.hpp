// How much of a scenario rests on what.
#pragma once

#include <string>
#include <vector>

#include "truel/ledger/ledger.hpp"

namespace truel::ledger {

/// Counts of numbers. One that rests on a claim and on an assumption counts in both columns.
struct Coverage {
  std::string name;  ///< of the table, the account, the kind of claim or the source
  int numbers = 0;
  int uncertain = 0;  ///< ranges and distributions
  int claim = 0, source = 0, assumed = 0;
  int claim_alone = 0;    ///< on claims and nothing else
  int assumed_alone = 0;  ///< no claim and no source behind it
};

struct CoverageTables {
  std::vector<Coverage> tables;    ///< of the package's own numbers, in the order of the format
  Coverage total;                  ///< of those
  std::vector<Coverage> accounts;  ///< settings of each account
  struct Cited {
    std::string name;
    int claims = 0;   ///< in the ledger
    int numbers = 0;  ///< the package's own that rest on one of them
  };
  std::vector<Cited> kinds;    ///< of claims: quantity, tie, ...
  std::vector<Cited> sources;  ///< with claims, by id
};

CoverageTables coverage(const Ledger& ledger);

}  // namespace truel::ledger
