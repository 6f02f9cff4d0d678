#include "truel/output/arrays/targets/array_target.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truel::output {

ArrayDimension ArrayTarget::characters(std::size_t length) {
  const auto [found, is_new] = characters_.try_emplace(length);
  if (is_new) {
    found->second = dimension(fmt::format("characters{}", length), length);
  }
  return found->second;
}

int ArrayTarget::labels(const std::string& name, const ArrayDimension& along, const std::string& long_name,
                        const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) {
    longest = std::max(longest, text.size());
  }
  Labels rows{-1, {along, characters(longest)}, std::vector<char>(texts.size() * longest, '\0')};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::copy(texts[i].begin(), texts[i].end(), rows.text.begin() + static_cast<std::ptrdiff_t>(i * longest));
  }
  rows.variable = variable(name, ArrayType::character, rows.dimensions, long_name);
  attribute(rows.variable, "_Encoding", "utf-8");
  labels_.push_back(std::move(rows));
  return labels_.back().variable;
}

void ArrayTarget::flags(int variable, const std::vector<std::pair<int, std::string>>& meanings) {
  std::vector<std::int8_t> values;
  std::string words;
  for (const auto& [value, meaning] : meanings) {
    values.push_back(static_cast<std::int8_t>(value));
    std::string word = meaning;
    std::replace(word.begin(), word.end(), ' ', '_');
    words += fmt::format("{}{}", words.empty() ? "" : " ", word);
  }
  put_flag_values(variable, values);
  attribute(variable, "flag_meanings", words);
}

void ArrayTarget::end_definitions() {
  finish_definitions();
  for (const Labels& rows : labels_) {
    put(rows.variable, rows.dimensions, 0, std::span<const char>(rows.text));
  }
  labels_.clear();
}

}  // namespace truel::output
