#include "package.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "truel/scenario/scenario.hpp"

namespace truel::scenario {

TestPackage::TestPackage() {
  files_ = {
      {"scenario.toml", R"~(format = 1
title = "A test"
start = 2016-01-01
end = 2016-12-31

[thresholds]
basis = "assumed: a test"
ally = 0.5

[laws.fire]
arms_gain = { value = "0.2..0.4", basis = "c1" }

[terrain.plain]
basis = "assumed: a test"
cover = 0.1
)~"},
      {"actors.csv", R"~(id,name,kind,command,colour,kill_rate,recruits_per_day,basis
north,The north,ground,,#112233,0.01,,c1
south,The south,ground,joint,#445566,"lognormal(0.02, 1.5)",3,assumed: a test
west,The west,,joint,,0.03,,source:book p. 3; c1
sky,The air arm,air,,,,,
)~"},
      {"commands.csv", R"~(id,name,doctrine,temperature,basis
joint,The joint room,priority,0.3,assumed: a test
)~"},
      {"places.csv", R"~(place_id,name,latitude,longitude,city,terrain,entry,population,basis
alpha,Alpha,35.0,37.0,,plain,yes,1000,c1
beta_east,Beta (east),35.5,37.0,beta,plain,no,2000,c1
beta_west,Beta (west),35.5,36.9,beta,plain,,3000,c1
gamma,Gamma,36.0,37.0,,,,,
)~"},
      {"links.csv", R"~(a,b,terrain,road,road_km,basis
alpha,beta_east,plain,M5,60,assumed: a test
beta_east,beta_west,plain,,,
beta_west,gamma,,,57,assumed: a test
)~"},
      {"control.csv", R"~(place_id,from_date,to_date,controller,confidence,source,note
alpha,2015-01-01,2016-12-31,north,high,,
beta_east,2015-01-01,2015-06-30,none,,,
beta_east,2015-07-01,2016-12-31,contested,,,
beta_west,2015-01-01,2016-12-31,south,,,
gamma,2015-01-01,2016-12-31,west,,,"taken early, held since"
)~"},
      {"forces.csv", R"~(actor,place_id,date,fighters,basis
north,*,2015-01-01,4000..6000,c1
north,alpha,2015-01-01,1000,c1
south,*,2015-01-01,3000,c1
west,*,2015-01-01,2000,c1
west,*,2016-01-01,2500,c1
)~"},
      {"support.csv", R"~(actor,place_id,date,share,basis
north,*,2015-01-01,0.3,c1
south,*,2015-01-01,0.2,c1
south,beta_west,2015-01-01,0.5,c1
)~"},
      {"ties.csv", R"~(a,b,alignment,share,basis
north,south,-1,0.6,c1
north,west,-0.8,0.4,c1
south,west,0.7,,c1
)~"},
      {"sponsors.csv", R"~(recipient,sponsor,from_date,to_date,finance,basis
south,neighbour,2015-01-01,2016-12-31,100,c1
)~"},
      {"interventions.csv", R"~(id,date,action,path,actor,place_id,value,basis
guns,2016-03-01,set,actors.north.supply,,,1.5,c1
landing,2016-04-01,arrive,,south,alpha,100..200,c1
going,2016-05-01,leave,,west,,50,c1
)~"},
      {"claims.csv", R"~(id,source,paragraph,speaker,kind,place_id,from_date,low,high,stance,statement
c1,book,12,the author,quantity,alpha,2015-06,1,2,asserts,There were some of them.
)~"},
      {"sources.json", R"~([
  {"id": "book", "type": "book", "title": "A book"},
  {"id": "paper", "type": "article", "title": "A paper"}
]
)~"},
      {"accounts/rival.toml", R"~(title = "A rival"
story = "It was otherwise."
claims = ["c1"]

[[set]]
path = "actors.north.kill_rate"
value = "0.02..0.04"
basis = "c1"

[[set]]
path = "ties.west.south.alignment"
value = -1
basis = "assumed: a test"
)~"},
  };
}

TestPackage& TestPackage::edit(const std::string& name, std::string_view from, std::string_view to) {
  std::string& text = files_.at(name);
  const auto at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
    ADD_FAILURE() << "`" << from << "` is not there exactly once in " << name;
    return *this;
  }
  text.replace(at, from.size(), to);
  return *this;
}

TestPackage& TestPackage::add(const std::string& name, std::string_view line) {
  files_[name] += std::string(line) + "\n";
  return *this;
}

Result<War> TestPackage::read(const Overlay& overlay) const {
  Diagnostics warnings;
  return read(overlay, warnings);
}

Result<War> TestPackage::read(const Overlay& overlay, Diagnostics& warnings) const {
  const TemporaryFolder folder;
  for (const auto& [name, bytes] : files_) {
    const std::filesystem::path path = folder.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  Result<War> war = scenario::read(folder.path(), overlay, warnings);
  const auto without_folder = [prefix = folder.path().generic_string()](Diagnostics shown) {
    for (Diagnostic& d : shown) {
      if (d.where.file.starts_with(prefix)) {
        d.where.file.erase(0, std::min(prefix.size() + 1, d.where.file.size()));
      }
    }
    return shown;
  };
  warnings = without_folder(std::move(warnings));
  if (war) {
    return war;
  }
  return without_folder(war.error());
}

TestPackage EditCase::package() const {
  TestPackage p;
  for (const FileEdit& edit : edits) {
    if (edit.from == kWhole) {
      p[edit.file] = edit.to;
    } else if (edit.from == kEnd) {
      p.add(edit.file, edit.to);
    } else {
      p.edit(edit.file, edit.from, edit.to);
    }
  }
  return p;
}

Lines mistakes(const TestPackage& package, const Overlay& overlay) {
  const Result<War> war = package.read(overlay);
  Lines lines;
  if (!war) {
    for (const Diagnostic& d : war.error()) {
      lines.push_back(to_string(d));
    }
  }
  return lines;
}

Lines warnings(const TestPackage& package) {
  Diagnostics found;
  if (const Result<War> war = package.read({}, found); !war) {
    ADD_FAILURE() << to_string(war.error()[0]);
  }
  Lines lines;
  for (const Diagnostic& d : found) {
    lines.push_back(to_string(d));
  }
  return lines;
}

War read_good(const TestPackage& package, const Overlay& overlay) {
  Result<War> war = package.read(overlay);
  if (!war) {
    throw std::runtime_error(to_string(war.error()[0]));
  }
  return *std::move(war);
}

const Parameter& number(const War& war, std::string_view path) {
  const int index = war.find_parameter(path);
  if (index == kNone) {
    ADD_FAILURE() << "no number " << path;
    static const Parameter none;
    return none;
  }
  return war.parameters[static_cast<std::size_t>(index)];
}

}  // namespace truel::scenario
