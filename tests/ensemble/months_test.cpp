// What happens by month, over realizations: the same whether numbers are gathered as they come or read again.
#include "truel/ensemble/summary/months.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ensemble/summary_bytes.hpp"
#include "support/random_war.hpp"
#include "truel/ensemble/ensemble.hpp"

namespace truel::test {
namespace {

using ensemble::MonthsTally;
using ensemble::RunStore;

RC_GTEST_PROP(Months, are_the_same_with_any_room, ()) {
  const CompiledModel model = random_war({.most_days = 40}).compile();
  const ensemble::EnsembleOptions options{
      .solve = {.seed = *rc::gen::arbitrary<std::uint64_t>()}, .runs = 12, .threads = 1};
  auto store = RunStore::open({}, "test");
  RC_ASSERT(store.has_value());
  RC_ASSERT(ensemble::run(model, options, *store));
  const std::vector<std::uint32_t> numbers = store->numbers();
  const auto with_room = [&](std::size_t bytes) {
    MonthsTally months(model, numbers.size(), bytes);
    solver::Run run;
    for (const std::uint32_t number : numbers) {
      store->read(number, run);
      months.add(run.months, number);
    }
    ensemble::Summary summary;
    summary.months = months.summary(&*store, numbers);
    return bytes_of(summary);
  };
  const std::string read = with_room(0);
  RC_ASSERT(with_room(4096) == read);
  RC_ASSERT(with_room(ensemble::kSeriesBytes) == read);
}

}  // namespace
}  // namespace truel::test
