#include "truel/app/accounts.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include "truel/app/package.hpp"

namespace truel::app {

namespace {

Result<std::vector<CompiledModel>> of_each(
    const std::vector<Account>& accounts, const std::function<Result<CompiledModel>(const std::string& id)>& model_of) {
  std::vector<CompiledModel> models;
  for (const Account& account : accounts) {
    TRUEL_TRY(auto model, model_of(account.id));
    models.push_back(std::move(model));
  }
  return models;
}

/// The ensemble as it stands, then the same under each account. What an interruption cuts off is left out.
std::vector<ensemble::AccountSummary> summarise_accounts(const ensemble::Summary& base, const War& war,
                                                         const SumUp& sum_up) {
  std::vector<ensemble::AccountSummary> result{
      {"", base.runs, base.failed_runs, base.actors, base.answers, base.control}};
  for (std::size_t i = 0; i < war.accounts.size(); ++i) {
    auto own = sum_up(i);
    if (!own) {
      break;
    }
    result.push_back({war.accounts[i].id, own->runs, own->failed_runs, std::move(own->actors), std::move(own->answers),
                      std::move(own->control)});
  }
  return result;
}

}  // namespace

Result<std::vector<CompiledModel>> under_each_account(const War& war, const std::vector<std::string>& settings) {
  return of_each(war.accounts,
                 [&](const std::string& id) { return load_with(war, {.accounts = {id}, .settings = settings}); });
}

Result<std::vector<CompiledModel>> under_each_account(const War& war, Analysis& analysis) {
  return of_each(war.accounts, [&](const std::string& id) { return analysis.model({id}); });
}

EnsembleResult conclude(const CompiledModel& base, const ensemble::EnsembleOptions& options,
                        ensemble::Summary summed_up, const EnsembleRequest& asked, const SumUp& sum_up) {
  EnsembleResult done{.summary = std::move(summed_up), .kept = {}};
  ensemble::Summary& summary = done.summary;
  if (asked.with_accounts && !options.stop->load()) {
    const auto begin = std::chrono::steady_clock::now();
    summary.accounts = summarise_accounts(summary, base.war(), sum_up);
    done.account_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  done.was_interrupted = options.stop->load();
  const bool lacks_accounts = asked.with_accounts && summary.accounts.size() <= base.war().accounts.size();
  const bool lacks_paths = done.was_interrupted && asked.keep_paths > 0;
  if (summary.numbers.size() < asked.runs || lacks_accounts || lacks_paths) {
    summary.stopped_before = asked.runs;
  }
  const std::size_t n_kept = done.was_interrupted ? 0 : std::min(asked.keep_paths, summary.numbers.size());
  done.kept = ensemble::replay(base, options.solve, std::span(summary.numbers).first(n_kept), nullptr,
                               ensemble::Follow::events);
  return done;
}

}  // namespace truel::app
