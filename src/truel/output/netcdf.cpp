#include "truel/output/netcdf.hpp"

#include <fmt/format.h>
#include <netcdf.h>

#include <algorithm>
#include <array>
#include <map>

#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"

namespace truel::output {
namespace {

using dynamics::CompiledModel;
using ensemble::DyadSummary;
using ensemble::Summary;
using solver::ActorOutcome;
using solver::Run;
using solver::RunStatus;

/// Realizations that are gathered before they are written: part of the format, because it decides where chunks lie.
constexpr std::size_t kBlock = 64;
/// A chunk is read whole: large enough to compress well, small enough for a map of one day.
constexpr std::size_t kChunkBytes = std::size_t{4} << 20;
constexpr int kDeflateLevel = 1;
/// In `control`, of realizations that failed.
constexpr std::int8_t kUnknown = -2;

/// A dimension. One of length 0 is made unlimited and left empty, as NetCDF knows no other empty dimension.
struct Dimension {
  int id = -1;
  std::size_t length = 0;
};

std::size_t size_of(nc_type type) { return type == NC_BYTE || type == NC_CHAR ? 1 : type == NC_DOUBLE || type == NC_UINT64 ? 8 : 4; }

/// An open file. After the first failure every further call does nothing, so that only `close` needs to be looked at.
class File {
 public:
  explicit File(const std::filesystem::path& path) { check(nc_create(path.c_str(), NC_NETCDF4 | NC_CLOBBER, &id_), "create"); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { static_cast<void>(close()); }

  Dimension dimension(const std::string& name, std::size_t length) {
    Dimension d{-1, length};
    if (ok()) {
      check(nc_def_dim(id_, name.c_str(), length == 0 ? NC_UNLIMITED : length, &d.id), name);
    }
    return d;
  }

  /// A variable with its name for people. Those over realizations are cut into chunks of at most kBlock of them.
  int variable(const std::string& name, nc_type type, const std::vector<Dimension>& dimensions, const std::string& long_name,
               const std::string& units = "") {
    int variable = -1;
    if (!ok()) {
      return variable;
    }
    std::vector<int> ids;
    std::vector<std::size_t> chunk;
    std::size_t bytes = size_of(type);
    for (const Dimension& d : dimensions) {
      ids.push_back(d.id);
      chunk.push_back(std::max<std::size_t>(1, chunk.empty() ? std::min(d.length, kBlock) : d.length));
      bytes *= chunk.back();
    }
    while (!chunk.empty() && bytes > kChunkBytes && chunk[0] > 1) {
      bytes /= chunk[0];
      chunk[0] = (chunk[0] + 1) / 2;
      bytes *= chunk[0];
    }
    check(nc_def_var(id_, name.c_str(), type, static_cast<int>(ids.size()), ids.data(), &variable), name);
    if (ok() && !ids.empty()) {
      check(nc_def_var_chunking(id_, variable, NC_CHUNKED, chunk.data()), name);
      check(nc_def_var_deflate(id_, variable, size_of(type) > 1 ? 1 : 0, 1, kDeflateLevel), name);
    }
    text(variable, "long_name", long_name);
    if (!units.empty()) {
      text(variable, "units", units);
    }
    if (type == NC_DOUBLE || type == NC_FLOAT) {
      const double nan = kAbsent;
      if (ok()) {
        check(nc_put_att_double(id_, variable, "_FillValue", type, 1, &nan), name);
      }
    }
    return variable;
  }

  void text(int variable, const char* name, std::string_view value) {
    if (ok()) {
      check(nc_put_att_text(id_, variable, name, value.size(), value.data()), name);
    }
  }

  void bytes(int variable, const char* name, const std::vector<std::int8_t>& values) {
    if (ok()) {
      check(nc_put_att_schar(id_, variable, name, NC_BYTE, values.size(), values.data()), name);
    }
  }

  void end_definitions() {
    if (ok()) {
      check(nc_enddef(id_), "definitions");
    }
  }

  /// Rows `first`, `first` + 1, ... of a variable over `dimensions`, as many as `values` hold.
  template <class T>
  void put(int variable, const std::vector<Dimension>& dimensions, std::size_t first, std::span<const T> values) {
    std::vector<std::size_t> start(dimensions.size(), 0);
    std::vector<std::size_t> count;
    std::size_t row = 1;
    for (const Dimension& d : dimensions) {
      count.push_back(d.length);
      row *= count.size() > 1 ? d.length : 1;
    }
    if (!ok() || values.empty()) {
      return;
    }
    start[0] = first;
    count[0] = values.size() / row;
    check(put_some(variable, start.data(), count.data(), values.data()), "data");
  }

  bool ok() const { return failure_.empty(); }

  /// Why the file is not whole, or "".
  std::string close() {
    if (id_ >= 0) {
      const int id = id_;
      id_ = -1;
      check(nc_close(id), "close");
    }
    return failure_;
  }

 private:
  int put_some(int v, const std::size_t* start, const std::size_t* count, const std::int8_t* data) { return nc_put_vara_schar(id_, v, start, count, data); }
  int put_some(int v, const std::size_t* start, const std::size_t* count, const char* data) { return nc_put_vara_text(id_, v, start, count, data); }
  int put_some(int v, const std::size_t* start, const std::size_t* count, const std::int32_t* data) { return nc_put_vara_int(id_, v, start, count, data); }
  int put_some(int v, const std::size_t* start, const std::size_t* count, const unsigned long long* data) { return nc_put_vara_ulonglong(id_, v, start, count, data); }
  int put_some(int v, const std::size_t* start, const std::size_t* count, const float* data) { return nc_put_vara_float(id_, v, start, count, data); }
  int put_some(int v, const std::size_t* start, const std::size_t* count, const double* data) { return nc_put_vara_double(id_, v, start, count, data); }

  void check(int status, const std::string& what) {
    if (status != NC_NOERR && failure_.empty()) {
      failure_ = fmt::format("{} ({})", nc_strerror(status), what);
    }
  }

  int id_ = -1;
  std::string failure_;
};

/// Text as a table of characters, one row a name, which every reader of NetCDF understands.
class Labels {
 public:
  Labels(std::vector<std::string> texts) : texts_(std::move(texts)) {  // NOLINT(google-explicit-constructor)
    for (const std::string& text : texts_) {
      length_ = std::max(length_, text.size());
    }
  }

