// Runs engine, team and sweep with 1 to 8 threads, for ThreadSanitizer (preset `tsan`). Every build also
// checks that the bits are those of one thread.
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "cli/sweep_command.h"
#include "core/run.h"
#include "fixtures.h"
#include "io/sweep_spec.h"

namespace ska::test {
namespace {

namespace fs = std::filesystem;

constexpr int most_threads = 8;

struct Shape {
  const char* name;
  std::int64_t samples, features;
  std::vector<std::int64_t> layers;
  double lit;  // fraction of nonzero pixels; selects the sparse or the dense code path
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

/// Fewer samples than threads, partial strips and panels, one or several blocks, one or several layers.
const Shape shapes[] = {
    {"OneOfEverything", 1, 1, {1}, 1},
    {"FewerStripsThanThreads", 33, 19, {5, 3, 2}, 1},
    {"SparsePixels", 120, 50, {33, 17, 5}, 0.2},
    {"TwoBlocksOfSparsePixels", 258, 300, {18, 4}, 0.2},
    {"ThreeBlocksOfDensePixels", 521, 33, {17, 16, 3}, 1},
};

class Threads : public testing::TestWithParam<Shape> {
 protected:
  /// Steps, an extension, and steps after `forget`: everything that uses data shared by threads.
  std::string fingerprint(const Execution& execution, LayerInput input) const {
    ska::Run run({.layers = GetParam().layers, .steps = 2, .learning_rate = 0.1, .layer_input = input},
                 {.pixels = pixels_, .samples = GetParam().samples, .features = GetParam().features},
                 execution);
    while (run.status() == Status::ready) run.step();
    run.extend(3);
    run.step();
    std::string all = run.fingerprint().value_or("none");
    run.forget();
    run.step();
    run.step();
    return all + run.fingerprint().value_or("none");
  }

  const std::vector<std::uint8_t> pixels_ =
      random_pixels(static_cast<std::size_t>(GetParam().samples * GetParam().features), 70, GetParam().lit);
};

TEST_P(Threads, OneToEightGiveTheSameBits) {
  Team team;
  for (const LayerInput input : {LayerInput::previous, LayerInput::current}) {
    const std::string expected = fingerprint({.kernels = exact_kernels().front()}, input);
    for (const Kernels* const kernels : exact_kernels()) {
      for (int threads = 1; threads <= most_threads; ++threads) {
        EXPECT_EQ(fingerprint({.kernels = kernels, .team = &team, .threads = threads}, input), expected)
            << kernels->name << ", " << threads << " threads";
      }
    }
  }
}

TEST_P(Threads, OfFastKernelsFinish) {
  Team team;
  for (const Kernels* const kernels : fast_kernels())
    fingerprint({.kernels = kernels, .team = &team, .threads = most_threads}, LayerInput::previous);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Threads, testing::ValuesIn(shapes),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(SeveralTeams, RunSideBySide) {
  const std::vector<std::uint8_t> pixels = random_pixels(40 * 20, 71);
  std::vector<std::string> fingerprints(4);
  std::vector<std::thread> callers;
  for (std::string& fingerprint : fingerprints) {
    callers.emplace_back([&] {
      Team team;
      ska::Run run({.layers = {6, 3}, .steps = 4}, {.pixels = pixels, .samples = 40, .features = 20},
                   {.team = &team, .threads = 3});
      while (run.status() == Status::ready) run.step();
      fingerprint = run.fingerprint().value_or("none");
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(fingerprints, std::vector<std::string>(4, fingerprints.front()));
}

TEST(Sweep, OfSeveralWorkersWritesTheLinesOfOne) {
  const fs::path folder = fs::path(testing::TempDir()) / "ska-threads-test";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const std::string spec =
      R"({"base":{"layers":[5,3],"steps":3},"vary":{"per_class":[1,2],"seed":{"from":0,"to":3}}})";
  const Sweep sweep = parse_sweep(std::vector<std::uint8_t>(spec.begin(), spec.end()), "sweep.json");
  const auto lines_of = [&](int workers) {
    const fs::path file = folder / (std::to_string(workers) + ".jsonl");
    std::ostringstream out, progress;
    sweep_command({.sweep = sweep, .out = file, .workers = workers}, out, progress);
    return text_of_file(file.string());
  };
  const std::string one = lines_of(1);
  EXPECT_EQ(lines_of(4), one);
  EXPECT_EQ(lines_of(8), one);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace ska::test
