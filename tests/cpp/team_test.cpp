// Tests that all threads of a team do their part, in parallel, in any number of jobs.
#include "core/team.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

TEST(Team, OfOneIsTheCallingThread) {
  Team team;
  const auto self = std::this_thread::get_id();
  int calls = 0;
  team.run(1, [&](int thread) {
    EXPECT_EQ(thread, 0);
    EXPECT_EQ(std::this_thread::get_id(), self);
    ++calls;
  });
  EXPECT_EQ(calls, 1);
}

#if !defined(__EMSCRIPTEN__)  // WebAssembly tests have no threads

TEST(Team, RunsEveryPartOnceEachTime) {
  Team team;
  for (const int threads : {2, 3, 8, 2, 5, 1, 8}) {
    team.reserve(threads);
    for (int repetition = 0; repetition < 200; ++repetition) {
      std::vector<int> calls(static_cast<std::size_t>(threads));
      team.run(threads, [&](int thread) { ++calls[static_cast<std::size_t>(thread)]; });
      ASSERT_EQ(calls, std::vector<int>(static_cast<std::size_t>(threads), 1));
    }
  }
}

TEST(Team, MeetsWhereItIsTold) {
  // Between two barriers every thread sees what all threads wrote before the first.
  constexpr int threads = 4, rounds = 500;
  Team team;
  team.reserve(threads);
  std::vector<int> written(threads);
  std::atomic<int> wrong = 0;
  team.run(threads, [&](int thread) {
    for (int round = 1; round <= rounds; ++round) {
      written[static_cast<std::size_t>(thread)] = round;
      team.meet(threads);
      for (const int value : written) wrong += value != round;
      team.meet(threads);
    }
  });
  EXPECT_EQ(wrong, 0);
}

TEST(Team, WakesFromSleep) {
  Team team;
  team.reserve(3);
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // longer than a waiting thread spins
    std::atomic<int> calls = 0;
    team.run(3, [&](int thread) {
      if (thread == 1) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      ++calls;
    });
    EXPECT_EQ(calls, 3);
  }
}

TEST(Team, OfNewThreadsDoesNotRepeatOldWork) {
  Team team;
  team.reserve(2);
  std::atomic<int> old_calls = 0;
  team.run(2, [&](int) { ++old_calls; });
  team.reserve(6);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(old_calls, 2);
}

#endif

}  // namespace
}  // namespace ska::test