  std::size_t length() const { return length_; }
  std::vector<char> padded() const {
    std::vector<char> out(texts_.size() * length_, '\0');
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      std::copy(texts_[i].begin(), texts_[i].end(), out.begin() + static_cast<std::ptrdiff_t>(i * length_));
    }
    return out;
  }

 private:
  std::vector<std::string> texts_;
  std::size_t length_ = 1;
};

struct OutcomeInfo {
  ActorOutcome outcome;
  const char* name;
  const char* long_name;
  const char* units;
};

constexpr std::array kOutcomes = std::to_array<OutcomeInfo>({
    {ActorOutcome::first_fighters, "first_fighters", "fighters on the first day", "1"},
    {ActorOutcome::final_fighters, "final_fighters", "fighters on the last day", "1"},
    {ActorOutcome::killed, "killed", "fighters killed by all enemies", "1"},
    {ActorOutcome::recruited, "recruited", "fighters recruited on the map", "1"},
    {ActorOutcome::arrived, "arrived", "fighters arrived from abroad", "1"},
    {ActorOutcome::deserted, "deserted", "fighters who deserted", "1"},
    {ActorOutcome::left, "left", "fighters who left the map", "1"},
    {ActorOutcome::harm, "harm", "persons who are no fighters harmed by the fire and strikes of the actor", "1"},
    {ActorOutcome::population_share, "final_population_share", "share of the people of the map at places held on the last day", "1"},
    {ActorOutcome::value_share, "final_value_share", "share of the value of all places held on the last day", "1"},
    {ActorOutcome::survives, "survives", "1 if the actor has not collapsed by the last day, else 0; missing for air actors", "1"},
    {ActorOutcome::collapse_day, "collapse_day", "day of the collapse, counted from the first day; missing if the actor survives", "day"},
    {ActorOutcome::extinction_day, "extinction_day", "day on which the last fighter was gone, counted from the first day; missing if never", "day"},
});
static_assert(kOutcomes.size() == static_cast<std::size_t>(solver::kActorOutcomes));

template <class T, class F>
std::vector<std::string> names_of(const std::vector<T>& items, F&& name) {
  std::vector<std::string> names;
  for (const T& item : items) {
    names.push_back(name(item));
  }
  return names;
}

class EnsembleFile {
 public:
  EnsembleFile(const CompiledModel& model, const ensemble::EnsembleOptions& options, const Summary& summary,
               const Provenance& provenance, const std::filesystem::path& path)
      : model_(model), war_(model.war()), options_(options), summary_(summary), file_(path) {
    realization_ = file_.dimension("realization", summary.numbers.size());
    time_ = file_.dimension("time", summary.days.size());
    actor_ = file_.dimension("actor", war_.actors.size());
    place_ = file_.dimension("place", war_.places.size());
    dyad_ = file_.dimension("dyad", summary.dyads.size());
    parameter_ = file_.dimension("parameter", model.uncertain().size());
    describe(provenance);
    define_coordinates();
    define_results();
    file_.end_definitions();
    for (const auto& [variable, labels] : labels_) {
      put_labels(variable.first, variable.second, labels);
    }
    put_coordinates();
  }

