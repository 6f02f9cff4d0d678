#include "arguments.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "truel/base/statistics/nearest.hpp"
#include "verbs.hpp"

namespace truel::cli {
namespace {

/// type: what the parser calls the option's, with its range: "UINT:UINT in [2 - 1000]".
template <class Whole>
std::string check_whole(std::string& text, const std::string& type) {
  // The parser would take 010 for eight, and a number beyond the type for the greatest.
  const bool is_negative = text.starts_with('-');
  const auto first = text.find_first_not_of('0', is_negative ? 1 : 0);
  const bool is_digits = text.find_first_not_of("0123456789", is_negative ? 1 : 0) == std::string::npos;
  if (!is_digits || text.size() == (is_negative ? 1U : 0U)) {
    return fmt::format("{} is not a whole number; write digits alone, as 1000", text);
  }
  text = (is_negative ? "-" : "") + (first == std::string::npos ? "0" : text.substr(first));
  Whole value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    const std::string all =
        fmt::format("[{} - {}]", std::numeric_limits<Whole>::min(), std::numeric_limits<Whole>::max());
    const auto narrower = type.find('[');
    return fmt::format("Value {} not in range {}", text, narrower == std::string::npos ? all : type.substr(narrower));
  }
  return "";
}

std::string check_real(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_good = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  return is_good ? "" : fmt::format("{} is not a number", text);
}

bool takes_value(const CLI::Option& option) {
  return option.get_items_expected_max() > 0;
}

template <class Use>
void for_each_option(CLI::App& app, Use use) {
  for (CLI::App* verb : app.get_subcommands([](CLI::App*) { return true; })) {
    for (CLI::Option* option : verb->get_options()) {
      use(*option);
    }
  }
}

/// What people call by other names in other programs.
constexpr auto kElsewhere = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"simulate", "run"},
    {"validate", "check"},
    {"--start", "--from"},
    {"--begin", "--from"},
    {"--end", "--until"},
    {"--outcome", "--metric"},
    {"-o", "--out"},
    {"-v", "--version"},
});

std::string with_nearest(std::string what, std::string_view text, const std::vector<std::string>& known) {
  std::vector<std::string> near;
  for (const auto& [elsewhere, here] : kElsewhere) {
    if (text == elsewhere && std::find(known.begin(), known.end(), here) != known.end()) {
      return fmt::format("{}; did you mean {}?", what, here);
    }
  }
  for (const std::string* name : all_nearest(text, known)) {
    near.push_back(*name);
  }
  for (const std::string& name : known) {  // --output is --out
    if (near.empty() && name.size() > 4 && text.starts_with(name)) {
      near.push_back(name);
    }
  }
  return near.empty() ? what : fmt::format("{}; did you mean {}?", what, fmt::join(near, " or "));
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> known, std::map<std::string, std::string> meant) {
  const std::string all = fmt::format("{{{}}}", fmt::join(known, ","));
  return {[known = std::move(known), meant = std::move(meant), all](std::string& text) {
            const auto other = meant.find(text);
            return std::find(known.begin(), known.end(), text) != known.end()
                       ? std::string()
                       : with_nearest(fmt::format("{} not in {}", text, all),
                                      other == meant.end() ? text : other->second, known);
          },
          all};
}

namespace {

std::vector<CLI::App*> verbs_of(CLI::App& app) {
  return app.get_subcommands([](CLI::App*) { return true; });
}

/// Null where no verb is called so.
CLI::App* verb_named(CLI::App& app, const std::string& name) {
  const std::vector<CLI::App*> verbs = verbs_of(app);
  const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](CLI::App* v) { return v->get_name() == name; });
  return verb == verbs.end() ? nullptr : *verb;
}

/// The first word, where it is no verb.
std::vector<std::string> unknown_verb(CLI::App& app, const std::vector<std::string>& words) {
  if (words.empty() || words.front().starts_with('-') || verb_named(app, words.front()) != nullptr) {
    return {};
  }
  std::vector<std::string> verbs;
  for (const CLI::App* verb : verbs_of(app)) {
    verbs.push_back(verb->get_name());
  }
  const std::string what = fmt::format("unknown command {}", words.front());
  const std::string told = with_nearest(what, words.front(), verbs);
  return {told != what ? told : fmt::format("{}; the commands are {}", what, fmt::join(verbs, ", "))};
}

struct OptionNames {
  std::vector<std::string> known;
  std::vector<std::string> letters;
};

OptionNames options_of(const CLI::App& verb) {
  OptionNames names;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.known.push_back("--" + name);
    }
    for (const std::string& name : option->get_snames()) {
      names.letters.push_back("-" + name);
    }
  }
  return names;
}

