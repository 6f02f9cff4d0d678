#include "truel/base/formats/json_text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace truel {
namespace {

using nlohmann::json;

// What is read here nests a handful of levels. The library itself would follow a deeper nesting until the stack ends.
constexpr int kMostBraces = 32;

/// Turns rising offsets into lines and columns in one pass over the text.
class Cursor {
 public:
  Cursor(std::string_view text, const std::string& label) : text_(text), where_{label, 1, 1} {}

  const Location& go_to(std::size_t offset) {
    for (; at_ < std::min(offset, text_.size()); ++at_) {
      if (text_[at_] == '\n') {
        ++where_.line;
        where_.column = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
        ++where_.column;
      }
    }
    return where_;
  }

 private:
  std::string_view text_;
  Location where_;
  std::size_t at_ = 0;
};

/// Input iterator that tells how far the library has read, which its events do not.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*read_;
    return *this;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  std::size_t* read_;
};

/// Walks through the text: notes where the items of the list begin, and what stops the reading.
class Walk : public nlohmann::json_sax<json> {
 public:
  Walk(const std::size_t* read, std::string_view list)
      : read_(read), list_(list), items_depth_(list.empty() ? 1 : 2), is_in_list_(list.empty()) {}

  std::vector<std::size_t> item_at;  ///< just behind its first character
  bool is_too_deep = false;
  std::size_t stopped_at = 0;
  std::string problem;

  bool null() override { return scalar(); }
  bool boolean(bool /*value*/) override { return scalar(); }
  bool number_integer(number_integer_t /*value*/) override { return scalar(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return scalar(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return scalar(); }
  bool string(string_t& /*value*/) override { return scalar(); }
  bool binary(binary_t& /*value*/) override { return scalar(); }
  bool key(string_t& value) override {
    if (depth_ == 1 && !list_.empty()) {
      is_in_list_ = value == list_;
    }
    return true;
  }
  bool start_object(std::size_t /*size*/) override { return open(); }
  bool start_array(std::size_t /*size*/) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    stopped_at = position == 0 ? 0 : position - 1;
    problem = error.what();
    // The library puts its own name and position in front.
    if (const auto at = problem.find("column "); at != std::string::npos) {
      if (const auto colon = problem.find(": ", at); colon != std::string::npos) {
        problem.erase(0, colon + 2);
      }
    }
    return false;
  }

 private:
  bool scalar() {
    note_item();
    return true;
  }
  bool open() {
    note_item();
    is_too_deep = ++depth_ > kMostBraces;
    stopped_at = *read_;
    return !is_too_deep;
  }
  bool close() {
    --depth_;
    return true;
  }
  void note_item() {
    if (is_in_list_ && depth_ == items_depth_) {
      item_at.push_back(*read_);
    }
  }

  const std::size_t* read_;
  std::string_view list_;
  int items_depth_;
  bool is_in_list_;
  int depth_ = 0;
};

}  // namespace

std::optional<JsonText> parse_json(std::string_view text, const std::string& label, std::string_view list,
                                   const std::string& hint, Mistakes& mistakes) {
  Cursor cursor(text, label);
  std::size_t read = 0;
  Walk walk(&read, list);
  if (!json::sax_parse(CountingIterator(text.data(), &read), CountingIterator(text.data() + text.size(), &read),
                       &walk)) {
    mistakes.add(cursor.go_to(walk.stopped_at),
                 walk.is_too_deep ? std::string("values nested too deeply") : "not JSON: " + walk.problem, hint);
    return std::nullopt;
  }
  JsonText parsed{.value = json::parse(text), .label = label, .items = {}};
  for (const std::size_t at : walk.item_at) {
    const Location& where = cursor.go_to(at - 1);
    parsed.items.emplace_back(where.line, where.column);
  }
  return parsed;
}

}  // namespace truel