  void write(const ensemble::RunStore& store) {
    Run run;
    for (std::size_t first = 0; first < summary_.numbers.size() && file_.ok(); first += kBlock) {
      const std::size_t n = std::min(kBlock, summary_.numbers.size() - first);
      clear_block();
      for (std::size_t r = 0; r < n; ++r) {
        store.read(summary_.numbers[first + r], run);
        add(run);
      }
      put_block(first);
    }
  }

  std::string close() { return file_.close(); }

 private:
  static std::vector<std::string> actor_ids(const War& war, const std::vector<DyadSummary>& dyads, ActorIndex DyadSummary::*which) {
    return names_of(dyads, [&](const DyadSummary& d) { return war.actors[at(d.*which)].id; });
  }

  void describe(const Provenance& provenance) {
    file_.text(NC_GLOBAL, "Conventions", "CF-1.8");
    file_.text(NC_GLOBAL, "title", war_.title);
    file_.text(NC_GLOBAL, "source", "truel " + provenance.version);
    file_.text(NC_GLOBAL, "package", package_name(war_));
    file_.text(NC_GLOBAL, "package_sha256", war_.sha256);
    file_.text(NC_GLOBAL, "accounts", fmt::format("{}", fmt::join(provenance.accounts, " ")));
    file_.text(NC_GLOBAL, "settings", fmt::format("{}", fmt::join(provenance.settings, "; ")));
    file_.text(NC_GLOBAL, "solver", solver::to_string(options_.solve.solver));
    file_.text(NC_GLOBAL, "seed", fmt::format("{}", options_.solve.seed));
    file_.text(NC_GLOBAL, "start", format_date(war_.start));
    file_.text(NC_GLOBAL, "end", format_date(war_.end));
    file_.text(NC_GLOBAL, "comment",
               "A realization is one run of the war with its own draw of the uncertain parameters; its random numbers "
               "follow from seed and realization number. Results of realizations whose status is not complete are "
               "missing; their draws are kept.");
  }

  /// A text variable; its characters are written after the definitions.
  int define_labels(const std::string& name, const Dimension& dimension, const std::string& long_name, Labels labels) {
    Dimension& characters = characters_[labels.length()];
    if (characters.id < 0) {
      characters = file_.dimension(fmt::format("characters{}", labels.length()), labels.length());
    }
    const int variable = file_.variable(name, NC_CHAR, {dimension, characters}, long_name);
    file_.text(variable, "_Encoding", "utf-8");
    labels_.push_back({{variable, {dimension, characters}}, std::move(labels)});
    return variable;
  }