/// Of an option before the command: the line with it, or with the option of the command that is nearest to it, behind.
/// "" where there is no command.
std::string with_option_behind(CLI::App& app, const std::string& option, const std::vector<std::string>& words) {
  for (auto first = words.begin(); first != words.end(); ++first) {
    if (const CLI::App* verb = verb_named(app, *first); verb != nullptr) {
      const OptionNames names = options_of(*verb);
      const std::string* known = nearest(option, names.known);
      return fmt::format("truel {} {}", fmt::join(first, words.end(), " "), known != nullptr ? *known : option);
    }
  }
  return "";
}

/// "truel run and truel compare have it": of an option that the command does not have and others do; "" where none
/// does.
std::string of_other_verbs(const std::string& option) {
  std::vector<std::string> having;
  for (const Verb& verb : verbs()) {
    CLI::App app;
    CLI::App* const other = app.add_subcommand(verb.name);
    const auto kept = verb.add(*other, "");  // what the options are read into
    const std::vector<std::string> known = options_of(*other).known;
    if (std::find(known.begin(), known.end(), option) != known.end()) {
      having.push_back(fmt::format("truel {}", verb.name));
    }
  }
  if (having.empty()) {
    return "";
  }
  const char* have = having.size() == 1 ? "has it" : "have it";
  const std::string last = having.back();
  having.pop_back();
  return fmt::format("{}{}{} {}", fmt::join(having, ", "), having.empty() ? "" : " and ", last, have);
}

/// The options that the verb does not have, a line each in the order typed.
std::vector<std::string> unknown_options(CLI::App& app, const std::vector<std::string>& words) {
  CLI::App* const named = words.empty() ? nullptr : verb_named(app, words.front());
  const CLI::App* const verb = named != nullptr ? named : &app;
  std::vector<std::string> found;
  const auto [known, letters] = options_of(*verb);
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    if (word == "--" || (verb == &app && !word.starts_with('-'))) {
      break;
    }
    if (name.size() > 2 && name.starts_with("--") && std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string what = fmt::format("unknown option {}", name);
      const std::string behind = verb == &app ? with_option_behind(app, name, words) : "";
      const std::string elsewhere = verb == &app ? "" : of_other_verbs(name);
      found.push_back(!behind.empty()      ? fmt::format("{}; write options behind the command: {}", what, behind)
                      : !elsewhere.empty() ? fmt::format("{}; {}", what, elsewhere)
                                           : with_nearest(what, name, known));
    } else if (const std::string whole = "-" + name;
               name.size() > 2 && name[0] == '-' && std::find(known.begin(), known.end(), whole) != known.end()) {
      found.push_back(fmt::format("unknown option {}; did you mean {}?", name, whole));
    } else if (name.size() == 2 && name[0] == '-' && std::isalpha(static_cast<unsigned char>(name[1])) != 0 &&
               std::find(letters.begin(), letters.end(), name) == letters.end()) {
      found.push_back(with_nearest(fmt::format("unknown option {}", name), name, known));
    }
  }
  return found;
}

/// "--runs: Value 0 not in range [1 - 10]" in words; what says something else as it is.
std::string range_in_words(const std::string& message) {
  constexpr std::string_view kValue = ": Value ", kRange = " not in range ";
  const auto value = message.find(kValue);
  const auto range = message.find(kRange);
  if (value == std::string::npos || range == std::string::npos) {
    return message;
  }
  std::string allowed = message.substr(range + kRange.size());
  std::erase_if(allowed, [](char c) { return c == '[' || c == ']'; });
  if (const auto dash = allowed.find(" - "); dash != std::string::npos) {
    allowed.replace(dash, 3, " to ");
  }
  const auto number = value + kValue.size();
  return fmt::format("{} is {}; write {}", message.substr(0, value), message.substr(number, range - number), allowed);
}

/// What a command line lacks, by the parser's names, and what we ask for instead.
constexpr auto kMissing = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"A subcommand", "which command? For a first war: truel new my-war, then truel run my-war"},
    {"package", "which package? Name its folder behind the command; truel new my-war makes one"},
    {"shards", "which parts? Name the files that truel run --shard made"},
    {"forecast", "which forecast? Name the folder that truel forecast made"},
    {"--observed", "which observed data? Give --observed FOLDER"},
    {"--out", "where to? Give --out with a new folder"},
});

/// "--until: 1 required TEXT missing": what the option lacks, and what it is; "" of another message.
std::string of_no_value(CLI::App& app, const std::string& message, const std::vector<std::string>& words) {
  const std::string name = message.substr(0, message.find(':'));
  const CLI::App* const verb = words.empty() ? nullptr : verb_named(app, words.front());
  const CLI::Option* const option = verb == nullptr ? nullptr : verb->get_option_no_throw(name);
  return option == nullptr || !message.ends_with(" missing")
             ? ""
             : fmt::format("{} without a value: {}", name, option->get_description());
}

