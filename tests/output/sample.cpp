#include "output/sample.hpp"

#include <fstream>
#include <iterator>
#include <numeric>

#include "support/war_builder.hpp"

namespace truel::output {
namespace {

CompiledModel sample_model(const std::function<void(War&)>& change) {
  test::WarBuilder builder(60);
  builder.decide_every(7)
      .ground("north")
      .ground("south")
      .air("wing", "north")
      .doctrine("north", Doctrine::priority)
      .doctrine("south", Doctrine::priority)
      .place("ford", "north")
      .place("gate", "south")
      .place("hill", "south")
      .road("ford", "gate", 20)
      .road("gate", "hill", 30)
      .force("north", "ford", 900)
      .force("south", "gate", 300)
      .force("south", "hill", 40)
      .align("north", "wing", 1)
      .seat("north", "border", 20)
      .seat("south", "border", 80, 0.5)
      .set("scenario.laws.operations.on", 1)
      .set("scenario.laws.strikes.on", 1)
      .set("actors.wing.sorties_per_day", 2)
      .set("actors.wing.kills_per_sortie", 0.5)
      .set("places.gate.population", 5000)
      .set("places.ford.value", 2)
      .set("actors.north.kill_rate", Distribution{DistributionKind::uniform, 0.01, 0.04})
      .set("actors.south.kill_rate", Distribution{DistributionKind::lognormal, 0.02, 1.5})
      .set("commands.north.weight_vital", 1)
      .set("commands.south.weight_weakness", 1);
  War war = *builder.build();
  war.folder = "somewhere/sample";
  war.sha256 = std::string(64, 'a');
  war.title = "A sample war";
  war.description = "Two sides, three towns.";
  war.questions = {{.words = "Who holds the gate?"}};
  for (std::size_t p = 0; p < war.places.size(); ++p) {
    war.places[p].latitude = 34.5 + 0.25 * static_cast<double>(p);
    war.places[p].longitude = 38.125 + static_cast<double>(p);
    war.places[p].name = "Town " + war.places[p].id;
    war.places[p].country = "SY";
    war.places[p].kind = "town";
  }
  war.sources = {
      {"notes",
       R"({"id":"notes","title":"Field notes","author":[{"family":"Doe","given":"Jo"},{"literal":"The Desk"}],"issued":{"date-parts":[[2015,3]]}})"}};
  Claim claim;
  claim.id = "A1";
  claim.source = "notes";
  claim.paragraph = 12;
  claim.speaker = "an officer";
  claim.kind = "quantity";
  claim.subject = "north";
  claim.stance = "asserts";
  claim.statement = "North loses few men.";
  claim.low = "0.01";
  claim.high = "0.04";
  claim.unit = "per day";
  war.claims = {claim};
  war.aliases = {{"Northerners", "north"}, {"The North", "north"}};
  war.parameters[at(war.actor(0, ActorParameter::kill_rate))].basis = "A1; source:notes table 2; assumed: as elsewhere";
  war.parameters[at(war.actor(1, ActorParameter::kill_rate))].basis = "assumed: a guess";
  if (change) {
    change(war);
  }
  auto model = compile(std::make_shared<const War>(std::move(war)));
  TRUEL_CHECK(model.has_value());
  return std::move(*model);
}

ensemble::RunStore empty_store() {
  auto store = ensemble::RunStore::open({}, "sample");
  TRUEL_CHECK(store.has_value());
  return std::move(*store);
}

}  // namespace

void record_a_month(War& war) {
  const Day start = war.start;
  war.control = {
      {0, start, start + 30, 0}, {1, start, start + 9, 1}, {1, start + 10, start + 30, 0}, {2, start, start + 30, 1}};
}

void let_them_talk(War& war) {
  war.parameters[at(war.law(law_parameter("laws.settlement.on")))].distribution.a = 1;
}

Sample::Sample(std::uint32_t runs, const std::function<void(War&)>& change, int threads)
    : model(sample_model(change)), store(empty_store()) {
  options.runs = runs;
  options.solve.seed = 11;
  options.threads = threads;
  TRUEL_CHECK(ensemble::run(model, options, store));
  summarise();
  std::vector<std::uint32_t> numbers(std::min<std::size_t>(3, runs));
  std::iota(numbers.begin(), numbers.end(), 0U);
  kept = ensemble::replay(model, options.solve, numbers);
  provenance = {.version = "1.2.3",
                .command = "truel run sample --threads " + std::to_string(threads),
                .package = "somewhere/sample",
                .accounts = {"rival"},
                .settings = {"actors.north.supply=2"},
                .started = "2020-01-01T00:00:00Z",
                .finished = "2020-01-01T00:00:09Z",
                .seconds = 9,
                .threads = threads,
                .analysis = {},
                .question = {}};
}

void Sample::add_failed(std::uint32_t number) {
  solver::Run failed = run(0);
  failed.number = number;
  failed.status = solver::RunStatus::not_finite;
  TRUEL_CHECK(store.append(failed));
}

void Sample::summarise() {
  summary = ensemble::summarise(model, options.solve, store);
}

solver::Run Sample::run(std::uint32_t number) const {
  solver::Run run;
  store.read(number, run);
  return run;
}

Result<std::vector<std::filesystem::path>> Sample::write(const std::filesystem::path& folder) const {
  return output::write(model, options, summary, store, kept, provenance, folder, {});
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace truel::output
