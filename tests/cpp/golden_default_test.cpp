// Compares the default run (1000 digits, layers 256-128-64-10, 50 steps, seed 42) with the reference.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/history.h"
#include "core/run.h"
#include "core/sampling.h"
#include "fixtures.h"
#include "io/csv.h"
#include "plain_kernels.h"

namespace ska::test {
namespace {

constexpr std::size_t kLayers = 4;

// Tolerance of a float engine against the double-precision reference: 1e-5 of the largest magnitude of a
// curve, which is the records of one layer or one output neuron.
// For the cosine, whose maximum is 1, it is 1e-4.
constexpr double kRelative = 1e-5;
constexpr double kCosine = 1e-4;

double largest(const std::vector<double>& curve) {
  double most = 0;
  for (const double value : curve) most = std::max(most, std::abs(value));
  return most;
}

/// The first extreme of the curve by `less`, and its record, counted from 1.
struct Extreme {
  double value;
  std::size_t record;
};
Extreme minimum(const std::vector<double>& curve) {
  const auto at = std::ranges::min_element(curve);
  return {*at, static_cast<std::size_t>(at - curve.begin()) + 1};
}
Extreme maximum(const std::vector<double>& curve) {
  const auto at = std::ranges::max_element(curve);
  return {*at, static_cast<std::size_t>(at - curve.begin()) + 1};
}

/// The zero crossings of the curve as record numbers, counted from 1, linearly interpolated between two
/// records. Record 1, which is 0 by definition, is not a crossing.
std::vector<double> crossings(const std::vector<double>& curve) {
  std::vector<double> found;
  for (std::size_t i = 1; i + 1 < curve.size(); ++i) {
    if (curve[i] * curve[i + 1] < 0) {
      found.push_back(static_cast<double>(i + 1) + curve[i] / (curve[i] - curve[i + 1]));
    }
  }
  return found;
}

double sum(const std::vector<double>& curve) {
  double total = 0;
  for (const double value : curve) total += value;
  return total;
}

class DefaultRun : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto pixels = mnist().pixels(select_first(mnist().labels, {.classes = {}, .per_class = 100}));
    ska::Run run(Config{}, {.pixels = pixels, .samples = 1000, .features = mnist().features});
    history_ = new History(run.layout(), 50);
    initial_weight_norms_ = new std::vector<double>;
    for (std::size_t l = 0; l < kLayers; ++l) initial_weight_norms_->push_back(frobenius(run.weights(l)));
    while (run.status() == Status::ready) history_->append(run.step());
  }
  static void TearDownTestSuite() {
    delete history_;
    delete initial_weight_norms_;
  }

  static std::vector<double> curve(Quantity quantity, std::size_t layer) {
    std::vector<double> records;
    for (std::size_t i = 0; i < history_->records(quantity); ++i) {
      records.push_back(history_->at(quantity, layer, i));
    }
    return records;
  }
  static std::vector<double> total_entropy() {
    std::vector<double> records;
    for (std::size_t i = 0; i < history_->records(Quantity::entropy); ++i) {
      records.push_back(history_->total_entropy(i));
    }
    return records;
  }

  static History* history_;
  static std::vector<double>* initial_weight_norms_;
};

History* DefaultRun::history_ = nullptr;
std::vector<double>* DefaultRun::initial_weight_norms_ = nullptr;

// ---- the reference's curves -----------------------------------------------------------------

/// Compares a curve and returns its largest difference relative to its largest magnitude.
double compare(const std::vector<double>& values, const std::vector<double>& golden, double tolerance) {
  EXPECT_EQ(values.size(), golden.size());
  double furthest = 0;
  for (std::size_t i = 0; i < std::min(values.size(), golden.size()); ++i) {
    EXPECT_NEAR(values[i], golden[i], tolerance) << "record " << i + 1;
    furthest = std::max(furthest, std::abs(values[i] - golden[i]));
  }
  return furthest / largest(golden);
}

