// A thread pool with a barrier. It runs the same function on several threads at once.
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

/// Thrown when the system cannot create another thread. `what()` states how many there are.
class ThreadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Whether this build can start threads. A WebAssembly build without threads omits what only they need.
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool has_threads = false;
#else
inline constexpr bool has_threads = true;
#endif

/// Threads that are kept between jobs, because a step is much shorter than the start of a thread. Only one
/// thread at a time may use a team, and it takes part in the work.
class Team {
 public:
  static constexpr int most_threads = 64;

  Team() = default;
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  ~Team();

  /// Ensures that `run` can be called with this many threads, 1 to most_threads. Throws ThreadError.
  void reserve(int threads);

  /// Calls work(0) … work(threads − 1) in parallel, work(0) on the calling thread, and returns when all have
  /// returned. The threads must have been reserved, and `work` must not throw.
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

  /// A barrier: called within `run` by each of its threads, it returns when all have called it.
  void meet(int threads) {
    if constexpr (has_threads) barriers_[static_cast<std::size_t>(threads)]->arrive_and_wait();
  }

 private:
  /// A number that threads wait on until it changes. A waiting thread spins briefly, since most waits are
  /// short, and then sleeps. std::atomic::wait would not sleep in WebAssembly: Emscripten polls the value
  /// every few milliseconds in every idle thread.
  class Signal {
   public:
    std::uint64_t value() const { return value_.load(std::memory_order_acquire); }
    void set(std::uint64_t value);
    /// Returns the first different value seen.
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
  /// The loop of a helper thread. `job` is the last job before the thread was created.
  void serve(int thread, std::uint64_t job);

  std::vector<std::thread> helpers_;
  const void* work_ = nullptr;
  Call call_ = nullptr;
  Signal job_;  ///< job number times kThreads, plus the number of threads of the job
  /// Indexed by the number of threads. A hand-written barrier was 1.5 % faster natively (default run, 2
  /// threads: median of 100 pairs, quartiles −0.6 % and 3.5 %) and equally fast in WebAssembly (40 pairs).
  std::vector<std::unique_ptr<std::barrier<>>> barriers_;
};

}  // namespace ska
