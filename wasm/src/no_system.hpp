// Included before every source: Debian's C++ library for WebAssembly has neither threads nor files. A worker of a page
// is one thread, so that nothing has to be held; its packages come from memory, and whatever looks for a file finds
// none.
#pragma once

#include <filesystem>
#include <mutex>
#include <system_error>

// NOLINTBEGIN(cert-dcl58-cpp)
namespace std {

class mutex {
 public:
  void lock() {}
  bool try_lock() { return true; }
  void unlock() {}
};

/// Of two mutexes at a time, in any order.
template <class First, class Second>
void lock(First& first, Second& second) {
  first.lock();
  second.lock();
}

class condition_variable {
 public:
  template <class Lock, class Holds>
  void wait(Lock& /*lock*/, Holds /*holds*/) {}
  void notify_all() {}
};

class thread {
 public:
  static unsigned hardware_concurrency() { return 1; }
};

namespace filesystem {

inline path absolute(const path& of, error_code& /*error*/) {
  return of;
}

struct no_entry {
  filesystem::path path() const { return {}; }
};

class directory_iterator {
 public:
  directory_iterator() = default;
  explicit directory_iterator(const path& /*folder*/) {}
  directory_iterator(const path& /*folder*/, error_code& error) {
    error = make_error_code(errc::no_such_file_or_directory);
  }
  no_entry operator*() const { return {}; }
  const no_entry* operator->() const { return &entry_; }
  void increment(error_code& /*error*/) {}
  friend bool operator!=(const directory_iterator& /*a*/, const directory_iterator& /*b*/) { return false; }

 private:
  no_entry entry_;
};

inline bool nothing(error_code& error) {
  error = make_error_code(errc::no_such_file_or_directory);
  return false;
}
inline bool exists(bool there) {
  return there;
}
inline bool exists(const path& /*of*/, error_code& error) {
  return nothing(error);
}
inline bool is_directory(const path& /*of*/, error_code& error) {
  return nothing(error);
}
inline bool is_regular_file(const path& /*of*/, error_code& error) {
  return nothing(error);
}
inline bool symlink_status(const path& /*of*/, error_code& error) {
  return nothing(error);
}
inline uintmax_t file_size(const path& /*of*/, error_code& error) {
  return nothing(error) ? 1 : 0;
}

}  // namespace filesystem
}  // namespace std
// NOLINTEND(cert-dcl58-cpp)
