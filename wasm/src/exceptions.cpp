// Debian's C++ library for WebAssembly knows no exceptions. Whatever throws ends the module, with the name of what was
// thrown: an engine in a page meets only packages that the program has read, and their wrong settings are diagnostics,
// never thrown.
#include <cstdio>
#include <cstdlib>
#include <new>
#include <typeinfo>

namespace {
// The page tells its reader by these words (engine.mjs).
const std::new_handler kBefore = std::set_new_handler([] {
  std::fputs("the memory ran out", stderr);
  std::abort();
});
}  // namespace

extern "C" {

void* __cxa_allocate_exception(std::size_t size) noexcept {  // NOLINT(bugprone-reserved-identifier)
  return std::malloc(size);
}

[[noreturn]] void __cxa_throw(void* /*object*/, std::type_info* type, void (* /*destroy*/)(void*)) {  // NOLINT
  std::fprintf(stderr, "thrown: %s\n", type->name());
  std::abort();
}

// What belongs to a thread lives as long as the module, whose one thread does not end.
int __cxa_thread_atexit(void (* /*destroy*/)(void*), void* /*object*/,
                        void* /*module*/) noexcept {  // NOLINT(bugprone-reserved-identifier)
  return 0;
}

[[noreturn]] void __cxa_rethrow() {  // NOLINT(bugprone-reserved-identifier)
  std::abort();
}
}
