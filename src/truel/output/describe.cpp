#include "truel/output/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "truel/base/index.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/model/names.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {

std::string package_name(const War& war) {
  std::error_code error;  // a working directory that is gone
  const std::filesystem::path folder = std::filesystem::absolute(war.folder, error).lexically_normal();
  return folder.has_filename() ? folder.filename().string() : folder.parent_path().filename().string();
}

std::string short_name(const War& war, ActorIndex actor) {
  return printable(short_name(war.actors[at(actor)]));
}

std::string account_title(const War& war, std::string_view id) {
  if (id == kBase) {
    return "The basic model";
  }
  const auto found =
      std::find_if(war.accounts.begin(), war.accounts.end(), [&](const Account& a) { return a.id == id; });
  return found == war.accounts.end() ? std::string(id) : found->title;
}

std::string under_account(const std::string& id) {
  return id == kBase ? "" : " under " + id;
}

std::vector<std::string> account_titles(const War& war, const std::vector<std::string>& ids) {
  std::vector<std::string> titles;
  for (const std::string& id : ids) {
    titles.push_back(account_title(war, id));
  }
  return titles;
}

std::string_view holder_id(const War& war, ActorIndex holder) {
  return holder < 0 ? std::string_view("none") : war.actors[at(holder)].id;
}

std::string reason_of(const War& war, const Event& event) {
  std::string_view note;
  if (event.intervention != kNone) {
    const Intervention& change = war.interventions[at(event.intervention)];
    note = change.note.empty() ? change.id : change.note;
  }
  const auto filled = [&]<std::size_t... k>(std::string_view text, std::index_sequence<k...>) {
    return fmt::format(fmt::runtime(text), fmt::arg("note", note),
                       fmt::arg(kEventNumbers[k].name, event.numbers.*kEventNumbers[k].of)...);
  };
  constexpr auto kAll = std::make_index_sequence<kEventNumbers.size()>();
  return filled(event.cause->sentence, kAll) + filled(event.cause->more, kAll);
}

std::string_view place_id(const War& war, PlaceIndex place) {
  return place < 0 ? std::string_view{} : war.places[at(place)].id;
}

}  // namespace truel::output
