#include "truel/scenario/reading/ids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/model/basis.hpp"
#include "truel/scenario/evidence/sources.hpp"

namespace truel::scenario {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_id(std::string_view text, bool is_claim) {
  if (text.empty() || text.size() > kLongestId || !(is_lower(text[0]) || (is_claim && is_upper(text[0])))) {
    return false;
  }
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_lower(c) || is_digit(c) || c == '_' || (is_claim && is_upper(c)); });
}

/// An id made of a text, or "" if nothing in it can stay.
std::string as_id(std::string_view text) {
  std::string id;
  for (const char c : trimmed(text).substr(0, kLongestId)) {
    const char lower = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    const bool is_kept = is_lower(lower) || (is_digit(lower) && !id.empty());
    if (is_kept) {
      id += lower;
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
  }
  while (id.ends_with('_')) {
    id.pop_back();
  }
  return id;
}

}  // namespace

void Ids::set(std::vector<std::string> unsorted) {
  names = std::move(unsorted);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  index.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    index.emplace(names[i], static_cast<int>(i));
  }
}

int Ids::find(std::string_view name) const {
  const auto found = index.find(std::string(name));
  return found == index.end() ? kNone : found->second;
}

void collect_ids(Context& in, const Table& table, std::string_view column, bool is_claim, Ids& ids) {
  ids.is_whole = table.is_whole();
  std::vector<std::string> names;
  std::map<std::string, int> seen;
  std::vector<std::string> of_row;
  for (const CsvRow& row : table.rows()) {
    const CsvCell cell = table.cell(row, column);
    const std::string id(cell.text);
    bool is_first = false;
    if (id.empty()) {
      if (row.is_whole && table.has(column)) {
        in.mistakes.add(table.at(cell), "a row without an id", "fill the column " + in_quotes(column));
      }
    } else {
      if (row.is_whole) {
        is_good_id(in, id, is_claim, table.at(cell), "id");
      }
      is_first = is_unseen(in, seen, id, "id " + in_quotes(id), table.at(cell), "remove or rename one");
      if (id.size() <= kLongestId) {
        names.push_back(id);
      } else {
        ids.is_whole = false;  // every number of the thing would carry it in its path
        is_first = false;
      }
    }
    of_row.push_back(is_first && row.is_whole ? id : "");
  }
  ids.set(std::move(names));
  ids.where.assign(ids.names.size(), {table.label()});
  for (std::size_t r = 0; r < of_row.size(); ++r) {
    ids.of_row.push_back(of_row[r].empty() ? kNone : ids.find(of_row[r]));
    if (const int found = ids.of_row.back(); found != kNone) {
      ids.where[at(found)] = table.at(table.cell(table.rows()[r], column));
    }
  }
}

bool is_unseen(Context& in, std::map<std::string, int>& seen, const std::string& key, std::string_view what,
               const Location& where, std::string_view hint) {
  const auto [first, is_new] = seen.try_emplace(key, where.line);
  if (!is_new) {
    in.mistakes.add(where, fmt::format("duplicate {}", what),
                    fmt::format("the first is in line {}; {}", first->second, hint));
  }
  return is_new;
}

bool is_good_id(Context& in, std::string_view text, bool is_claim, const Location& where, std::string_view kind) {
  if (is_id(text, is_claim)) {
    return true;
  }
  const std::string better = as_id(text);
  std::string hint = is_claim ? "an id has letters, digits and _, and starts with a letter"
                              : "an id has small letters, digits and _, and starts with a letter";
  if (text.size() > kLongestId) {
    hint = fmt::format("an id has at most {} characters", kLongestId);
  } else if (!better.empty()) {
    hint += ": write " + better;
  }
  in.mistakes.add(where, fmt::format("malformed {} {}", kind, in_quotes(text)), std::move(hint));
  return false;
}

int reference(Context& in, const Ids& ids, const Table& table, const CsvCell& cell, std::string_view kind,
              std::string_view listed_in) {
  if (cell.text.empty()) {
    in.mistakes.add(table.at(cell), fmt::format("no {}", kind), "fill the cell");
    return kNone;
  }
  const int found = ids.find(cell.text);
  if (found == kNone && ids.is_whole) {
    in.mistakes.add(table.at(cell), fmt::format("unknown {} {}", kind, in_quotes(cell.text)),
                    in.mistakes.did_you_mean(cell.text, ids.names, fmt::format("add it to {}", listed_in)));
  }
  return found;
}

bool is_yes(Context& in, const Table& table, const CsvCell& cell, std::string_view what) {
  if (!cell.text.empty() && cell.text != "yes" && cell.text != "no") {
    in.mistakes.add(table.at(cell), fmt::format("{} is {}", what, in_quotes(cell.text)), "write yes or no");
  }
  return cell.text == "yes";
}

std::optional<Day> read_date(Context& in, const Table& table, const CsvCell& cell, std::string_view what) {
  if (cell.text.empty()) {
    in.mistakes.add(table.at(cell), fmt::format("no {}", what), "write a date as YYYY-MM-DD");
    return std::nullopt;
  }
  const auto day = parse_date(cell.text);
  if (!day) {
    in.mistakes.add(table.at(cell), "impossible date " + in_quotes(cell.text),
                    "write a day of the calendar as YYYY-MM-DD");
  }
  return day;
}

void check_basis(Context& in, std::string_view basis, const Location& where) {
  const std::vector<BasisPart> parts = basis_parts(basis);
  for (const BasisPart& part : parts) {
    if (part.kind == BasisKind::assumed) {
      if (part.rest.empty()) {
        in.mistakes.add(where, "an assumption without a reason", "write assumed: why");
      }
    } else if (part.kind == BasisKind::source) {
      if (in.sources.is_whole && in.sources.find(part.id) == kNone) {
        in.mistakes.add(where, "unknown source " + in_quotes(part.id),
                        in.mistakes.did_you_mean(part.id, in.sources.names, "add it to sources.json"));
      }
    } else if (part.kind == BasisKind::other || !is_id(part.id, true)) {
      in.mistakes.add(where, "a basis that is no claim, source or assumption: " + in_quotes(part.text),
                      "write the id of a claim, source:ID, or assumed: why, and `;` only between them");
    } else if (in.claims.is_whole && in.claims.find(part.id) == kNone) {
      in.mistakes.add(
          where, "unknown claim " + in_quotes(part.id),
          in.mistakes.did_you_mean(part.id, in.claims.names, "add it to claims.csv, or write assumed: why"));
    }
  }
  if (parts.empty()) {
    in.mistakes.add(where, "a number without a basis", "write the id of a claim, source:ID, or assumed: why");
  }
}

}  // namespace truel::scenario
