// What somebody else's program looks like: reads a package, runs two realizations, prints who survives.
#include <cstdio>
#include <memory>

#include "truel/ensemble/ensemble.hpp"
#include "truel/scenario/scenario.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: consumer PACKAGE\n");
    return 2;
  }
  auto war = truel::scenario::read(argv[1]);
  if (!war) {
    for (const truel::Diagnostic& mistake : war.error()) {
      std::fprintf(stderr, "%s\n", truel::to_string(mistake).c_str());
    }
    return 2;
  }
  const auto model = truel::compile(std::make_shared<const truel::War>(std::move(*war)));
  auto store = truel::ensemble::RunStore::open({}, "");
  if (!model || !store) {
    return 3;
  }
  truel::ensemble::EnsembleOptions options;
  options.runs = 2;
  options.solve.seed = 7;
  if (!truel::ensemble::run(*model, options, *store)) {
    return 3;
  }
  const auto summary = truel::ensemble::summarise(*model, options.solve, *store);
  for (std::size_t a = 0; a < summary.actors.size(); ++a) {
    std::printf("%s %.17g\n", model->war().actors[a].id.c_str(), summary.actors[a].survival_probability);
  }
}