TEST_F(DefaultRun, HitsEveryRecordOfTheReference) {
  for (const Quantity quantity : all_quantities) {
    const Table golden = golden_csv("default/" + history_name(quantity) + ".csv");
    ASSERT_EQ(golden.size(), kLayers);
    double furthest = 0;
    for (std::size_t l = 0; l < kLayers; ++l) {
      SCOPED_TRACE(history_name(quantity) + ", layer " + std::to_string(l + 1));
      ASSERT_EQ(golden[l].size(), quantity == Quantity::knowledge_norm ? 50U : 49U);
      const double tolerance = quantity == Quantity::cosine ? kCosine : kRelative * largest(golden[l]);
      furthest = std::max(furthest, compare(curve(quantity, l), golden[l], tolerance));
    }
    std::printf("largest difference, relative to its curve's largest value: %.1e  %s\n", furthest,
                history_name(quantity).c_str());
  }
}

TEST_F(DefaultRun, HitsEveryOutputOfTheReference) {
  const Table golden = golden_csv("default/output_neuron_activation.csv");  // (steps, neurons)
  ASSERT_EQ(golden.size(), 50U);
  double furthest = 0;
  for (std::size_t neuron = 0; neuron < 10; ++neuron) {
    SCOPED_TRACE("neuron " + std::to_string(neuron));
    std::vector<double> values, expected;
    for (std::size_t k = 0; k < 50; ++k) {
      ASSERT_EQ(golden[k].size(), 10U);
      values.push_back(history_->outputs(k)[neuron]);
      expected.push_back(golden[k][neuron]);
    }
    furthest = std::max(furthest, compare(values, expected, kRelative * largest(expected)));
  }
  std::printf("largest difference, relative to its curve's largest value: %.1e  output_neuron_activation\n",
              furthest);
}

// ---- published numbers ----------------------------------------------------------------------

// They are rounded to the digits shown, so the tolerance adds half of the last digit.

TEST_F(DefaultRun, HasTheEntropyMinimaOfThePaper) {
  const double minima[] = {-6931.37, -8234.07, -3828.72, -254.17};
  const std::size_t records[] = {29, 16, 25, 48};
  const double last[] = {-3182.15, -228.64, -257.24, -252.31};
  for (std::size_t l = 0; l < kLayers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    const std::vector<double> entropy = curve(Quantity::entropy, l);
    const double tolerance = 0.005 + kRelative * largest(entropy);
    EXPECT_NEAR(minimum(entropy).value, minima[l], tolerance);
    EXPECT_EQ(minimum(entropy).record, records[l]);
    EXPECT_NEAR(entropy.back(), last[l], tolerance);
  }
}

TEST_F(DefaultRun, HasTheTotalEntropyOfThePaper) {
  const std::vector<double> total = total_entropy();
  const double tolerance = 0.005 + kRelative * largest(total);
  EXPECT_NEAR(minimum(total).value, -14283.83, tolerance);
  EXPECT_EQ(minimum(total).record, 23U);
  EXPECT_NEAR(sum(total) / static_cast<double>(total.size()), -7734.12, tolerance);
}

TEST_F(DefaultRun, HasTheCosineMaximaOfThePaper) {
  const double maxima[] = {0.9731, 0.9997, 0.9980, 0.9992};
  const std::size_t records[] = {15, 4, 2, 2};
  const double last[] = {0.5080, 0.9550, 0.8223, 0.9127};
  for (std::size_t l = 0; l < kLayers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    const std::vector<double> cosine = curve(Quantity::cosine, l);
    EXPECT_NEAR(maximum(cosine).value, maxima[l], 0.00005 + kCosine);
    EXPECT_EQ(maximum(cosine).record, records[l]);
    EXPECT_NEAR(cosine.back(), last[l], 0.00005 + kCosine);
  }
}

