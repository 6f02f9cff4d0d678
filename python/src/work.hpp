// Long work without the interpreter's lock.
#pragma once

#include <nanobind/nanobind.h>

#include <atomic>
#include <functional>

#include "errors.hpp"
#include "truel/ensemble/ensemble.hpp"

namespace truel::python {

/// What long work looks at and tells.
struct Watch {
  std::atomic<bool> stop{false};
  std::function<void(const ensemble::Progress&)> progress;
};

/// Does the work in a thread of its own while the caller, who has given up the interpreter's lock, looks for signals
/// and passes progress on: `callback(done, wanted, seconds)` is called in the caller's thread, if it is not None. A
/// signal whose handler raises (Ctrl-C) and an exception of the callback stop the work; once what is in flight has
/// ended, the exception goes on. What the work throws goes on as well.
void work(const nanobind::object& callback, const std::function<void(Watch&)>& task);

/// The same of a task that says what is wrong, if something is: it becomes truel.InputError. options: those that the
/// task runs something with; they get what stops it and what takes its progress.
template <class Options>
void work_with(const nanobind::object& callback, Options& options, const std::function<Diagnostics()>& task) {
  Diagnostics failures;
  work(callback, [&](Watch& watch) {
    options.stop = &watch.stop;
    options.progress = watch.progress;
    failures = task();
  });
  if (!failures.empty()) {
    raise_input_error(failures);
  }
}

}  // namespace truel::python
