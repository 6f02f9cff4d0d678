#include "truel/output/report/page_war.hpp"

#include "truel/model/distributions/truncated.hpp"
#include "truel/model/names.hpp"
#include "truel/output/output.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

constexpr int kDegreeDecimals = 5;  ///< a metre
constexpr int kShareDecimals = 3, kMostShareDecimals = 9;

double middle(const War& war, int parameter) {
  return median(war.parameters[at(parameter)]);
}

}  // namespace

Json page_share(double share) {
  Json written = decimals(share, kShareDecimals);
  for (int n = kShareDecimals + 1; n <= kMostShareDecimals && written.is_number(); ++n) {
    if (whole_percent(written.get<double>()) == whole_percent(share)) {
      break;
    }
    written = decimals(share, n);
  }
  return written;
}

Json page_place(const War& war, PlaceIndex place) {
  const Place& p = war.places[at(place)];
  return {{"id", p.id},
          {"name", p.name},
          {"short_name", without_brackets(p.name)},
          {"latitude", decimals(p.latitude, kDegreeDecimals)},
          {"longitude", decimals(p.longitude, kDegreeDecimals)},
          {"population", significant(middle(war, war.place(place, PlaceParameter::population)), 9)},
          {"value", significant(middle(war, war.place(place, PlaceParameter::value)), kDigits)},
          {"kind", p.kind},
          {"country", p.country}};
}

Json page_links(const War& war) {
  return list_of(war.links, [&](const Link& l) { return Json::array({static_cast<int>(l.a), static_cast<int>(l.b)}); });
}

Json page_ground(const War& war) {
  return war.ground.empty() ? Json(nullptr) : Json::parse(war.ground);
}

Json page_commands(const War& war) {
  Json commands = Json::array();
  for (const Command& c : war.commands) {
    if (!c.name.empty() && c.name != c.id) {  // the page has its own words for a command without a name
      commands.push_back({{"id", c.id}, {"name", c.name}, {"short_name", without_brackets(c.name)}});
    }
  }
  return commands;
}

Json page_war(const War& war) {
  std::vector<int> spells(war.actors.size());  // who stands for a record_code that several have: who held most
  for (const ControlSpell& spell : war.control) {
    if (spell.controller >= 0) {
      ++spells[at(spell.controller)];
    }
  }
  Json actors = Json::array();
  for (ActorIndex a = 0; a < static_cast<int>(war.actors.size()); ++a) {
    const Actor& actor = war.actors[at(a)];
    actors.push_back({{"id", actor.id},
                      {"name", actor.name},
                      {"short_name", without_brackets(actor.name)},
                      {"kind", actor.kind == ActorKind::air ? "air" : "ground"},
                      {"command", war.commands[at(actor.command)].id},
                      {"colour", actor.colour},
                      {"record_code", actor.record_code},
                      {"spells", spells[at(a)]}});
  }
  Json places = Json::array();
  for (PlaceIndex p = 0; p < static_cast<int>(war.places.size()); ++p) {
    places.push_back(page_place(war, p));
  }
  Json accounts = list_of(war.accounts, [&](const Account& account) -> Json {
    return {{"id", account.id}, {"title", account.title}, {"letter", account_letter(account.title)}};
  });
  return {{"actors", std::move(actors)}, {"commands", page_commands(war)}, {"places", std::move(places)},
          {"links", page_links(war)},    {"ground", page_ground(war)},     {"accounts", std::move(accounts)}};
}

std::string page_of(Json json, const char* kind) {
  json["kind"] = kind;
  return report_html(text_of(json, -1));
}

}  // namespace truel::output
