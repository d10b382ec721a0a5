// Tests the equations of a step: cases computed by hand, consequences of the equations, and odd shapes
// against the oracle.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/history.h"
#include "core/run.h"
#include "fixtures.h"
#include "oracle.h"

namespace ska::test {
namespace {

using SkaRun = ska::Run;  // inside a test, Run would name testing::Test::Run

const double kLn2 = std::numbers::ln2;

constexpr std::array kFromStepOne{Quantity::entropy, Quantity::cosine,     Quantity::tensor_net,
                                  Quantity::flow,    Quantity::lagrangian, Quantity::weight_norm};

Network single_neuron(double weight, double bias) {
  return {{.weights = Matrix::Constant(1, 1, static_cast<float>(weight)),
           .bias = RowVector::Constant(1, static_cast<float>(bias))}};
}

History history_of(SkaRun& run) {
  History history(run.layout(), static_cast<std::size_t>(run.config().steps));
  while (run.status() == Status::ready) history.append(run.step());
  return history;
}

// ---- computed by hand -----------------------------------------------------------------------

// One sample x = 1 and one neuron with w = ln 3 and b = 0, so Z = ln 3 and D = σ(ln 3) = 3/4.
//
// Step 0: no previous step to compare with, and no update.
// Step 1: Z and D have not changed, so ΔZ = ΔD = 0. Z·D·(1−D) = ln 3 · 3/16, so
//         g = −(1/ln 2) · ln 3 · 3/16; with N = 1 and x = 1 both w and b grow by δ = η · 3 ln 3 / (16 ln 2).
// Step 2: Z = (w + δ)·1 + (b + δ) = ln 3 + 2δ. η is chosen so that δ = ln(7/3)/2: then Z = ln 7 and D = 7/8.
//         ΔZ = ln(7/3), ΔD = 1/8, Z·D·(1−D) = ln 7 · 7/64.
//         entropy      −(1/ln 2) · ln 7 / 8
//         cosine       1, because Z and ΔD are single positive numbers
//         tensor net   ln(7/3) · (7/8 − (1/ln 2) · ln 7 · 7/64)
//         flow         ln(7/3) / η
//         Lagrangian   −ln 7 · 7/64 · ln(7/3) / η
//         g = −(1/ln 2)(ln 7 · 7/64 + 1/8), and w and b change by −η·g.
//
// The engine's floats have single rounding errors of numbers up to 4. After the divisions by η = 1.43 and the
// differences of such numbers, the error stays below 2⁻²⁰, relative to 1.
class OneNeuron : public testing::Test {
 protected:
  static constexpr double kTolerance = 0x1p-20;

  void expect_step(std::span<const double> record, double z_norm, double output) const {
    EXPECT_NEAR(record[layout().of(Quantity::knowledge_norm, 0)], z_norm, kTolerance);
    EXPECT_NEAR(record[layout().outputs_start()], output, kTolerance);
  }
  void expect_network(double weight, double bias) const {
    EXPECT_NEAR(run_.weights(0)(0, 0), weight, kTolerance);
    EXPECT_NEAR(run_.bias(0)(0), bias, kTolerance);
  }
  const RecordLayout& layout() const { return run_.layout(); }

