#include "truel/ensemble/parallel.hpp"

#include <algorithm>

#ifdef TRUEL_PLAIN_THREADS
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace truel::ensemble {

#ifdef TRUEL_PLAIN_THREADS

// The thread sanitizer does not see how oneTBB, which is built without it, orders its tasks: it would report races that
// are none. Under it plain threads do the work, and it judges our own code.
void for_each_index(std::size_t n, int threads, const std::function<void(std::size_t)>& body) {
  const auto wanted =
      static_cast<std::size_t>(threads > 0 ? threads : std::max(2U, std::thread::hardware_concurrency()));
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::once_flag has_failed;
  {
    std::vector<std::jthread> workers;
    for (std::size_t t = 0; t < std::min(wanted, n); ++t) {
      workers.emplace_back([&] {
        try {
          for (std::size_t i = next++; i < n; i = next++) {
            body(i);
          }
        } catch (...) {
          std::call_once(has_failed, [&] { failure = std::current_exception(); });
          next = n;
        }
      });
    }
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

#else

void for_each_index(std::size_t n, int threads, const std::function<void(std::size_t)>& body) {
  // Of more threads than there are cores oneTBB starts none, and says so on standard error.
  const int most = tbb::info::default_concurrency();
  tbb::task_arena arena(threads > 0 ? std::min(threads, most) : most);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, n, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t i = range.begin(); i < range.end(); ++i) {
            body(i);
          }
        },
        tbb::simple_partitioner());
  });
}

#endif

}  // namespace truel::ensemble
