// Tests that the results have the same bits in every build. The expected fingerprints are in two golden
// files, which another build has produced, so this compares compilers, optimisation levels, vector widths,
// thread counts and hosts.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/run.h"
#include "core/sampling.h"
#include "fixtures.h"

namespace ska::test {
namespace {

struct ExactRun {
  std::string name;
  std::int64_t samples = 0, features = 0;
  std::uint32_t lit = 0;  // nonzero pixels per 256; 0 selects the papers' digits
  Config config;
  std::string fingerprint;
};

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// Reads one of the two golden files. The second one has the columns of the variants before the fingerprint.
void add_exact_runs(const std::string& file, std::vector<ExactRun>& runs) {
  constexpr std::size_t plain_columns = 10;
  std::istringstream lines(text_of_file(golden_path(file)));
  std::string line;
  std::getline(lines, line);  // the header
  while (std::getline(lines, line)) {
    const std::vector<std::string> cells = parts_of(line, ',');
    Config config{.layers = {},
                  .steps = std::stoll(cells.at(5)),
                  .learning_rate = std::stod(cells.at(6)),
                  .seed = std::stoll(cells.at(7)),
                  .shift_term = cells.at(8) == "1"};
    for (const std::string& layer : parts_of(cells.at(4), '-')) config.layers.push_back(std::stoll(layer));
    if (cells.size() > plain_columns) {
      config.layer_input = layer_input_of(cells.at(9)).value();
      config.gradient_equation = std::stoll(cells.at(10));
    }
    runs.push_back({.name = cells.at(0),
                    .samples = std::stoll(cells.at(1)),
                    .features = std::stoll(cells.at(2)),
                    .lit = static_cast<std::uint32_t>(std::stoul(cells.at(3))),
                    .config = std::move(config),
                    .fingerprint = cells.back()});
  }
}

std::vector<ExactRun> exact_runs() {
  std::vector<ExactRun> runs;
  add_exact_runs("fingerprints.csv", runs);
  add_exact_runs("fingerprints-variants.csv", runs);
  return runs;
}

/// The same pixels as in tests/golden/exact-runs.js.
std::vector<std::uint8_t> pixels_of(const ExactRun& run) {
  if (run.lit == 0) return mnist().pixels(select_first(mnist().labels, {.classes = {}, .per_class = 100}));
  std::uint32_t x = 1;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(run.samples * run.features));
  for (std::uint8_t& pixel : pixels) {
    x ^= x << 13U;
    x ^= x >> 17U;
    x ^= x << 5U;
    pixel = static_cast<std::uint8_t>(x >> 24U < run.lit ? 1 + (x >> 8U) % 255 : 0);
  }
  return pixels;
}

void expect_fingerprint(const ExactRun& exact, const std::vector<std::uint8_t>& pixels,
                        const Execution& execution) {
  SCOPED_TRACE(testing::Message() << exact.name << ", " << execution.kernels->name << ", "
                                  << execution.threads << " threads");
  ska::Run run(exact.config, {.pixels = pixels, .samples = exact.samples, .features = exact.features},
               execution);
  while (run.status() == Status::ready) run.step();
  EXPECT_EQ(run.fingerprint(), exact.fingerprint);
}

TEST(Exact, RunsAreEnoughAndAwkward) { EXPECT_GE(exact_runs().size(), 6U); }

void PrintTo(const ExactRun& run, std::ostream* out) { *out << run.name; }

class EveryExactRun : public testing::TestWithParam<ExactRun> {};

TEST_P(EveryExactRun, HasTheSameBitsForEveryVectorWidthAndNumberOfThreads) {
  const ExactRun& exact = GetParam();
  Team team;
  const std::vector<std::uint8_t> pixels = pixels_of(exact);
  const bool small = exact.samples < 1000;
  for (const Kernels* const kernels : exact_kernels()) {
#if defined(SKA_SLOW_BUILD)
    if (!small) continue;  // the default run would take minutes without optimisation
#endif
    const bool preferred = kernels == exact_kernels().back();
    if (!small && !preferred) continue;  // the slower kernels only do the small runs
    expect_fingerprint(exact, pixels, {.kernels = kernels});
#if !defined(__EMSCRIPTEN__)  // these tests have no threads in WebAssembly; the tests of the module do
    for (const int threads : {2, 3, 8})
      expect_fingerprint(exact, pixels, {.kernels = kernels, .team = &team, .threads = threads});
#endif
  }
}

std::string test_name(const testing::TestParamInfo<ExactRun>& run) {
  std::string name = run.param.name;
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Golden, EveryExactRun, testing::ValuesIn(exact_runs()), test_name);

// ---- fingerprint of a run ----------------------------------------------------------------------

class SmallRun : public testing::Test {
 protected:
  ska::Run run(const Config& config, const Execution& execution = {}) const {
    return {config, {.pixels = pixels_, .samples = 20, .features = 30}, execution};
  }