/// What the parser says, where it says it well: of words too many it names the last first.
std::string in_our_words(CLI::App& app, const std::string& message, const std::vector<std::string>& words) {
  if (std::string lacks = of_no_value(app, message, words); !lacks.empty()) {
    return lacks;
  }
  for (const auto& [what, question] : kMissing) {
    if (message == fmt::format("{} is required", what)) {
      return std::string(question);
    }
  }
  const auto colon = message.find(" not expected: ");
  if (colon == std::string::npos) {
    return range_in_words(message);
  }
  const std::string rest = message.substr(colon) + ' ';
  std::vector<std::string> too_many;
  std::copy_if(words.begin(), words.end(), std::back_inserter(too_many),
               [&](const std::string& word) { return rest.find(' ' + word + ' ') != std::string::npos; });
  const std::string text =
      fmt::format("unexpected {}: {}", too_many.size() == 1 ? "word" : "words", fmt::join(too_many, " "));
  const auto equals = text.find('=');
  return equals == std::string::npos ? text : text + "; an option begins with --, a changed parameter with --set";
}

/// "help run" is "run --help", "version" is "--version".
void take_words_for_options(std::vector<std::string>& words) {
  if (!words.empty() && (words.front() == "help" || words.front() == "version")) {
    const std::string option = "--" + words.front();
    words.erase(words.begin());
    words.insert(words.begin() + (words.empty() ? 0 : 1), option);
  }
}

}  // namespace

void tighten(CLI::App& app) {
  for_each_option(app, [](CLI::Option& option) {
    if (!takes_value(option)) {
      return;
    }
    // Of what the option reads, before any range that it was given.
    const std::string type = option.get_type_name();
    const auto check = [type](std::string& text) -> std::string {
      if (text.empty()) {
        return "an empty text";
      }
      return type.starts_with("UINT")    ? check_whole<std::uint64_t>(text, type)
             : type.starts_with("INT")   ? check_whole<std::int64_t>(text, type)
             : type.starts_with("FLOAT") ? check_real(text)
                                         : "";
    };
    option.transform(CLI::Validator(check, ""));
  });
}

Diagnostics empty_values(int argc, const char* const* argv) {
  Diagnostics found;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
      found.push_back(
          {{}, fmt::format("{}: nothing behind the =", argument), "write a value behind it, or leave it out"});
    } else if (argument.empty() && std::string_view(argv[i - 1]).starts_with("--")) {
      found.push_back({{}, fmt::format("{}: an empty text", argv[i - 1]), "write a value, or leave the option out"});
    }
  }
  return found;
}

void parse(CLI::App& app, std::vector<std::string> words) {
  WrongArguments wrong;
  take_words_for_options(words);
  const std::vector<std::string> typed = words;
  while (true) {
    try {
      app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
      break;
    } catch (const CLI::Success&) {
      throw;
    } catch (const CLI::ValidationError& error) {
      const std::string message = error.what();
      wrong.what.push_back(in_our_words(app, message, typed));
      // "--runs: Value 1 not in range": without the option and its value the parser comes to what follows.
      const std::string option = message.substr(0, message.find(':'));
      const auto at = std::find_if(words.begin(), words.end(), [&](const std::string& word) {
        return word == option || word.starts_with(option + '=');
      });
      if (!option.starts_with("--") || at == words.end()) {
        break;
      }
      const bool is_apart = *at == option && at + 1 != words.end();
      words.erase(at, at + (is_apart ? 2 : 1));
    } catch (const CLI::ParseError& error) {
      std::vector<std::string> unknown = unknown_verb(app, typed);
      if (unknown.empty()) {
        unknown = unknown_options(app, typed);
      }
      wrong.what.insert(wrong.what.begin(), unknown.begin(), unknown.end());
      if (wrong.what.empty()) {
        wrong.what.push_back(in_our_words(app, error.what(), typed));
      }
      break;
    }
  }
  if (!wrong.what.empty()) {
    throw wrong;
  }
}

Contradictions::Contradictions(CLI::App& app) {
  for_each_option(app, [&](CLI::Option& option) {
    for (CLI::Option* other : std::set<CLI::Option*>(option.get_excludes())) {
      const bool is_new = std::none_of(pairs_.begin(), pairs_.end(), [&](const Pair& p) {
        return !p.is_need && p.one == other && p.other == &option;
      });
      if (is_new) {
        pairs_.push_back({&option, other, false});
      }
      option.remove_excludes(other);
    }
    for (CLI::Option* other : std::set<CLI::Option*>(option.get_needs())) {
      pairs_.push_back({&option, other, true});
      option.remove_needs(other);
    }
  });
}

Diagnostics Contradictions::found() const {
  Diagnostics list;
  for (const auto& [one, other, is_need] : pairs_) {
    if (one->count() > 0 && is_need && other->count() == 0) {
      list.push_back({{}, fmt::format("{} without {}", one->get_name(), other->get_name()), "give both, or neither"});
    } else if (one->count() > 0 && !is_need && other->count() > 0) {
      list.push_back({{}, fmt::format("{} with {}", one->get_name(), other->get_name()), "leave one of them out"});
    }
  }
  std::sort(list.begin(), list.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.what < b.what; });
  return list;
}

}  // namespace truel::cli