  void put_labels(int variable, const std::vector<Dimension>& dimensions, const Labels& labels) {
    const std::vector<char> text = labels.padded();
    file_.put<char>(variable, dimensions, 0, text);
  }

  void define_coordinates() {
    realization_number_ = file_.variable("realization", NC_INT, {realization_}, "number of the realization", "1");
    time_days_ = file_.variable("time", NC_INT, {time_}, "time", "days since " + format_date(war_.start) + " 00:00:00");
    file_.text(time_days_, "standard_name", "time");
    file_.text(time_days_, "calendar", "proleptic_gregorian");
    file_.text(time_days_, "axis", "T");
    define_labels("actor", actor_, "actor", names_of(war_.actors, [](const Actor& a) { return a.id; }));
    define_labels("actor_name", actor_, "name of the actor", names_of(war_.actors, [](const Actor& a) { return a.name; }));
    define_labels("actor_kind", actor_, "ground or air",
                  names_of(war_.actors, [](const Actor& a) { return std::string(a.kind == ActorKind::air ? "air" : "ground"); }));
    define_labels("place", place_, "place", names_of(war_.places, [](const Place& p) { return p.id; }));
    define_labels("place_name", place_, "name of the place", names_of(war_.places, [](const Place& p) { return p.name; }));
    latitude_ = file_.variable("latitude", NC_DOUBLE, {place_}, "latitude of the place (WGS 84)", "degrees_north");
    file_.text(latitude_, "standard_name", "latitude");
    longitude_ = file_.variable("longitude", NC_DOUBLE, {place_}, "longitude of the place (WGS 84)", "degrees_east");
    file_.text(longitude_, "standard_name", "longitude");
    define_labels("attacker", dyad_, "actor whose fire and strikes kill", actor_ids(war_, summary_.dyads, &DyadSummary::attacker));
    define_labels("target", dyad_, "actor whose fighters are killed", actor_ids(war_, summary_.dyads, &DyadSummary::target));
    std::vector<std::string> paths, units;
    for (const int u : model_.uncertain()) {
      paths.push_back(war_.parameters[at(u)].path);
      units.emplace_back(unit_of(war_, u));
    }
    define_labels("parameter", parameter_, "path of an uncertain number of the scenario", std::move(paths));
    define_labels("parameter_unit", parameter_, "unit of the number", std::move(units));
  }