  const std::vector<std::uint8_t> pixels_ = random_pixels(20 * 30, 60, 0.4);
  const Config config_{.layers = {7, 3}, .steps = 5, .learning_rate = 0.2};
};

std::string fingerprint_after(ska::Run& run, int steps) {
  for (int k = 0; k < steps; ++k) run.step();
  return run.fingerprint().value_or("none");
}

TEST_F(SmallRun, HasAFingerprintFromItsFirstStepOn) {
  ska::Run run = this->run(config_);
  EXPECT_EQ(run.fingerprint(), std::nullopt);
  const std::string first = fingerprint_after(run, 1);
  EXPECT_EQ(first.size(), 32U);
  EXPECT_EQ(run.fingerprint(), first) << "asking changes nothing";
  EXPECT_NE(fingerprint_after(run, 1), first);
}

TEST_F(SmallRun, HasAnotherFingerprintForEverySetting) {
  ska::Run run = this->run(config_);
  const std::string fingerprint = fingerprint_after(run, 5);
  Config other = config_;
  other.seed = 43;
  ska::Run other_seed = this->run(other);
  EXPECT_NE(fingerprint_after(other_seed, 5), fingerprint);
  other = config_;
  other.shift_term = false;
  ska::Run other_term = this->run(other);
  EXPECT_NE(fingerprint_after(other_term, 5), fingerprint);
  other = config_;
  other.layer_input = LayerInput::current;
  ska::Run other_input = this->run(other);
  EXPECT_NE(fingerprint_after(other_input, 5), fingerprint);
  other = config_;
  other.gradient_equation = 31;
  ska::Run other_equation = this->run(other);
  EXPECT_NE(fingerprint_after(other_equation, 5), fingerprint);
}

TEST_F(SmallRun, CountsWhatTheLastUpdateDidToTheWeights) {
  // Two runs whose steps differ by one agree in all records of the shorter run, but not in the weights.
  ska::Run run = this->run(config_);
  fingerprint_after(run, 2);
  Fingerprint records_only;
  ska::Run again = this->run(config_);
  for (int k = 0; k < 2; ++k) records_only.add(again.step());
  EXPECT_NE(run.fingerprint(), records_only.text());
  for (std::size_t l = 0; l < 2; ++l) {
    const Matrix weights = again.weights(l);
    const RowVector bias = again.bias(l);
    records_only.add(std::span(weights.data(), static_cast<std::size_t>(weights.size())));
    records_only.add(std::span(bias.data(), static_cast<std::size_t>(bias.size())));
  }
  EXPECT_EQ(run.fingerprint(), records_only.text()) << "records, then weights and biases layer after layer";
}

TEST_F(SmallRun, BeginsItsFingerprintAnewWhenItForgets) {
  ska::Run run = this->run(config_);
  fingerprint_after(run, 3);
  ska::Run fresh({.layers = {7, 3}, .steps = 5, .learning_rate = 0.2},
                 {.pixels = pixels_, .samples = 20, .features = 30},
                 {{run.weights(0), run.bias(0)}, {run.weights(1), run.bias(1)}});
  run.forget();
  EXPECT_EQ(run.fingerprint(), std::nullopt);
  EXPECT_EQ(fingerprint_after(run, 4), fingerprint_after(fresh, 4));
}

TEST_F(SmallRun, HasNoFingerprintOnceItFailed) {
  Config huge = config_;
  huge.learning_rate = 1e300;
  ska::Run run = this->run(huge);
  EXPECT_THROW(fingerprint_after(run, 5), NonFiniteError);
  EXPECT_EQ(run.fingerprint(), std::nullopt);
}

TEST_F(SmallRun, HasNoFingerprintByFastKernels) {
  const Kernels* const fast = fast_kernels().back();
  ska::Run run = this->run(config_, {.kernels = fast});
  fingerprint_after(run, 5);
  EXPECT_EQ(run.fingerprint().has_value(), fast->exact);
}

TEST_F(SmallRun, RefusesNumbersOfThreadsThatNoTeamHas) {
  for (const int threads : {0, -1, 65}) {
    EXPECT_THROW(run(config_, {.threads = threads}), std::invalid_argument) << threads;
  }
}

}  // namespace
}  // namespace ska::test
