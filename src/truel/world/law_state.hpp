// What laws keep of a realization (laws/law.hpp).
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace truel {

/// What a law keeps of every place, of every actor or of every actor at every place until it changes it.
struct LawStateInfo {
  enum class Of { place, actor, place_and_actor };
  std::string_view name;
  Of of;
  double first;  ///< value when a realization begins
  std::string_view meaning;
};

/// Of all laws. Defined by the list of laws (laws/laws.cpp).
std::span<const LawStateInfo> law_states();

/// A value of a type that those know who ask for it: one of another type is for the caller not to ask for. Copied with
/// what holds it. What is asked for every day costs no question what it is, as std::any does.
class LawState {
 public:
  LawState() = default;
  LawState(const LawState& other) : content_(other.content_ == nullptr ? nullptr : other.content_->copy()) {}
  LawState(LawState&&) noexcept = default;
  LawState& operator=(LawState other) noexcept {
    content_ = std::move(other.content_);
    return *this;
  }
  ~LawState() = default;

  template <class T, class From>
  void make(const From& from) {
    content_ = std::make_unique<ContentOf<T>>(T(from));
  }
  template <class T>
  T& as() {
    return static_cast<ContentOf<T>&>(*content_).value;
  }
  template <class T>
  const T& as() const {
    return static_cast<const ContentOf<T>&>(*content_).value;
  }

 private:
  struct Content {
    virtual ~Content() = default;
    virtual std::unique_ptr<Content> copy() const = 0;
  };
  template <class T>
  struct ContentOf final : Content {
    explicit ContentOf(T made) : value(std::move(made)) {}
    std::unique_ptr<Content> copy() const override { return std::make_unique<ContentOf>(value); }
    T value;
  };

  std::unique_ptr<Content> content_;
};

struct LawStates {
  std::vector<std::vector<double>> lists;  ///< [law_states()][place], [actor] or [place][actor]
  std::vector<LawState> own;               ///< [law] of the type that it declares as Own; empty where it declares none
};

}  // namespace truel