  const double ln3_ = std::log(3.0), ln7_ = std::log(7.0), ln7_3_ = std::log(7.0 / 3.0);
  const double delta_ = ln7_3_ / 2;
  const double rate_ = delta_ * 16 * kLn2 / (3 * ln3_);
  const std::vector<std::uint8_t> x_{255};  // 1 as a pixel
  SkaRun run_{{.layers = {1}, .steps = 3, .learning_rate = rate_},
              {.pixels = x_, .samples = 1, .features = 1},
              single_neuron(ln3_, 0)};
};

TEST_F(OneNeuron, Step0OnlyLooks) {
  const auto record = run_.step();
  EXPECT_EQ(record[RecordLayout::step()], 0);
  expect_step(record, ln3_, 3.0 / 4);
  expect_network(ln3_, 0);
}

TEST_F(OneNeuron, Step1LearnsFromAStandingStart) {
  run_.step();
  const auto record = run_.step();
  EXPECT_EQ(record[RecordLayout::step()], 1);
  expect_step(record, ln3_, 3.0 / 4);
  for (const Quantity quantity :
       {Quantity::entropy, Quantity::cosine, Quantity::tensor_net, Quantity::flow, Quantity::lagrangian}) {
    EXPECT_EQ(record[layout().of(quantity, 0)], 0);
  }
  expect_network(ln3_ + delta_, delta_);
  EXPECT_NEAR(record[layout().of(Quantity::weight_norm, 0)], ln3_ + delta_, kTolerance);
}

TEST_F(OneNeuron, Step2MeasuresTheChange) {
  run_.step();
  run_.step();
  const auto record = run_.step();
  EXPECT_EQ(record[RecordLayout::step()], 2);
  expect_step(record, ln7_, 7.0 / 8);

  const double z_slope = ln7_ * 7 / 64;
  const auto value = [&](Quantity quantity) { return record[layout().of(quantity, 0)]; };
  EXPECT_NEAR(value(Quantity::entropy), -ln7_ / 8 / kLn2, kTolerance);
  EXPECT_NEAR(value(Quantity::cosine), 1, kTolerance);
  EXPECT_NEAR(value(Quantity::tensor_net), ln7_3_ * (7.0 / 8 - z_slope / kLn2), kTolerance);
  EXPECT_NEAR(value(Quantity::flow), ln7_3_ / rate_, kTolerance);
  EXPECT_NEAR(value(Quantity::lagrangian), -z_slope * ln7_3_ / rate_, kTolerance);
  EXPECT_EQ(record[RecordLayout::total_entropy()], value(Quantity::entropy));

  const double growth = rate_ * (z_slope + 1.0 / 8) / kLn2;
  expect_network(ln3_ + delta_ + growth, delta_ + growth);
  EXPECT_NEAR(value(Quantity::weight_norm), ln3_ + delta_ + growth, kTolerance);
}

// As above with a second sample x = 0. Its Z is b = 0 at steps 0 and 1, so its part of g is 0. The updates of
// step 1 are means over the two samples, so w and b grow by half as much, δ/2.
TEST_F(OneNeuron, UpdateIsAMeanOverSamples) {
  const std::vector<std::uint8_t> x{255, 0};
  SkaRun run({.layers = {1}, .steps = 3, .learning_rate = rate_}, {.pixels = x, .samples = 2, .features = 1},
             single_neuron(ln3_, 0));
  run.step();
  run.step();
  EXPECT_NEAR(run.weights(0)(0, 0), ln3_ + delta_ / 2, kTolerance);
  EXPECT_NEAR(run.bias(0)(0), delta_ / 2, kTolerance);

  // Step 2: Z = (ln 3 + δ, δ/2); the mean of D is the record's output.
  const auto record = run.step();
  const double z[] = {ln3_ + delta_, delta_ / 2};
  const auto sigma = [](double v) { return 1 / (1 + std::exp(-v)); };
  EXPECT_NEAR(record[run.layout().outputs_start()], (sigma(z[0]) + sigma(z[1])) / 2, kTolerance);
  EXPECT_NEAR(record[run.layout().of(Quantity::knowledge_norm, 0)], std::hypot(z[0], z[1]), kTolerance);
  const double z_delta_d = z[0] * (sigma(z[0]) - 3.0 / 4) + z[1] * (sigma(z[1]) - 1.0 / 2);
  EXPECT_NEAR(record[run.layout().of(Quantity::entropy, 0)], -z_delta_d / kLn2, kTolerance);
  const double delta_d_norm = std::hypot(sigma(z[0]) - 3.0 / 4, sigma(z[1]) - 1.0 / 2);
  // ‖ΔD‖ is 0.12 here, and the cosine is divided by both norms, so the tolerance is eight times as large.
  EXPECT_NEAR(record[run.layout().of(Quantity::cosine, 0)],
              z_delta_d / (std::hypot(z[0], z[1]) * delta_d_norm), 8 * kTolerance);
}

// A second layer of one neuron with w₂ = (4/3) ln 3 and b₂ = 0. At steps 0 and 1 its input is D = 3/4, so it
// also has Z = ln 3, D = 3/4 and g = −(1/ln 2) · ln 3 · 3/16.
//
// Step 1: w₂ grows by 3/4·δ, because its input is D₁ = 3/4, and b₂ by δ.
// Step 2: D of layer 1 is now 7/8, so Z₂ = 7/8·(4/3 ln 3 + 3/4·δ) + δ. The update multiplies g₂ by D of
//         layer 1 at step 1, so w₂ changes by −η·3/4·g₂. With D of step 2 it would be −η·7/8·g₂.
TEST_F(OneNeuron, LayerTwoLearnsFromThePreviousStepsDecisions) {
  Network network = single_neuron(ln3_, 0);
  network.push_back(single_neuron(4.0 / 3 * ln3_, 0)[0]);
  SkaRun run({.layers = {1, 1}, .steps = 3, .learning_rate = rate_},
             {.pixels = x_, .samples = 1, .features = 1}, network);
  run.step();
  run.step();
  EXPECT_NEAR(run.weights(1)(0, 0), 4.0 / 3 * ln3_ + 0.75 * delta_, kTolerance);
  EXPECT_NEAR(run.bias(1)(0), delta_, kTolerance);

  const auto record = run.step();
  const double z = 7.0 / 8 * (4.0 / 3 * ln3_ + 0.75 * delta_) + delta_;
  const double d = 1 / (1 + std::exp(-z));
  const double gradient = -(z * d * (1 - d) + d - 0.75) / kLn2;
  EXPECT_NEAR(record[run.layout().of(Quantity::knowledge_norm, 1)], z, kTolerance);
  EXPECT_NEAR(record[run.layout().of(Quantity::entropy, 1)], -z * (d - 0.75) / kLn2, kTolerance);
  EXPECT_NEAR(record[RecordLayout::total_entropy()], -ln7_ / 8 / kLn2 - z * (d - 0.75) / kLn2, kTolerance);
  EXPECT_NEAR(run.weights(1)(0, 0), 4.0 / 3 * ln3_ + 0.75 * delta_ - rate_ * 0.75 * gradient, kTolerance);
  EXPECT_NEAR(run.bias(1)(0), delta_ - rate_ * gradient, kTolerance);
}

// The same two layers with the current layer input. At step 1, D has not changed since step 0, so the update
// is the same. Step 2 measures the same, and its update multiplies g₂ by the current D of layer 1: w₂ changes
// by −η·7/8·g₂. b₂ and layer 1, whose input is always X, are as before.
TEST_F(OneNeuron, LayerTwoLearnsFromTheCurrentStepsDecisionsWhereThatIsAskedFor) {
  Network network = single_neuron(ln3_, 0);
  network.push_back(single_neuron(4.0 / 3 * ln3_, 0)[0]);
  SkaRun run({.layers = {1, 1}, .steps = 3, .learning_rate = rate_, .layer_input = LayerInput::current},
             {.pixels = x_, .samples = 1, .features = 1}, network);
  run.step();
  run.step();
  EXPECT_NEAR(run.weights(1)(0, 0), 4.0 / 3 * ln3_ + 0.75 * delta_, kTolerance);
  EXPECT_NEAR(run.bias(1)(0), delta_, kTolerance);

  const auto record = run.step();
  const double z = 7.0 / 8 * (4.0 / 3 * ln3_ + 0.75 * delta_) + delta_;
  const double d = 1 / (1 + std::exp(-z));
  const double gradient = -(z * d * (1 - d) + d - 0.75) / kLn2;
  EXPECT_NEAR(record[run.layout().of(Quantity::entropy, 1)], -z * (d - 0.75) / kLn2, kTolerance);
  EXPECT_NEAR(run.weights(1)(0, 0), 4.0 / 3 * ln3_ + 0.75 * delta_ - rate_ * 0.875 * gradient, kTolerance);
  EXPECT_NEAR(run.bias(1)(0), delta_ - rate_ * gradient, kTolerance);
  const double first_growth = rate_ * (ln7_ * 7 / 64 + 1.0 / 8) / kLn2;
  EXPECT_NEAR(run.weights(0)(0, 0), ln3_ + delta_ + first_growth, kTolerance);
  EXPECT_NEAR(run.bias(0)(0), delta_ + first_growth, kTolerance);
}

// Equation (31) with one layer. At step 1 ΔD = 0, so w and b grow by δ as before. Step 2 measures the same,
// and g = −(1/ln 2) · ln 7 · 7/64 − 1/8.
TEST_F(OneNeuron, Equation31LeavesTheShiftUndividedByLn2) {
  SkaRun run({.layers = {1}, .steps = 3, .learning_rate = rate_, .gradient_equation = 31},
             {.pixels = x_, .samples = 1, .features = 1}, single_neuron(ln3_, 0));
  run.step();
  run.step();
  EXPECT_NEAR(run.weights(0)(0, 0), ln3_ + delta_, kTolerance);
  const auto record = run.step();
  EXPECT_NEAR(record[run.layout().of(Quantity::entropy, 0)], -ln7_ / 8 / kLn2, kTolerance);
  const double growth = rate_ * (ln7_ * 7 / 64 / kLn2 + 1.0 / 8);
  EXPECT_NEAR(run.weights(0)(0, 0), ln3_ + delta_ + growth, kTolerance);
  EXPECT_NEAR(run.bias(0)(0), delta_ + growth, kTolerance);
}

// ---- consequences of the equations ----------------------------------------------------------

/// Seven samples of eleven features through layers of 6, 4 and 3 neurons,
/// with weights that make all quantities large.
class SmallRun : public testing::Test {
 protected:
  static constexpr std::int64_t kSamples = 7, kFeatures = 11;

