// Numbers of things in lists: our indices are signed (kNone is -1), those of the standard library are not; and an index
// of one list is none of another.
#pragma once

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <vector>

namespace truel {

/// Nothing, as an index: nobody, nowhere, no row.
struct NoIndex {
  constexpr operator int() const { return -1; }  // NOLINT(google-explicit-constructor): it stands where indices do
};
inline constexpr NoIndex kNone;

/// An index into one list, that `Tag` names. A plain number becomes one where it is asked for, and it can be reckoned
/// with as the number that it is; an index of another list does not become one, so that f(place, actor) called as
/// f(actor, place) does not compile. Costs what an int costs.
template <class Tag>
class Index {
 public:
  constexpr Index() = default;
  constexpr Index(int value) : value_(value) {}    // NOLINT(google-explicit-constructor): loops count in numbers
  constexpr Index(NoIndex none) : value_(none) {}  // NOLINT(google-explicit-constructor)
  template <std::integral Number>
  constexpr explicit Index(Number value) : value_(static_cast<int>(value)) {}
  template <class Other>
  Index(Index<Other>) = delete;
  template <std::floating_point Number>
  Index(Number) = delete;

  constexpr operator int() const { return value_; }  // NOLINT(google-explicit-constructor)

  constexpr Index& operator++() {
    ++value_;
    return *this;
  }
  constexpr Index& operator--() {
    --value_;
    return *this;
  }

  /// Two of one list are compared as the numbers that they are, two of different lists are not.
  template <class Other>
  requires(!std::same_as<Other, Tag>) bool operator==(Index<Other>) const = delete;
  template <class Other>
  requires(!std::same_as<Other, Tag>) std::strong_ordering operator<=>(Index<Other>) const = delete;

 private:
  int value_;
};

inline std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

/// A vector of plain numbers that is most often copied over another one of the same length, which then costs little
/// more than its bytes.
template <class T>
class List : public std::vector<T> {
 public:
  using std::vector<T>::vector;
  List(const List&) = default;
  List(List&&) noexcept = default;
  ~List() = default;
  List& operator=(List&&) noexcept = default;
  List& operator=(const List& other) {
    if (this->size() == other.size()) {
      std::copy(other.begin(), other.end(), this->begin());
    } else {
      std::vector<T>::operator=(other);
    }
    return *this;
  }
};

/// A list with an entry for each thing of the list that `I` is an index into: list[i] with an index into another does
/// not compile. Costs what a vector costs.
template <class I, class T>
class ListBy : public List<T> {
 public:
  using List<T>::List;
  using std::vector<T>::operator[];
  T& operator[](I i) { return std::vector<T>::operator[](at(i)); }
  const T& operator[](I i) const { return std::vector<T>::operator[](at(i)); }
};

}  // namespace truel