  void define_results() {
    seed_ = file_.variable("seed", NC_UINT64, {realization_}, "seed; with the number it gives the realization its own random numbers", "1");
    status_ = file_.variable("status", NC_BYTE, {realization_}, "whether the realization came to its end, or why not");
    const std::array all_status = {RunStatus::complete, RunStatus::step_too_small, RunStatus::not_finite, RunStatus::event_limit};
    std::vector<std::int8_t> values;
    std::string meanings;
    for (const RunStatus status : all_status) {
      values.push_back(static_cast<std::int8_t>(status));
      std::string word(solver::to_string(status));
      std::replace(word.begin(), word.end(), ' ', '_');
      meanings += fmt::format("{}{}", meanings.empty() ? "" : " ", word);
    }
    file_.bytes(status_, "flag_values", values);
    file_.text(status_, "flag_meanings", meanings);
    if (characters_.count(16) == 0) {
      characters_[16] = file_.dimension("characters16", 16);
    }
    fingerprint_ = file_.variable("fingerprint", NC_CHAR, {realization_, characters_[16]}, "hash (FNV-1a, hexadecimal) of the results of the realization");
    file_.text(fingerprint_, "_Encoding", "utf-8");
    draws_ = file_.variable("draws", NC_DOUBLE, {realization_, parameter_}, "value drawn for the parameter, in the unit that parameter_unit names");
    file_.text(draws_, "coordinates", "parameter_unit");

    fighters_ = file_.variable("fighters", NC_FLOAT, {realization_, time_, actor_}, "fighters of the actor, columns on the road included", "1");
    value_share_ = file_.variable("value_share", NC_FLOAT, {realization_, time_, actor_}, "share of the value of all places that the actor holds", "1");
    control_ = file_.variable("control", NC_BYTE, {realization_, place_, time_}, "actor that controls the place");
    file_.text(control_, "coordinates", "latitude longitude place_name");
    values = {kUnknown, static_cast<std::int8_t>(kNone)};
    meanings = "unknown none";
    for (std::size_t a = 0; a < war_.actors.size(); ++a) {
      values.push_back(static_cast<std::int8_t>(a));
      meanings += fmt::format(" {}", war_.actors[a].id);
    }
    file_.bytes(control_, "flag_values", values);
    file_.text(control_, "flag_meanings", meanings);
    losses_ = file_.variable("losses", NC_DOUBLE, {realization_, dyad_}, "fighters of the target killed by the attacker", "1");
    effort_ = file_.variable("effort_share", NC_DOUBLE, {realization_, dyad_}, "share of the attacker's effort aimed at the target, mean over time", "1");
    losses_mean_ = file_.variable("losses_mean", NC_DOUBLE, {dyad_, time_},
                                  "fighters of the target killed by the attacker up to the time, mean over the complete realizations", "1");
    for (const int v : {losses_, effort_, losses_mean_}) {
      file_.text(v, "coordinates", "attacker target");
    }
    for (std::size_t o = 0; o < kOutcomes.size(); ++o) {
      outcome_[o] = file_.variable(kOutcomes[o].name, NC_DOUBLE, {realization_, actor_}, kOutcomes[o].long_name, kOutcomes[o].units);
    }
    for (const int v : outcome_) {
      file_.text(v, "coordinates", "actor_name actor_kind");
    }
    for (const int v : {fighters_, value_share_}) {
      file_.text(v, "coordinates", "actor_name actor_kind");
    }
    harm_ = file_.variable("civilian_harm", NC_DOUBLE, {realization_}, "persons who are no fighters harmed by fire and strikes", "1");
  }

  void put_coordinates() {
    const std::vector<std::int32_t> numbers(summary_.numbers.begin(), summary_.numbers.end());
    file_.put<std::int32_t>(realization_number_, {realization_}, 0, numbers);
    file_.put<std::int32_t>(time_days_, {time_}, 0, summary_.days);
    std::vector<double> latitude, longitude;
    for (const Place& p : war_.places) {
      latitude.push_back(p.latitude);
      longitude.push_back(p.longitude);
    }
    file_.put<double>(latitude_, {place_}, 0, latitude);
    file_.put<double>(longitude_, {place_}, 0, longitude);
    std::vector<double> losses;
    for (const DyadSummary& d : summary_.dyads) {
      losses.insert(losses.end(), d.losses_by_time.begin(), d.losses_by_time.end());
    }
    file_.put<double>(losses_mean_, {dyad_, time_}, 0, losses);
  }

  struct Block {
    std::vector<std::int8_t> status, control;
    std::vector<char> fingerprint;
    std::vector<unsigned long long> seed;
    std::vector<float> fighters, value_share;
    std::vector<double> draws, losses, effort, harm;
    std::array<std::vector<double>, kOutcomes.size()> outcome;
  };

  void clear_block() {
    Block& b = block_;
    for (auto* bytes : {&b.status, &b.control}) {
      bytes->clear();
    }
    b.fingerprint.clear();
    b.seed.clear();
    for (auto* floats : {&b.fighters, &b.value_share}) {
      floats->clear();
    }
    for (auto* doubles : {&b.draws, &b.losses, &b.effort, &b.harm}) {
      doubles->clear();
    }
    for (auto& outcome : b.outcome) {
      outcome.clear();
    }
  }

