#include "truel/base/bytes/files.hpp"
#include "truel/output/claims/claims.hpp"

namespace truel::output {

Result<std::vector<claims::Influence>> read_influence(const std::filesystem::path& file, const War& war) {
  const auto text = bytes_of_file(file);
  if (!text) {
    return Diagnostic{{file.string()}, "cannot be read", "name the sensitivity.json of truel sensitivity --out"};
  }
  const Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object() || !json.contains("outcomes") || !json["outcomes"].is_array()) {
    return Diagnostic{{file.string()}, "holds no outcomes", "name the sensitivity.json of truel sensitivity --out"};
  }
  std::vector<claims::Influence> result;
  try {
    for (const Json& outcome : json["outcomes"]) {
      claims::Influence& influence = result.emplace_back();
      influence.outcome = outcome.at("outcome").get<std::string>();
      for (const Json& one : outcome.value("parameters", Json::array())) {
        const auto path = one.at("path").get<std::string>();
        const int parameter = war.find_parameter(path);
        if (parameter == kNone) {
          return Diagnostic{
              {file.string()}, "names a number that this package has not: " + path, "name a study of the same package"};
        }
        if (one.at("first_above_noise").get<bool>() || one.at("delta_above_noise").get<bool>()) {
          influence.weights.push_back({parameter, one.at("first").at("value").get<double>()});
        }
      }
    }
  } catch (const Json::exception& error) {
    return Diagnostic{{file.string()},
                      std::string("is no result of truel sensitivity: ") + error.what(),
                      "name the sensitivity.json of truel sensitivity --out"};
  }
  return result;
}

}  // namespace truel::output