  Config config(std::int64_t steps) const {
    return {.layers = {6, 4, 3}, .steps = steps, .learning_rate = 0.2};
  }
  Batch batch() const { return {.pixels = pixels_, .samples = kSamples, .features = kFeatures}; }
  SkaRun run(std::int64_t steps) const { return {config(steps), batch(), network_}; }

  const std::vector<std::uint8_t> pixels_ = random_pixels(kSamples * kFeatures, 21);
  const Network network_ = lively_network(kFeatures, {6, 4, 3}, 22);
};

TEST_F(SmallRun, Step0ChangesNothing) {
  SkaRun run = this->run(2);
  run.step();
  for (std::size_t l = 0; l < run.layers(); ++l) {
    EXPECT_EQ(run.weights(l), network_[l].weights) << "layer " << l + 1;
    EXPECT_EQ(run.bias(l), network_[l].bias) << "layer " << l + 1;
  }
}

TEST_F(SmallRun, FirstRecordsAreExactlyZeroAndKnowledgeRepeats) {
  SkaRun run = this->run(3);
  const History history = history_of(run);
  for (std::size_t l = 0; l < run.layers(); ++l) {
    for (const Quantity quantity :
         {Quantity::entropy, Quantity::cosine, Quantity::tensor_net, Quantity::flow, Quantity::lagrangian}) {
      EXPECT_EQ(history.at(quantity, l, 0), 0);
      EXPECT_FALSE(std::signbit(history.at(quantity, l, 0))) << "−0 would be shown as such";
      EXPECT_NE(history.at(quantity, l, 1), 0);
    }
    EXPECT_EQ(history.at(Quantity::knowledge_norm, l, 0), history.at(Quantity::knowledge_norm, l, 1));
    EXPECT_NE(history.at(Quantity::knowledge_norm, l, 1), history.at(Quantity::knowledge_norm, l, 2));
  }
  EXPECT_EQ(history.total_entropy(0), 0);
}

TEST_F(SmallRun, OfOneStepRecordsOutputsAndKnowledgeOnly) {
  SkaRun run = this->run(1);
  const auto record = run.step();
  EXPECT_EQ(run.status(), Status::finished);
  for (std::size_t l = 0; l < run.layers(); ++l) {
    EXPECT_GT(record[run.layout().of(Quantity::knowledge_norm, l)], 0);
    for (const Quantity quantity : kFromStepOne)
      EXPECT_TRUE(std::isnan(record[run.layout().of(quantity, l)]));
  }
  EXPECT_TRUE(std::isnan(record[RecordLayout::total_entropy()]));
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_GT(record[run.layout().outputs_start() + j], 0);
    EXPECT_LT(record[run.layout().outputs_start() + j], 1);
  }
}

TEST_F(SmallRun, LastUpdateIsNeverObserved) {
  // The last step updates the weights like any other, but only a longer run observes the result.
  SkaRun shorter = this->run(4), longer = this->run(5);
  const History four = history_of(shorter), five = history_of(longer);
  for (std::size_t l = 0; l < 3; ++l) {
    for (const Quantity quantity : all_quantities) {
      for (std::size_t i = 0; i < four.records(quantity); ++i) {
        EXPECT_EQ(four.at(quantity, l, i), five.at(quantity, l, i)) << "record " << i + 1;
      }
    }
    // The last Z was computed with the weights before the last update.
    SkaRun observer({.layers = {6, 4, 3}, .steps = 1}, batch(),
                    {{shorter.weights(0), shorter.bias(0)},
                     {shorter.weights(1), shorter.bias(1)},
                     {shorter.weights(2), shorter.bias(2)}});
    observer.step();
    EXPECT_NE(shorter.knowledge(l), observer.knowledge(l));
    EXPECT_EQ(longer.knowledge(l), observer.knowledge(l)) << "step 4 looks with the weights that step 3 left";
  }
}

TEST_F(SmallRun, EntropyScalesWithSamplesAndTheWeightsDoNot) {
  // Every sample twice: sums over samples double, and means do not change.
  std::vector<std::uint8_t> doubled = pixels_;
  doubled.insert(doubled.end(), pixels_.begin(), pixels_.end());
  Oracle oracle(config(6), batch(), network_);
  SkaRun twice(config(6), {.pixels = doubled, .samples = 2 * kSamples, .features = kFeatures}, network_);
  for (std::int64_t k = 0; k < 6; ++k) {
    oracle.adopt(twice);
    oracle.step();
    const auto record = twice.step();
    for (std::size_t l = 0; l < 3 && k > 0; ++l) {
      SCOPED_TRACE("step " + std::to_string(k) + ", layer " + std::to_string(l + 1));
      // Twice the samples have twice the error in sums;
      // the number of samples is also part of the bound for the mean.
      for (const Quantity quantity : {Quantity::entropy, Quantity::tensor_net, Quantity::lagrangian}) {
        const Expected once = oracle.at(quantity, l);
        EXPECT_NEAR(record[twice.layout().of(quantity, l)], 2 * once.value, 4 * once.tolerance);
      }
      const Expected flow = oracle.at(Quantity::flow, l), norm = oracle.at(Quantity::weight_norm, l);
      EXPECT_NEAR(record[twice.layout().of(Quantity::flow, l)], std::sqrt(2.0) * flow.value,
                  4 * flow.tolerance);
      EXPECT_NEAR(record[twice.layout().of(Quantity::weight_norm, l)], norm.value, 4 * norm.tolerance);
    }
  }
}

TEST_F(SmallRun, ShiftTermIsPartOfTheGradientOnly) {
  Config without = config(4);
  without.shift_term = false;
  SkaRun with_shift = this->run(4), without_shift(without, batch(), network_);
  // At step 1 ΔD is 0, so the variants first differ in the update of step 2,
  // which step 3 is the first to observe.
  for (std::int64_t k = 0; k < 3; ++k) {
    const auto a = with_shift.step(), b = without_shift.step();
    for (std::size_t l = 0; l < 3; ++l) {
      for (const Quantity quantity : all_quantities) {
        const double value = a[with_shift.layout().of(quantity, l)],
                     other = b[with_shift.layout().of(quantity, l)];
        if (k == 2 && quantity == Quantity::weight_norm) {
          EXPECT_NE(value, other) << "layer " << l + 1;
        } else if (!std::isnan(value)) {
          EXPECT_EQ(value, other) << "step " << k << ", layer " << l + 1;
        }
      }
    }
  }
}

TEST_F(SmallRun, EquationsAreOneWithoutTheShiftTerm) {
  Config one = config(6), other = config(6);
  one.shift_term = other.shift_term = false;
  other.gradient_equation = 31;
  SkaRun equation22(one, batch(), network_), equation31(other, batch(), network_);
  while (equation22.status() == Status::ready) equation22.step();
  while (equation31.status() == Status::ready) equation31.step();
  EXPECT_EQ(equation31.fingerprint(), equation22.fingerprint());
}

TEST_F(SmallRun, LayerInputMattersAboveTheFirstLayerAndFromStep2) {
  Config other = config(3);
  other.layer_input = LayerInput::current;
  SkaRun previous = this->run(3), current(other, batch(), network_);
  // At step 1 nothing has changed yet, so D of this step and of the previous one are equal.
  for (int k = 0; k < 2; ++k) {
    previous.step();
    current.step();
  }
  EXPECT_EQ(current.fingerprint(), previous.fingerprint());
  previous.step();
  current.step();
  EXPECT_EQ(current.weights(0), previous.weights(0));
  for (std::size_t l = 1; l < 3; ++l) {
    EXPECT_NE(current.weights(l), previous.weights(l)) << "layer " << l + 1;
    EXPECT_EQ(current.bias(l), previous.bias(l)) << "layer " << l + 1;
  }
}

TEST_F(SmallRun, CosineLiesBetweenMinusOneAndOne) {
  SkaRun run = this->run(30);
  const History history = history_of(run);
  for (std::size_t l = 0; l < 3; ++l) {
    for (std::size_t i = 0; i < history.records(Quantity::cosine); ++i) {
      // The Cauchy–Schwarz inequality, up to a few roundings in double.
      EXPECT_LE(std::abs(history.at(Quantity::cosine, l, i)), 1 + 1e-15 * 21);
    }
  }
}

TEST(Cosine, IsZeroWhereKnowledgeIsZero) {
  // Weights and biases of 0 never change: Z = 0, so Z·D·(1−D) = 0, and D stays 1/2.
  const std::vector<std::uint8_t> pixels{255, 255};
  SkaRun run({.layers = {2}, .steps = 3}, {.pixels = pixels, .samples = 1, .features = 2},
             {{.weights = Matrix::Zero(2, 2), .bias = RowVector::Zero(2)}});
  const History history = history_of(run);
  EXPECT_EQ(history.at(Quantity::knowledge_norm, 0, 2), 0);
  EXPECT_EQ(history.at(Quantity::cosine, 0, 1), 0);
  EXPECT_EQ(history.at(Quantity::weight_norm, 0, 1), 0);
}

// ---- odd shapes, against the oracle ---------------------------------------------------------

struct Shape {
  std::string name;
  std::int64_t samples, features;
  std::vector<std::int64_t> layers;
  bool shift_term = true;
  double lit = 1;  // fraction of nonzero pixels; selects the dense or the sparse code path of the first layer
  LayerInput layer_input = LayerInput::previous;
  std::int64_t gradient_equation = 22;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

class AgainstTheOracle : public testing::TestWithParam<Shape> {};

TEST_P(AgainstTheOracle, AllNumbersAgree) {
  const Shape& shape = GetParam();
  constexpr std::int64_t steps = 6;
  const Config config{.layers = shape.layers,
                      .steps = steps,
                      .learning_rate = 0.2,
                      .shift_term = shape.shift_term,
                      .layer_input = shape.layer_input,
                      .gradient_equation = shape.gradient_equation};
  const std::vector<std::uint8_t> pixels =
      random_pixels(static_cast<std::size_t>(shape.samples * shape.features), 31, shape.lit);
  const Batch batch{.pixels = pixels, .samples = shape.samples, .features = shape.features};
  const Network network = lively_network(shape.features, shape.layers, 32);
  Oracle oracle(config, batch, network);
  SkaRun run(config, batch, network);

  const auto expect = [](double value, Expected expected) {
    EXPECT_NEAR(value, expected.value, expected.tolerance);
  };
  for (std::int64_t k = 0; k < steps; ++k) {
    oracle.adopt(run);
    oracle.step();
    const auto record = run.step();
    for (std::size_t l = 0; l < shape.layers.size(); ++l) {
      SCOPED_TRACE("step " + std::to_string(k) + ", layer " + std::to_string(l + 1));
      expect(record[run.layout().of(Quantity::knowledge_norm, l)], oracle.at(Quantity::knowledge_norm, l));
      for (const Quantity quantity : kFromStepOne) {
        SCOPED_TRACE("quantity " + std::to_string(static_cast<int>(quantity)));
        if (k > 0) expect(record[run.layout().of(quantity, l)], oracle.at(quantity, l));
      }
      for (std::size_t j = 0; j < static_cast<std::size_t>(shape.layers[l]); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        expect(run.bias(l)(column), oracle.bias(l, j));
        for (Eigen::Index i = 0; i < run.weights(l).rows(); ++i) {
          expect(run.weights(l)(i, column), oracle.weight(l, static_cast<std::size_t>(i), j));
        }
      }
    }
    if (k > 0) expect(record[RecordLayout::total_entropy()], oracle.total_entropy());
    for (std::size_t j = 0; j < run.layout().outputs(); ++j) {
      expect(record[run.layout().outputs_start() + j], oracle.output(j));
    }
  }

  // Check that the bounds are small; otherwise the comparison above would detect nothing.
  for (std::size_t l = 0; l < shape.layers.size(); ++l) {
    const Expected norm = oracle.at(Quantity::knowledge_norm, l), flow = oracle.at(Quantity::flow, l);
    EXPECT_LT(norm.tolerance, norm.value / 1000) << "layer " << l + 1;
    EXPECT_LT(flow.tolerance, flow.value / 50) << "layer " << l + 1;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, AgainstTheOracle,
    testing::Values(
        Shape{"OneOfEverything", 1, 1, {1}}, Shape{"OneSample", 1, 13, {5, 3, 2}},
        Shape{"Layers5_3_2", 37, 13, {5, 3, 2}}, Shape{"Layers33_17_5", 29, 19, {33, 17, 5}},
        Shape{"Layers1_1_1_1", 9, 2, {1, 1, 1, 1}}, Shape{"WideningLayers", 17, 3, {2, 7, 33}},
        Shape{"NoShiftTerm", 37, 13, {5, 3, 2}, false}, Shape{"SparsePixels", 37, 40, {5, 3, 2}, true, 0.25},
        Shape{"SparsePixelsIntoManyPanels", 21, 35, {49, 3}, true, 0.3},
        // More than one block of samples and of inputs, dense and sparse.
        Shape{"ManySamples", 261, 7, {3, 2}}, Shape{"ManySparseSamples", 530, 20, {3, 2}, true, 0.3},
        Shape{"ManyInputs", 3, 259, {2, 2}}, Shape{"ManySparseInputs", 5, 300, {17, 2}, true, 0.2},
        Shape{"ManyNeurons", 3, 5, {270, 2}},
        // Variants of the rule.
        Shape{"CurrentInput", 37, 13, {5, 3, 2}, true, 1, LayerInput::current},
        Shape{"CurrentInputManySamples", 261, 7, {33, 2}, true, 1, LayerInput::current},
        Shape{"CurrentInputManySparseSamples", 530, 20, {17, 3, 2}, true, 0.3, LayerInput::current},
        Shape{"Equation31", 29, 19, {33, 17, 5}, true, 1, LayerInput::previous, 31},
        Shape{"Equation31Sparse", 21, 35, {49, 3}, true, 0.3, LayerInput::previous, 31},
        Shape{"BothVariants", 530, 7, {5, 3, 2}, true, 1, LayerInput::current, 31},
        Shape{"BothVariantsNoShiftTerm", 37, 13, {5, 3, 2}, false, 1, LayerInput::current, 31}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace ska::test
