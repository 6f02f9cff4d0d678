// `truel new`: an invented war of three sides in a valley, small enough to read in one sitting, that uses every file
// of the format.

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "truel/base/formats/mistakes.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::scenario {
namespace {

namespace fs = std::filesystem;

struct Template {
  std::string_view name;
  std::string_view text;
};

constexpr std::array kTemplates = std::to_array<Template>({
    {"README.md", R"~(# The valley war (an invented example)

Three sides fight over a valley: the government in the capital, the highland front in the mountains, the river league
along the water. Change it step by step into the war you study.

    truel check .        lists every mistake, with line and column and how to correct it
    truel run . --out results

Tables are CSV files: open them in a spreadsheet and save them as CSV (comma, UTF-8). They cannot hold comments, so
here is what each is for.

- `scenario.toml`: title, dates, which laws act and their constants.
- `actors.csv`: who fights. `kill_rate` is how many fully visible enemies one fighter kills in a day.
- `commands.csv`: who decides. With the doctrine `priority` a command weighs its enemies by the `weight_` columns;
  with `fixed` it divides its effort by the column `share` of `ties.csv`, evenly where that is empty.
- `places.csv`, `links.csv`: the map. `entry` is `yes` where supplies and men from abroad can come in.
- `control.csv`: who held what, from when to when. The spell that holds on the first day sets the start; `none` and
  `contested` can stand for an actor.
- `forces.csv`: how strong each actor was, and when; `*` is its whole strength, spread over what it holds.
- `support.csv`: the share of the people that supports an actor, at a place or everywhere (`*`).
- `ties.csv`: how two actors stand to each other. `alignment` goes from -1 (enemies) to 1 (allies).
- `sponsors.csv`: help from outside.
- `positions.csv`: what each actor wants in talks, from 0 to 100, and how much it cares. From these and from what each
  holds, `[laws.settlement]` in `scenario.toml` predicts a settlement.
- `interventions.csv`: what changes on a given day: `set` a value, or let fighters `arrive` or `leave`.
- `claims.csv`, `sources.json`: what sources say, in your own words, and which sources they are (CSL-JSON, as
  reference managers export it).
- `topics.csv`: statements on which sources agree or differ; the column `positions` of `claims.csv` says who is for and
  who against. `truel claims . --conflicts` lists the contradictions.
- `aliases.csv`: further names that sources give an actor, a place or a sponsor.
- `map.geojson`: what the map shows under the places: land, water, borders (GeoJSON). Delete it for a real war:
  truel then draws real coastlines and borders.
- `accounts/`: rival explanations, each a set of changed values: `truel run . --account proxy`.

A value can be a number (`1200`), a range (`1500..2000`) or a distribution (`lognormal(1200, 1.5)`; in a text editor
put such a cell in double quotes, for the comma in it). Each value says what it rests on, in a column `basis` or
`COLUMN_basis`: the id of a claim, `source:ID` of an entry in `sources.json`, or `assumed: why`.
)~"},
    {"scenario.toml", R"~(# The part of a scenario that is no table. Lines that begin with # are comments.
format = 1
title = "The valley war"
description = "An invented war of three sides, made to be changed."
start = 2020-01-01              # first day; --from DATE chooses another one
end = 2021-12-31                # last day
decision_interval_days = 7      # how often commands decide
default_alignment = -1          # between actors that ties.csv does not name: enemies

# A law acts when its table is here. A law that is not here does nothing.
[laws.fire]                     # fighters kill enemies at the same place

[laws.recruitment]              # actors gain fighters among their supporters

[laws.support]                  # harm and government move support
basis = "assumed: small effects, to be replaced"
shift_per_harm = 0.5
displaced_per_harm = 2

[laws.operations]               # commands move forces, attack and retreat
contest_exponent = { value = "1.5..2.5", basis = "assumed: between a lottery and a walk-over" }
least_win_probability = { value = 0.5, basis = "assumed: nobody attacks to lose" }

[laws.settlement]               # what talks would give, from positions.csv and from what each holds

# Terrains that places.csv and links.csv name.
[terrain.mountain]
basis = "assumed: rough ground slows and protects"
cover = 0.4
speed = 0.5

[terrain.plain]
basis = "assumed: the reference"
cover = 0
speed = 1

# What the scenario is meant to answer: `truel run` does, by account with --each-account.
[[question]]
words = "How much of the valley does each side hold at the end?"
metric = ["actors.government.value_share", "actors.highland_front.value_share", "actors.river_league.value_share"]
)~"},
    {"actors.csv",
     R"~(id,name,kind,command,colour,front_line_fraction,kill_rate,concealment,intelligence,recruitment_per_day,recruits_per_day,speed_km_per_day,basis,recruits_per_day_basis
government,The government,ground,,#4477aa,0.4,"lognormal(0.002, 1.5)",0,0.3,0.000002,,80,assumed: a conscript army,
highland_front,The highland front,ground,,#228833,0.8,"lognormal(0.002, 1.5)",0.6,0.1,0.000004,0..3,60,assumed: volunteers who know the ground,C2
river_league,The river league,ground,,#ee6677,0.7,"lognormal(0.002, 1.5)",0.3,0.2,0.000003,,60,assumed: between the two,
)~"},
    {"commands.csv",
     R"~(id,name,doctrine,temperature,hold_ratio,attack_ratio,breaking_point,reach_km,weight_vital,weight_weakness,weight_growth,basis
government,The general staff,priority,0.2,0.5,1.5,0.2,150,1.5,0.5,0.5,assumed: guards the capital first
highland_front,The council of the front,priority,0.2,0.4,1.3,0.3,100,1,1,0,assumed: takes what is weakly held
river_league,The board of the league,priority,0.3,0.6,1.5,0.3,100,1,0.5,0,assumed: cautious
)~"},
    {"places.csv", R"~(place_id,name,latitude,longitude,kind,terrain,entry,population,value,fortification,basis
capital,The capital,45.00,10.00,city,plain,yes,400000,10,0.2,assumed: an invented place
bridge,The bridge,45.20,10.30,town,plain,no,30000,3,0,assumed: an invented place
harbour,The harbour,45.10,10.80,town,plain,yes,90000,5,0.1,assumed: an invented place
mill,The mill,45.35,10.55,town,plain,no,15000,2,0,assumed: an invented place
pass,The pass,45.60,10.25,base,mountain,yes,0,2,0.3,assumed: an invented place
summit,Summit town,45.75,10.50,town,mountain,no,40000,4,0.1,assumed: an invented place
)~"},
    {"links.csv", R"~(a,b,terrain,road,road_km,basis
capital,bridge,plain,valley road,36,assumed: an invented road
bridge,harbour,plain,river road,45,assumed: an invented road
bridge,mill,plain,mill road,28,assumed: an invented road
harbour,mill,plain,east road,38,assumed: an invented road
bridge,pass,mountain,pass road,50,assumed: an invented road
mill,summit,mountain,high road,55,assumed: an invented road
pass,summit,mountain,ridge road,32,assumed: an invented road
)~"},
    {"control.csv", R"~(place_id,from_date,to_date,controller,confidence,source,note
capital,2019-01-01,2020-12-31,government,high,,
bridge,2019-01-01,2020-12-31,government,high,,
harbour,2019-01-01,2020-12-31,river_league,high,,
mill,2019-01-01,2019-08-31,government,medium,,
mill,2019-09-01,2020-12-31,river_league,medium,,the league came in September
pass,2019-01-01,2020-12-31,highland_front,high,,
summit,2019-01-01,2020-12-31,highland_front,high,,
)~"},
    {"forces.csv", R"~(actor,place_id,date,fighters,basis
government,*,2019-01-01,8000..12000,C1
government,capital,2019-01-01,3000,assumed: the guard of the capital
highland_front,*,2019-01-01,"triangular(2000, 3000, 5000)",C2
river_league,*,2019-01-01,2500..3500,assumed: an invented strength
)~"},
    {"support.csv", R"~(actor,place_id,date,share,basis
government,*,2019-01-01,0.2,assumed: an invented share
government,capital,2019-01-01,0.5,assumed: an invented share
highland_front,*,2019-01-01,0.2,assumed: an invented share
highland_front,summit,2019-01-01,0.6,assumed: an invented share
river_league,*,2019-01-01,0.1..0.2,assumed: an invented share
)~"},
    {"ties.csv", R"~(a,b,alignment,basis
government,highland_front,-1,C3
government,river_league,-1,assumed: an invented tie
highland_front,river_league,-0.8,assumed: an invented tie
)~"},
    {"sponsors.csv", R"~(recipient,sponsor,from_date,to_date,finance,arms,basis
highland_front,neighbour,2019-06-01,2021-12-31,500..1500,1,C2
)~"},
    {"positions.csv", R"~(actor,issue,position,salience,basis
government,self_rule,10,0.9,assumed: an invented position
highland_front,self_rule,90,1,assumed: an invented position
river_league,self_rule,60,0.6,assumed: an invented position
)~"},
    {"interventions.csv", R"~(id,date,action,path,actor,place_id,value,basis,note
volunteers,2020-05-01,arrive,,river_league,harbour,200..600,assumed: an invented event,volunteers land at the harbour
new_guns,2020-09-01,set,actors.government.supply,,,1.2,assumed: an invented event,new guns for the army
)~"},
    {"claims.csv",
     R"~(id,source,paragraph,speaker,kind,subject,object,place_id,from_date,to_date,low,high,unit,stance,positions,statement
C1,example_survey,12,the survey,quantity,government,,,2019-01,,8000,12000,fighters,asserts,,The army has about ten thousand men in its units.
C2,example_memoir,3,a former officer,tie,highland_front,neighbour,,2019,,,,,reports,neighbour_arms_front: for,Men and money reach the front over the pass.
C3,example_memoir,7,a former officer,tie,government,highland_front,,2019,,,,,asserts,,The two would not talk to each other.
C4,example_survey,15,a spokesman of the front (via the survey),denial,neighbour,highland_front,,2019,,,,,denies,neighbour_arms_front: against,The front says that it takes nothing from abroad.
)~"},
    {"topics.csv", R"~(id,statement
neighbour_arms_front,The neighbour sends men and money to the front.
)~"},
    {"aliases.csv", R"~(name,id
the Front,highland_front
the army,government
)~"},
    {"sources.json", R"~([
  {"id": "example_survey", "type": "report", "title": "An invented survey", "issued": {"date-parts": [[2019]]}},
  {"id": "example_memoir", "type": "book", "title": "An invented memoir", "issued": {"date-parts": [[2022]]}}
]
)~"},
    {"map.geojson", R"~({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"kind": "land", "name": "The valley"}, "geometry": {"type": "Polygon", "coordinates":
    [[[9.2, 44.4], [10.7, 44.5], [10.86, 44.8], [10.9, 45.04], [10.83, 45.1], [10.93, 45.2], [11.05, 45.5], [11.2, 45.72], [10.8, 45.86], [10.3, 45.8], [10.0, 45.66], [9.2, 45.74], [9.2, 44.4]]]}},
  {"type": "Feature", "properties": {"kind": "land", "name": "The land across the pass"}, "geometry": {"type": "Polygon", "coordinates":
    [[[9.2, 45.74], [10.0, 45.66], [10.3, 45.8], [10.8, 45.86], [11.2, 45.72], [11.3, 46.3], [9.2, 46.3], [9.2, 45.74]]]}},
  {"type": "Feature", "properties": {"kind": "water", "name": "The river"}, "geometry": {"type": "LineString", "coordinates":
    [[10.12, 45.64], [10.2, 45.52], [10.27, 45.38], [10.31, 45.21], [10.44, 45.17], [10.6, 45.17], [10.72, 45.12], [10.83, 45.1]]}},
  {"type": "Feature", "properties": {"kind": "border"}, "geometry": {"type": "LineString", "coordinates":
    [[9.2, 45.42], [9.9, 45.4], [10.27, 45.38], [10.6, 45.5], [11.05, 45.5]]}}
]}
)~"},
    {"accounts/proxy.toml",
     R"~(# A rival explanation: a set of numbers that replace those of the package. `truel run . --account proxy`
title = "A war by proxy"
story = "The front lives on help from across the pass, and the league on its own harbour."
claims = ["C2"]

[[set]]
path = "actors.highland_front.recruits_per_day"
value = "5..15"
basis = "C2"

[[set]]
path = "commands.government.weight_backing"
value = 1
basis = "assumed: the government fears the neighbour behind the front"
)~"},
});

}  // namespace

