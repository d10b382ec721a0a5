#include "core/team.h"

#include <system_error>

#include "core/text.h"

namespace ska {
namespace {

constexpr std::uint64_t kThreads = 256;  // larger than Team::most_threads
/// Spins before a waiting thread sleeps, about ten microseconds natively. A longer time gains nothing, and on
/// shared cores it takes time from the threads that work.
constexpr int kLooks = 4000;

/// A hint to the processor that this is a spin loop.
inline void breathe() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

void Team::Signal::set(std::uint64_t value) {
  value_.store(value);
  // A thread that increments asleep_ after this load checks the value once more and sees the new one.
  if (asleep_.load() == 0) return;
  { const std::lock_guard lock(mutex_); }
  changed_.notify_all();
}

std::uint64_t Team::Signal::wait_while(std::uint64_t value) {
  for (int i = 0; i < kLooks; ++i) {
    if (const std::uint64_t seen = this->value(); seen != value) return seen;
    breathe();
  }
  std::unique_lock lock(mutex_);
  ++asleep_;
  changed_.wait(lock, [&] { return value_.load() != value; });
  --asleep_;
  return value_.load();
}

Team::~Team() {
  job_.set((job_.value() / kThreads + 1) * kThreads);  // a job for zero threads ends all helpers
  for (std::thread& helper : helpers_) helper.join();
}

void Team::reserve(int threads) {
  try {
    while (static_cast<int>(helpers_.size()) + 1 < threads) add_helper();
  } catch (const std::system_error&) {
    const std::size_t given = helpers_.size() + 1;
    throw ThreadError(sentence("The system gives no more than ", given,
                               given == 1 ? " thread; " : " threads; ", threads, " were asked for."));
  }
}

void Team::add_helper() {
  if constexpr (has_threads) {
    const int thread = static_cast<int>(helpers_.size()) + 1;
    const std::size_t members = helpers_.size() + 2;
    while (barriers_.size() <= members)
      barriers_.push_back(std::make_unique<std::barrier<>>(static_cast<std::ptrdiff_t>(barriers_.size())));
    helpers_.emplace_back([this, thread, job = job_.value()] { serve(thread, job); });
  } else {
    throw std::system_error(std::make_error_code(std::errc::not_supported));
  }
}

void Team::start(int threads, const void* work, Call call) {
  work_ = work;
  call_ = call;
  job_.set((job_.value() / kThreads + 1) * kThreads + static_cast<std::uint64_t>(threads));
}

void Team::serve(int thread, std::uint64_t job) {
  while (true) {
    job = job_.wait_while(job);
    const auto threads = static_cast<int>(job % kThreads);
    if (threads == 0) return;
    if (thread >= threads) continue;  // work_ and call_ may already belong to the next job
    call_(work_, thread);
    meet(threads);
  }
}

}  // namespace ska
