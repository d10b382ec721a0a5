// Tests the life cycle of a run: steps, pausing, finishing, failing, extending and starting over.
#include "core/run.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/history.h"
#include "fixtures.h"
#include "messages.h"
#include "oracle.h"
#include "plain_kernels.h"

#if defined(__SANITIZE_ADDRESS__)
#define SKA_ADDRESS_SANITIZER
#elif !defined(__EMSCRIPTEN__)
#include <sys/resource.h>
#endif

namespace ska::test {
namespace {

using SkaRun = ska::Run;  // inside a test, Run would name testing::Test::Run

constexpr std::int64_t kSamples = 5, kFeatures = 9;

const std::vector<std::uint8_t>& pixels() {
  static const std::vector<std::uint8_t> values = random_pixels(kSamples * kFeatures, 41);
  return values;
}
Batch batch() { return {.pixels = pixels(), .samples = kSamples, .features = kFeatures}; }
Config config(std::int64_t steps) {
  return {.layers = {4, 3}, .steps = steps, .learning_rate = 0.3, .seed = 5};
}

/// The bits of a record, so NaN equals NaN and 0 does not equal −0.
std::vector<std::uint64_t> bits(std::span<const double> record) {
  std::vector<std::uint64_t> words;
  for (const double value : record) words.push_back(std::bit_cast<std::uint64_t>(value));
  return words;
}

using Records = std::vector<std::vector<std::uint64_t>>;

Records stepped(SkaRun& run) {
  Records records;
  while (run.status() == Status::ready) records.push_back(bits(run.step()));
  return records;
}

TEST(Run, StartsReady) {
  const SkaRun run(config(3), batch());
  EXPECT_EQ(run.status(), Status::ready);
  EXPECT_EQ(run.steps_done(), 0);
  EXPECT_EQ(run.layers(), 2U);
  EXPECT_EQ(run.config().steps, 3);
  EXPECT_EQ(run.layout().layers(), 2U);
  EXPECT_EQ(run.layout().outputs(), 3U);
}

TEST(Run, StartsFromTheSeedsWeights) {
  const SkaRun run(config(3), batch());
  const Network network = initial_network(kFeatures, {4, 3}, 5);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_EQ(run.weights(l), network[l].weights);
    EXPECT_EQ(run.bias(l), network[l].bias);
  }
}

TEST(Run, FinishesAfterItsSteps) {
  SkaRun run(config(2), batch());
  run.step();
  EXPECT_EQ(run.status(), Status::ready);
  EXPECT_EQ(run.steps_done(), 1);
  run.step();
  EXPECT_EQ(run.status(), Status::finished);
  EXPECT_EQ(run.steps_done(), 2);
}

TEST(Run, NumbersItsRecordsFromZero) {
  SkaRun run(config(3), batch());
  for (int k = 0; k < 3; ++k) EXPECT_EQ(run.step()[RecordLayout::step()], k);
}

TEST(Run, TakesNoStepAfterItsLast) {
  SkaRun run(config(2), batch());
  stepped(run);
  EXPECT_EQ(message_of<std::logic_error>([&] { run.step(); }), "The run has taken all of its 2 steps.");
  EXPECT_EQ(run.status(), Status::finished);
}

TEST(Run, IsTheSameEveryTime) {
  SkaRun one(config(8), batch()), other(config(8), batch());
  EXPECT_EQ(stepped(one), stepped(other));
}

TEST(Run, ShowsTheStateOfTheLastStep) {
  SkaRun run(config(3), batch());
  for (int k = 0; k < 3; ++k) {
    const auto record = run.step();
    for (std::size_t l = 0; l < 2; ++l) {
      const Matrix z = run.knowledge(l), d = run.decisions(l);
      // The squares of floats are exact in double. Their sum is rounded, here and in the engine.
      const double roundings = static_cast<double>(z.size() + 1) * 0x1p-52;
      EXPECT_NEAR(record[run.layout().of(Quantity::knowledge_norm, l)], frobenius(z),
                  roundings * frobenius(z));
      for (Eigen::Index i = 0; i < z.size(); ++i) {
        EXPECT_NEAR(d(i), 1 / (1 + std::exp(-static_cast<double>(z(i)))), kSigmoidError);
      }
      if (l == 1) {
        EXPECT_NEAR(record[run.layout().outputs_start() + 2], d.col(2).cast<double>().mean(), 0x1p-50);
      }
    }
  }
}

TEST(Run, RefusesALayerItDoesNotHave) {
  const SkaRun run(config(1), batch());
  EXPECT_THROW(run.weights(2), std::out_of_range);
  EXPECT_THROW(run.bias(2), std::out_of_range);
  EXPECT_THROW(run.knowledge(2), std::out_of_range);
  EXPECT_THROW(run.decisions(2), std::out_of_range);
}

TEST(Run, CanBeMoved) {
  SkaRun whole(config(6), batch()), first(config(6), batch());
  Records records;
  for (int k = 0; k < 3; ++k) records.push_back(bits(first.step()));
  SkaRun moved = std::move(first);
  for (const auto& record : stepped(moved)) records.push_back(record);
  EXPECT_EQ(records, stepped(whole));
}

TEST(Run, RefusesAFaultyConfiguration) {
  Config faulty = config(0);
  faulty.seed = -1;
  const std::string message =
      "The number of steps must be a whole number from 1 to 10000; 0 was given. "
      "The weight seed must be a whole number from 0 to 4294967295; -1 was given.";
  EXPECT_EQ(message_of<ConfigError>([&] { SkaRun(faulty, batch()); }), message);
  EXPECT_EQ(message_of<ConfigError>([&] { SkaRun(faulty, batch(), Network{}); }), message);
}

TEST(Run, RefusesABatchThatDoesNotMatch) {
  EXPECT_EQ(message_of<ConfigError>([] {
              SkaRun(config(1), {.pixels = pixels(), .samples = kSamples, .features = kFeatures + 1});
            }),
            "A batch of 5 samples with 10 pixels each does not match the 45 pixels given.");
}

TEST(Run, RefusesANetworkOfOtherShapes) {
  const auto said = [](const Network& network) {
    return message_of<std::invalid_argument>([&] { SkaRun(config(1), batch(), network); });
  };
  EXPECT_EQ(said({}), "The network given has 0 layers; the configuration has 2.");
  EXPECT_EQ(said(initial_network(kFeatures, {4, 3, 2}, 5)),
            "The network given has 3 layers; the configuration has 2.");
  EXPECT_EQ(
      said(initial_network(8, {4, 3}, 5)),
      "Layer 1 of the network given has 8 × 4 weights and 4 biases; the configuration needs 9 × 4 and 4.");
  EXPECT_EQ(
      said(initial_network(kFeatures, {4, 5}, 5)),
      "Layer 2 of the network given has 4 × 5 weights and 5 biases; the configuration needs 4 × 3 and 3.");
  Network lacks_a_bias = initial_network(kFeatures, {4, 3}, 5);
  lacks_a_bias[1].bias = RowVector::Zero(2);
  EXPECT_EQ(
      said(lacks_a_bias),
      "Layer 2 of the network given has 4 × 3 weights and 2 biases; the configuration needs 4 × 3 and 3.");
}

/// The weights and biases of a run in one vector: for each layer W row-major, then b.
std::vector<float> flat(const SkaRun& run) {
  std::vector<float> values;
  for (std::size_t l = 0; l < run.layers(); ++l) {
    const Matrix weights = run.weights(l);
    const RowVector bias = run.bias(l);
    values.insert(values.end(), weights.data(), weights.data() + weights.size());
    values.insert(values.end(), bias.data(), bias.data() + bias.size());
  }
  return values;
}

TEST(Run, ReadsGivenNumbersLayerByLayerWeightsBeforeBiases) {
  // 1 pixel → 2 neurons → 1 neuron.
  const std::vector<std::uint8_t> one_pixel{255};
  const std::vector<float> numbers{1, 2, 3, 4, 5, 6, 7};
  const SkaRun run({.layers = {2, 1}}, {one_pixel, 1, 1}, numbers);
  EXPECT_EQ(run.weights(0), (Matrix(1, 2) << 1, 2).finished());
  EXPECT_EQ(run.bias(0), (RowVector(2) << 3, 4).finished());
  EXPECT_EQ(run.weights(1), (Matrix(2, 1) << 5, 6).finished());
  EXPECT_EQ(run.bias(1), (RowVector(1) << 7).finished());
}

TEST(Run, FromGivenNumbersIsTheRunThatHadThem) {
  SkaRun run(config(4), batch());
  stepped(run);
  const std::vector<float> values = flat(run);
  EXPECT_EQ(values.size(), static_cast<std::size_t>(9 * 4 + 4 + 4 * 3 + 3));
  SkaRun started(config(4), batch(), values);
  run.forget();
  EXPECT_EQ(stepped(started), stepped(run));
  EXPECT_EQ(started.fingerprint(), run.fingerprint());
}

TEST(Run, RefusesNumbersThatAreNoNetwork) {
  const auto said = [](const std::vector<float>& values) {
    return message_of<std::invalid_argument>([&] { SkaRun(config(1), batch(), values); });
  };
  EXPECT_EQ(said(std::vector<float>(54)),
            "A network of these layers has 55 weights and biases; 54 were given.");
  EXPECT_EQ(said(std::vector<float>(56)),
            "A network of these layers has 55 weights and biases; 56 were given.");
  EXPECT_EQ(said(std::vector<float>()), "A network of these layers has 55 weights and biases; 0 were given.");
  std::vector<float> broken(55);
  broken[40] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(said(broken), "Weights and biases must be finite numbers; number 41 of those given is nan.");
  broken[40] = -std::numeric_limits<float>::infinity();
  EXPECT_EQ(said(broken), "Weights and biases must be finite numbers; number 41 of those given is -inf.");
  Config faulty = config(1);
  faulty.layers = {0};
  EXPECT_EQ(message_of<ConfigError>([&] { SkaRun(faulty, batch(), broken); }),
            "Layer 1 has 0 neurons; a layer has 1 to 4096.");
}

// ---- pausing and cancelling -----------------------------------------------------------------

TEST(Advance, IsTheSameAsStepping) {
  SkaRun run(config(8), batch()), other(config(8), batch());
  Records records;
  const std::int64_t taken = advance(run, [&](std::span<const double> record) {
    records.push_back(bits(record));
    return Wish::go_on;
  });
  EXPECT_EQ(taken, 8);
  EXPECT_EQ(run.status(), Status::finished);
  EXPECT_EQ(records, stepped(other));
}

TEST(Advance, PausesAndContinuesAsIfItHadNot) {
  SkaRun run(config(8), batch()), other(config(8), batch());
  Records records;
  const auto pause_after = [&](std::size_t records_made) {
    return advance(run, [&, records_made](std::span<const double> record) {
      records.push_back(bits(record));
      return records.size() == records_made ? Wish::pause : Wish::go_on;
    });
  };
  EXPECT_EQ(pause_after(1), 1);
  EXPECT_EQ(run.status(), Status::ready);
  EXPECT_EQ(pause_after(4), 3);
  EXPECT_EQ(run.status(), Status::ready);
  EXPECT_EQ(pause_after(0), 4);
  EXPECT_EQ(run.status(), Status::finished);
  EXPECT_EQ(records, stepped(other));
}

TEST(Advance, TakesAtMostAsManyStepsAsAsked) {
  SkaRun run(config(5), batch());
  const auto go_on = [](std::span<const double>) { return Wish::go_on; };
  EXPECT_EQ(advance(run, go_on, 0), 0);
  EXPECT_EQ(run.steps_done(), 0);
  EXPECT_EQ(advance(run, go_on, 3), 3);
  EXPECT_EQ(advance(run, go_on, 3), 2);
  EXPECT_EQ(advance(run, go_on, 3), 0);
}

TEST(Advance, CancelsForGood) {
  SkaRun run(config(5), batch());
  const std::int64_t taken = advance(run, [](std::span<const double> record) {
    return record[RecordLayout::step()] == 2 ? Wish::cancel : Wish::go_on;
  });
  EXPECT_EQ(taken, 3);
  EXPECT_EQ(run.status(), Status::cancelled);
  EXPECT_EQ(run.steps_done(), 3);
  EXPECT_EQ(advance(run, [](std::span<const double>) { return Wish::go_on; }), 0);
  EXPECT_EQ(message_of<std::logic_error>([&] { run.step(); }),
            "The run was cancelled or has failed, and takes no further step.");
  run.forget();
  EXPECT_EQ(run.status(), Status::cancelled);
}

TEST(Advance, LeavesARunThatFinishedWithTheCancelFinished) {
  SkaRun run(config(2), batch());
  advance(run, [](std::span<const double> record) {
    return record[RecordLayout::step()] == 1 ? Wish::cancel : Wish::go_on;
  });
  EXPECT_EQ(run.status(), Status::finished);
}

// ---- starting over --------------------------------------------------------------------------

TEST(Forget, GoesOnLearningFromTheWeightsItHas) {
  const Network network = lively_network(kFeatures, {4, 3}, 42);
  SkaRun run(config(4), batch(), network);
  Oracle oracle(config(4), batch(), network);
  for (int round = 0; round < 3; ++round) {
    for (int k = 0; k < 4; ++k) {
      SCOPED_TRACE("round " + std::to_string(round) + ", step " + std::to_string(k));
      // Each round starts from the weights that the oracle kept, not from the engine's.
      if (k > 0) oracle.adopt(run);
      oracle.step();
      const auto record = run.step();
      EXPECT_EQ(record[RecordLayout::step()], k);
      for (std::size_t l = 0; l < 2; ++l) {
        for (const Quantity quantity : all_quantities) {
          const double value = record[run.layout().of(quantity, l)];
          if (k == 0 && quantity != Quantity::knowledge_norm) {
            EXPECT_TRUE(std::isnan(value)) << "what was before is forgotten";
          } else {
            EXPECT_NEAR(value, oracle.at(quantity, l).value, oracle.at(quantity, l).tolerance);
          }
        }
      }
    }
    EXPECT_EQ(run.status(), Status::finished);
    run.forget();
    oracle.forget();
    EXPECT_EQ(run.status(), Status::ready);
    EXPECT_EQ(run.steps_done(), 0);
  }
}

TEST(Forget, IsARunFromThoseWeightsBitForBit) {
  SkaRun run(config(4), batch());
  run.step();
  run.step();  // not all steps: `forget` also works in the middle of a run
  SkaRun fresh(config(4), batch(), {{run.weights(0), run.bias(0)}, {run.weights(1), run.bias(1)}});
  run.forget();
  EXPECT_EQ(stepped(run), stepped(fresh));
}

// ---- extending beyond K ---------------------------------------------------------------------

/// Expects two runs to have the same status, weights, state and fingerprint.
void expect_same_end(const SkaRun& run, const SkaRun& other) {
  EXPECT_EQ(run.status(), other.status());
  EXPECT_EQ(run.steps_done(), other.steps_done());
  EXPECT_EQ(run.config().steps, other.config().steps);
  for (std::size_t l = 0; l < run.layers(); ++l) {
    EXPECT_EQ(run.weights(l), other.weights(l));
    EXPECT_EQ(run.bias(l), other.bias(l));
    EXPECT_EQ(run.knowledge(l), other.knowledge(l));
  }
  EXPECT_EQ(run.fingerprint(), other.fingerprint());
}

TEST(Extend, IsALongerRunFromTheStartBitForBit) {
  for (const std::int64_t first : {1, 2, 5}) {
    SCOPED_TRACE("from " + std::to_string(first) + " steps");
    SkaRun run(config(first), batch()), whole(config(9), batch());
    Records records = stepped(run);
    run.extend(6);
    for (auto& record : stepped(run)) records.push_back(record);
    EXPECT_EQ(run.status(), Status::finished);
    run.extend(9);
    for (auto& record : stepped(run)) records.push_back(record);
    EXPECT_EQ(records, stepped(whole));
    expect_same_end(run, whole);
  }
}

TEST(Extend, WorksInTheMiddleOfARun) {
  SkaRun run(config(4), batch()), whole(config(7), batch());
  run.step();
  run.step();
  run.extend(7);
  EXPECT_EQ(run.status(), Status::ready);
  EXPECT_EQ(run.steps_done(), 2);
  stepped(run);
  stepped(whole);
  expect_same_end(run, whole);
}

TEST(Extend, ToTheStepsDoneEndsTheRunThere) {
  SkaRun run(config(4), batch()), shorter(config(2), batch());
  run.step();
  run.step();
  run.extend(2);
  EXPECT_EQ(run.status(), Status::finished);
  stepped(shorter);
  expect_same_end(run, shorter);
}

TEST(Extend, HoldsForWhatFollowsAForget) {
  SkaRun run(config(3), batch());
  stepped(run);
  run.extend(5);
  stepped(run);
  run.forget();
  EXPECT_EQ(stepped(run).size(), 5U);
}

TEST(Extend, RefusesFewerStepsThanDoneAndMoreThanARunTakes) {
  SkaRun run(config(3), batch());
  const auto said = [&](std::int64_t steps) { return message_of<ConfigError>([&] { run.extend(steps); }); };
  stepped(run);
  EXPECT_EQ(said(2), "The run has taken 3 steps and can be extended to 3 to 10000; 2 were given.");
  EXPECT_EQ(said(0), "The number of steps must be a whole number from 1 to 10000; 0 was given.");
  EXPECT_EQ(said(-1), "The number of steps must be a whole number from 1 to 10000; -1 was given.");
  EXPECT_EQ(said(10'001), "The number of steps must be a whole number from 1 to 10000; 10001 was given.");
  EXPECT_EQ(said(std::numeric_limits<std::int64_t>::max()),
            "The number of steps must be a whole number from 1 to 10000; 9223372036854775807 was given.");
  EXPECT_EQ(run.status(), Status::finished);
  EXPECT_EQ(run.config().steps, 3);
  run.extend(10'000);
  EXPECT_EQ(run.status(), Status::ready);
}

TEST(Extend, RevivesNoRunThatIsCancelledOrFailed) {
  const std::string message = "The run was cancelled or has failed, and cannot be extended.";
  SkaRun cancelled(config(3), batch());
  cancelled.cancel();
  EXPECT_EQ(message_of<std::logic_error>([&] { cancelled.extend(5); }), message);
  EXPECT_EQ(cancelled.status(), Status::cancelled);
  Config huge = config(10);
  huge.learning_rate = 1e300;
  SkaRun failed(huge, batch());
  EXPECT_THROW(stepped(failed), NonFiniteError);
  EXPECT_EQ(message_of<std::logic_error>([&] { failed.extend(20); }), message);
  EXPECT_EQ(failed.status(), Status::failed);
}

// ---- numbers that are not finite ------------------------------------------------------------

/// The error with which the run fails. Fails the test if there is none.
NonFiniteError failure_of(SkaRun& run) {
  try {
    stepped(run);
  } catch (const NonFiniteError& error) {
    return error;
  }
  ADD_FAILURE() << "the run did not fail";
  return {-1, 0, "nothing"};
}

TEST(NonFinite, StopsAHugeLearningRateWhereItHappens) {
  // Weights beyond the range of float: the first update, at step 1, makes them infinite.
  Config huge = config(10);
  huge.learning_rate = 1e300;
  SkaRun run(huge, batch());
  const NonFiniteError error = failure_of(run);
  EXPECT_STREQ(
      error.what(),
      "The run stopped at step 1, layer 1: ‖W‖ is no longer a finite number. A smaller learning rate "
      "keeps the numbers finite.");
  EXPECT_EQ(error.step(), 1);
  EXPECT_EQ(error.layer(), 0U);
  EXPECT_EQ(run.status(), Status::failed);
}

TEST(NonFinite, NamesTheLayer) {
  Network network = lively_network(kFeatures, {4, 3}, 42);
  network[1].weights.setConstant(std::numeric_limits<float>::max());
  network[1].bias.setConstant(std::numeric_limits<float>::max());
  SkaRun run(config(10), batch(), network);
  const NonFiniteError error = failure_of(run);
  EXPECT_STREQ(
      error.what(),
      "The run stopped at step 0, layer 2: ‖Z‖ is no longer a finite number. A smaller learning rate "
      "keeps the numbers finite.");
  EXPECT_EQ(error.step(), 0);
  EXPECT_EQ(error.layer(), 1U);
}

TEST(NonFinite, SeesABiasThatNoOtherNumberShows) {
  // Black pixels leave the weights unchanged, so only the bias overflows. It does so in the last step, which
  // no further step observes.
  constexpr std::int64_t samples = 1000;
  const std::vector<std::uint8_t> black(samples, 0);
  Network network{{.weights = Matrix::Zero(1, 1), .bias = RowVector::Ones(1)}};
  Config last_step{.layers = {1}, .steps = 2};
  last_step.learning_rate = 2e39;  // η/N fits into a float, but η times the mean gradient of −0.28 does not
  SkaRun run(last_step, {black, samples, 1}, std::move(network));
  const NonFiniteError error = failure_of(run);
  EXPECT_NE(std::string(error.what()).find("step 1, layer 1: the bias is no longer"), std::string::npos);
}

TEST(NonFinite, StopsAtWeightsThatAreNoNumbers) {
  Network network = lively_network(kFeatures, {4, 3}, 42);
  network[0].weights(2, 1) = std::numeric_limits<float>::quiet_NaN();
  SkaRun run(config(10), batch(), network);
  EXPECT_EQ(failure_of(run).step(), 0);
}

TEST(NonFinite, EndsTheRun) {
  Config huge = config(10);
  huge.learning_rate = 1e300;
  SkaRun run(huge, batch());
  failure_of(run);
  EXPECT_EQ(message_of<std::logic_error>([&] { run.step(); }),
            "The run was cancelled or has failed, and takes no further step.");
  run.forget();
  run.cancel();
  EXPECT_EQ(run.status(), Status::failed);
}

TEST(NonFinite, IsNotReachedByLargeNumbersThatAreFinite) {
  Config large = config(10);
  large.learning_rate = 1e6;
  SkaRun run(large, batch());
  EXPECT_EQ(stepped(run).size(), 10U);
  EXPECT_EQ(run.status(), Status::finished);
}

// ---- too large for the memory ---------------------------------------------------------------

#if !defined(SKA_ADDRESS_SANITIZER)  // it ends the program when an allocation fails

#if defined(__EMSCRIPTEN__)
struct [[maybe_unused]] MemoryLimit {};  // WebAssembly has 4 GB, the range of its size_t
#else
/// Limits the address space of the process to 2 GB while it exists.
/// Without it the system may overcommit memory.
class MemoryLimit {
 public:
  MemoryLimit() {
    getrlimit(RLIMIT_AS, &before_);
    rlimit lower = before_;
    lower.rlim_cur = rlim_t{2} << 30;
    setrlimit(RLIMIT_AS, &lower);
  }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
  ~MemoryLimit() { setrlimit(RLIMIT_AS, &before_); }

 private:
  rlimit before_{};
};
#endif

TEST(Memory, OfARunThatIsTooLargeIsRefusedInWords) {
  const std::vector<std::uint8_t> pixel_each(1'000'000, 1);
  const Batch large{.pixels = pixel_each, .samples = 1'000'000, .features = 1};
  const MemoryLimit limit;
  // Z and D of 10⁶ samples, D and g of two blocks of 256, W and its sums for 16 inputs, each 4096 floats
  // wide: (2·10⁶ + 1024 + 32) · 16 384 bytes.
  EXPECT_EQ(
      message_of<MemoryError>([&] { SkaRun({.layers = {4096}}, large); }),
      "This run does not fit in memory: 1000000 samples through these layers need about 32786 MB. Fewer "
      "samples or smaller layers need less.");
}

TEST(Memory, OfWeightsThatAreTooManyIsRefusedInWords) {
  const std::vector<std::uint8_t> wide(1'000'000, 1);
  const Batch large{.pixels = wide, .samples = 1, .features = 1'000'000};
  const MemoryLimit limit;
  // As above for one sample: (2 + 4 + 2·10⁶) · 16 384 bytes.
  EXPECT_EQ(
      message_of<MemoryError>([&] { SkaRun({.layers = {4096}}, large); }),
      "This run does not fit in memory: 1 samples through these layers need about 32769 MB. Fewer samples "
      "or smaller layers need less.");
}

#endif

}  // namespace
}  // namespace ska::test
