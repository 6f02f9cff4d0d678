#include "truel/output/output.hpp"

namespace truel::output {

std::vector<std::string_view> not_modelled() {
  return {
      "Persons, units and weapons: the fighters of an actor at a place are one number, all equally good.",
      "Any aim to harm civilians: harm follows from fire and strikes, and only its amount is reported.",
      ("Terms of talks: a settlement is predicted, never concluded; enemies stop where they stand, and who sides with "
       "whom "
       "changes, where the scenario dates it or uses the laws of agreement or alignment."),
      ("Why leaders split, merge or pledge themselves: the scenario dates it, with the share who follow; single "
       "fighters "
       "change sides at rates that it gives."),
      "Politics within an actor: leaders, factions, ideology and discipline.",
      "Decisions of outside powers: their money, arms and men come and go on the dates that the scenario gives.",
      "Supplies other than money: ammunition, food, fuel and the weather that roads and harvests depend on.",
      "Ground between the places: fronts are the roads between them, and a place has one holder or none.",
      "Migration, prices, and government beyond taxes, income from trade, support and flight from harm.",
      ("News, rumour and surprise: commands know how strong others are up to an error, and judge by rules that do not "
       "learn."),
  };
}

}  // namespace truel::output