  void add(const Run& run) {
    Block& b = block_;
    const std::size_t n_times = time_.length;
    const std::size_t n = actor_.length;
    const bool is_complete = run.status == RunStatus::complete;
    constexpr float kNotANumber = std::numeric_limits<float>::quiet_NaN();
    b.status.push_back(static_cast<std::int8_t>(run.status));
    b.seed.push_back(options_.solve.seed);
    const std::string hex = fmt::format("{:016x}", run.fingerprint);
    b.fingerprint.insert(b.fingerprint.end(), hex.begin(), hex.end());
    b.draws.insert(b.draws.end(), run.draws.begin(), run.draws.end());
    for (std::size_t t = 0; t < n_times; ++t) {
      for (std::size_t a = 0; a < n; ++a) {
        b.fighters.push_back(is_complete ? run.fighters[a * n_times + t] : kNotANumber);
        b.value_share.push_back(is_complete ? run.value_share[a * n_times + t] : kNotANumber);
      }
    }
    if (is_complete) {
      b.control.insert(b.control.end(), run.control.begin(), run.control.end());
    } else {
      b.control.insert(b.control.end(), run.control.size(), kUnknown);
    }
    for (const DyadSummary& d : summary_.dyads) {
      const std::size_t pair = at(d.attacker) * n + at(d.target);
      b.losses.push_back(is_complete ? run.losses[pair] : kAbsent);
      b.effort.push_back(is_complete ? run.effort[pair] : kAbsent);
    }
    for (std::size_t o = 0; o < kOutcomes.size(); ++o) {
      for (std::size_t a = 0; a < n; ++a) {
        b.outcome[o].push_back(is_complete ? run.of(static_cast<ActorIndex>(a), kOutcomes[o].outcome) : kAbsent);
      }
    }
    b.harm.push_back(is_complete ? run.civilian_harm : kAbsent);
  }

  void put_block(std::size_t first) {
    const Block& b = block_;
    file_.put<std::int8_t>(status_, {realization_}, first, b.status);
    file_.put<unsigned long long>(seed_, {realization_}, first, b.seed);
    file_.put<char>(fingerprint_, {realization_, characters_[16]}, first, b.fingerprint);
    file_.put<double>(draws_, {realization_, parameter_}, first, b.draws);
    file_.put<float>(fighters_, {realization_, time_, actor_}, first, b.fighters);
    file_.put<float>(value_share_, {realization_, time_, actor_}, first, b.value_share);
    file_.put<std::int8_t>(control_, {realization_, place_, time_}, first, b.control);
    file_.put<double>(losses_, {realization_, dyad_}, first, b.losses);
    file_.put<double>(effort_, {realization_, dyad_}, first, b.effort);
    for (std::size_t o = 0; o < kOutcomes.size(); ++o) {
      file_.put<double>(outcome_[o], {realization_, actor_}, first, b.outcome[o]);
    }
    file_.put<double>(harm_, {realization_}, first, b.harm);
  }

  const CompiledModel& model_;
  const War& war_;
  const ensemble::EnsembleOptions& options_;
  const Summary& summary_;
  File file_;
  Dimension realization_, time_, actor_, place_, dyad_, parameter_;
  std::map<std::size_t, Dimension> characters_;
  std::vector<std::pair<std::pair<int, std::vector<Dimension>>, Labels>> labels_;
  int realization_number_ = -1, seed_ = -1, time_days_ = -1, latitude_ = -1, longitude_ = -1, status_ = -1, fingerprint_ = -1, draws_ = -1,
      fighters_ = -1, value_share_ = -1, control_ = -1, losses_ = -1, effort_ = -1, losses_mean_ = -1, harm_ = -1;
  std::array<int, kOutcomes.size()> outcome_{};
  Block block_;
};

}  // namespace

std::optional<Diagnostic> write_netcdf(const CompiledModel& model, const ensemble::EnsembleOptions& options,
                                       const Summary& summary, const ensemble::RunStore& store,
                                       const Provenance& provenance, const std::filesystem::path& path) {
  NewFile file(std::filesystem::absolute(path));  // NetCDF takes some relative names for addresses
  EnsembleFile ensemble(model, options, summary, provenance, file.part());
  ensemble.write(store);
  if (const std::string failure = ensemble.close(); !failure.empty()) {
    return cannot_write(path, failure);
  }
  return file.commit();
}

}  // namespace truel::output
