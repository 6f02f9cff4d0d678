#include "sample.hpp"

#include "truel/base/index.hpp"

namespace truel::claims {

War without_claims() {
  War war;
  war.commands = {{.id = "joint", .name = "The joint room"}, {.id = "sky", .name = "Sky"}};
  const auto actor = [&](const char* id, const char* name, CommandIndex command) {
    Actor& made = war.actors.emplace_back();
    made.id = id;
    made.name = name;
    made.command = command;
  };
  actor("north", "The North", 0);
  actor("sky", "Sky", 1);
  actor("south", "The South", 0);
  const auto place = [&](const char* id, const char* name, int city) {
    Place& made = war.places.emplace_back();
    made.id = id;
    made.name = name;
    made.city = city;
  };
  place("alpha", "Alpha", kNone);
  place("beta_east", "Beta (east)", 0);
  place("beta_west", "Beta (west)", 0);
  Link& link = war.links.emplace_back();
  link.a = 0;
  link.b = 1;
  war.sponsors = {{.recipient = 0, .sponsor = "neighbour", .from = 0, .to = 1}};
  war.sources = {{"book", R"({"id": "book", "title": "A book"})"}, {"paper", R"({"id": "paper", "title": "A paper"})"}};
  war.topics = {{"late", "They came late."}, {"many", "There were many of them."}};
  war.aliases = {{"Northerners", "north"}, {"Old Beta", "beta_east"}};
  war.accounts.emplace_back().id = "rival";
  war.lay_out_parameters();
  return war;
}

void give(War& war, std::string_view path, double value, std::string_view basis) {
  Parameter& parameter = war.parameters[at(war.find_parameter(path))];
  parameter.distribution.a = value;
  parameter.basis = basis;
  parameter.is_given = true;
}

void set(War& war, std::string_view path, std::string_view basis) {
  AccountSetting& setting = war.accounts.front().settings.emplace_back();
  setting.target = war.find_parameter(path);
  setting.basis = basis;
}

Claim& claim(War& war, std::string id) {
  Claim& made = war.claims.emplace_back();
  made.id = std::move(id);
  made.source = "book";
  made.kind = "causal";
  made.stance = "asserts";
  return made;
}

}  // namespace truel::claims
