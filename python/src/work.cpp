#include "work.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace truel::python {

namespace nb = nanobind;

namespace {

/// How long a signal waits at most.
constexpr std::chrono::milliseconds kLook{50};

}  // namespace

void work(const nb::object& callback, const std::function<void(Watch&)>& task) {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_done = false;
  std::optional<ensemble::Progress> latest;
  std::exception_ptr failure;

  Watch watch;
  watch.progress = [&](const ensemble::Progress& progress) {
    const std::lock_guard lock(mutex);
    latest = progress;
  };
  std::thread worker([&] {
    try {
      task(watch);
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(mutex);
    is_done = true;
    changed.notify_one();
  });
  std::optional<nb::python_error> raised;
  for (bool is_last = false; !is_last;) {
    std::optional<ensemble::Progress> news;
    {
      const nb::gil_scoped_release release;
      std::unique_lock lock(mutex);
      changed.wait_for(lock, kLook, [&] { return is_done; });
      is_last = is_done;
      news.swap(latest);
    }
    if (raised) {
      continue;
    }
    try {
      if (PyErr_CheckSignals() != 0) {
        throw nb::python_error();
      }
      if (news && !callback.is_none()) {
        callback(news->done, news->wanted, news->seconds);
      }
    } catch (nb::python_error& error) {
      raised.emplace(std::move(error));
      watch.stop = true;
    }
  }
  worker.join();
  if (raised) {
    throw nb::python_error(std::move(*raised));
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace truel::python
