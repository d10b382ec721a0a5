// Who computes at the same time? A team of threads that wait for work and for each other.
#pragma once

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace ska {

/// Thrown where the system gives no further thread; `what()` says how many there are.
class ThreadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Whether this build can start threads. A WebAssembly build that cannot leaves out what only they need.
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool has_threads = false;
#else
inline constexpr bool has_threads = true;
#endif

/// Threads that are kept from one piece of work to the next, for a step is far shorter than the start of a
/// thread. One thread at a time may use a team; it takes part in the work.
class Team {
 public:
  static constexpr int most_threads = 64;

  Team() = default;
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  ~Team();

  /// Sees to it that `run` can be called with so many threads, 1 to most_threads. Throws ThreadError.
  void reserve(int threads);

  /// Calls work(0) … work(threads − 1) at the same time, the first in the calling thread, and returns when
  /// all have returned. `threads` are reserved; work throws nothing.
  template <class Work>
  void run(int threads, const Work& work) {
    if (!has_threads || threads == 1) {
      work(0);
      return;
    }
    start(threads, &work, [](const void* of, int thread) { (*static_cast<const Work*>(of))(thread); });
    work(0);
    meet(threads);
  }

  /// Called within `run` by each of its threads: returns when all have called.
  void meet(int threads) {
    if constexpr (has_threads) barriers_[static_cast<std::size_t>(threads)]->arrive_and_wait();
  }

 private:
  /// A number that others wait to see change: for a moment awake, as most waits are short, then asleep.
  /// std::atomic::wait would not sleep in WebAssembly: Emscripten's looks at the number every few
  /// milliseconds, in every thread of a team that has nothing to do.
  class Signal {
   public:
    std::uint64_t value() const { return value_.load(std::memory_order_acquire); }
    void set(std::uint64_t value);
    /// Returns the first other value that is seen.
    std::uint64_t wait_while(std::uint64_t value);

   private:
    std::atomic<std::uint64_t> value_{0};
    std::atomic<int> asleep_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
  };

  using Call = void (*)(const void* work, int thread);
  /// Throws std::system_error.
  void add_helper();
  void start(int threads, const void* work, Call call);
  /// A helper's life: `job` is the last piece of work from before its time.
  void serve(int thread, std::uint64_t job);

  std::vector<std::thread> helpers_;
  const void* work_ = nullptr;
  Call call_ = nullptr;
  Signal job_;  ///< the number of the piece of work, times kThreads, plus how many threads it is for
  /// By number of threads. A barrier of our own was 1.5 % faster natively (default run, 2 threads: median of
  /// 100 pairs, quartiles −0.6 % and 3.5 %), and as fast in WebAssembly (40 pairs).
  std::vector<std::unique_ptr<std::barrier<>>> barriers_;
};

}  // namespace ska