TEST_F(DefaultRun, HasTheFlowMaximaOfThePaper) {
  const double maxima[] = {5241.8, 7863.7, 5318.4, 881.1};
  const std::size_t records[] = {30, 17, 25, 48};
  for (std::size_t l = 0; l < kLayers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    const std::vector<double> flow = curve(Quantity::flow, l);
    EXPECT_NEAR(maximum(flow).value, maxima[l], 0.05 + kRelative * largest(flow));
    EXPECT_EQ(maximum(flow).record, records[l]);
  }
}

TEST_F(DefaultRun, HasTheTensorNetOfThePaper) {
  const double sums[] = {61142.6, 182932.4, 32362.1, -3244.4};
  for (std::size_t l = 0; l < kLayers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    const std::vector<double> net = curve(Quantity::tensor_net, l);
    EXPECT_NEAR(sum(net), sums[l], 0.05 + kRelative * largest(net) * static_cast<double>(net.size()));
  }
}

TEST_F(DefaultRun, HasTheCrossingsOfTheTensorNet) {
  for (const auto& [layer, crossing] : {std::pair<std::size_t, double>{0, 24.48}, {2, 23.79}}) {
    const std::vector<double> net = curve(Quantity::tensor_net, layer);
    const std::vector<double> found = crossings(net);
    ASSERT_FALSE(found.empty()) << "layer " << layer + 1;
    // An error of the curve shifts its crossing by the error divided by the slope.
    const auto before = static_cast<std::size_t>(crossing) - 1;
    const double slope = std::abs(net[before + 1] - net[before]);
    EXPECT_NEAR(found.back(), crossing, 0.005 + 2 * kRelative * largest(net) / slope)
        << "layer " << layer + 1;
  }
  EXPECT_EQ(crossings(curve(Quantity::tensor_net, 1)), std::vector<double>{});
  EXPECT_EQ(crossings(curve(Quantity::tensor_net, 3)), std::vector<double>{});
}

TEST_F(DefaultRun, HasTheLagrangianMinimaOfThePaper) {
  const double minima[] = {-462358, -527086, -245407, -17052};
  const std::size_t records[] = {29, 16, 24, 48};
  for (std::size_t l = 0; l < kLayers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    const std::vector<double> lagrangian = curve(Quantity::lagrangian, l);
    EXPECT_NEAR(minimum(lagrangian).value, minima[l], 0.5 + kRelative * largest(lagrangian));
    EXPECT_EQ(minimum(lagrangian).record, records[l]);
  }
}

TEST_F(DefaultRun, HasTheNormsOfThePaper) {
  const double first_z[] = {46.362, 27.375, 14.380, 4.455};
  const double last_z[] = {1631.88, 1929.84, 1151.41, 160.61};
  const double first_w[] = {4.4975, 1.8111, 0.8938, 0.2624};
  const double last_w[] = {9.5341, 6.5691, 4.4175, 1.0092};
  for (std::size_t l = 0; l < kLayers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    const std::vector<double> z = curve(Quantity::knowledge_norm, l), w = curve(Quantity::weight_norm, l);
    EXPECT_NEAR(z.front(), first_z[l], 0.0005 + kRelative * first_z[l]);
    EXPECT_NEAR(z.back(), last_z[l], 0.005 + kRelative * largest(z));
    EXPECT_NEAR((*initial_weight_norms_)[l], first_w[l], 0.00005 + kRelative * first_w[l]);
    EXPECT_NEAR(w.back(), last_w[l], 0.00005 + kRelative * largest(w));
  }
}

TEST_F(DefaultRun, EndsWithTheOutputsOfThePaper) {
  const double means[] = {.1307, .1229, .5299, .1326, .8354, .4845, .9165, .1627, .2083, .1984};
  const auto last = history_->outputs(49);
  ASSERT_EQ(last.size(), 10U);
  for (std::size_t j = 0; j < 10; ++j) {
    EXPECT_NEAR(last[j], means[j], 0.00005 + kRelative) << "neuron " << j;
  }
}

}  // namespace
}  // namespace ska::test