Result<std::vector<std::string>> create(const fs::path& dir) {
  if (dir.empty()) {
    return Diagnostic{{}, "a folder without a name", "name the folder to make"};
  }
  const std::string shown = dir.generic_string();
  std::error_code error;
  if (fs::exists(fs::symlink_status(dir, error))) {
    if (!fs::is_directory(dir, error)) {
      return Diagnostic{{shown}, "exists and is not a folder", "choose another name"};
    }
    if (!fs::is_empty(dir, error) || error) {
      return Diagnostic{{shown}, "the folder is not empty", "choose another name"};
    }
  }
  std::vector<std::string> written;
  for (const Template& each : kTemplates) {
    const fs::path path = dir / each.name;
    std::error_code reason;
    fs::create_directories(path.parent_path(), reason);
    if (!reason) {
      std::ofstream stream(path, std::ios::binary);
      stream << each.text;
      stream.close();
      if (!stream) {
        reason.assign(errno, std::generic_category());
      }
    }
    if (reason) {
      for (const Template& part : kTemplates) {  // the folder was empty or not there: all in it is from here
        fs::remove(dir / part.name, error);
        fs::remove((dir / part.name).parent_path(), error);
      }
      throw fs::filesystem_error("new", path, reason);
    }
    written.push_back(path.lexically_normal().generic_string());
  }
  return written;
}

PackageFiles example_package() {
  PackageFiles package;
  for (const Template& each : kTemplates) {
    if (!each.name.ends_with(".md")) {
      package.files.push_back({.name = std::string(each.name), .bytes = std::string(each.text)});
    }
  }
  std::sort(package.files.begin(), package.files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return package;
}

}  // namespace truel::scenario
