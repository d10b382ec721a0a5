// Checks the range of settings that docs/agreement.md claims: within it a free run stays within the project's
// tolerance of a double-precision run.
// Tests those cells of its tables that are cheap enough for the oracle's plain loops.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/run.h"
#include "core/sampling.h"
#include "fixtures.h"
#include "oracle.h"

namespace ska::test {
namespace {

struct Cell {
  const char* name;
  std::int64_t per_class;
  std::vector<std::int64_t> layers;
  double learning_rate;
};

void PrintTo(const Cell& cell, std::ostream* out) { *out << cell.name; }

class Agreement : public testing::TestWithParam<Cell> {};

TEST_P(Agreement, IsWithinTheTolerance) {
  const auto& [name, per_class, layers, rate] = GetParam();
  const std::vector<std::uint8_t> pixels =
      mnist().pixels(select_first(mnist().labels, {.classes = {}, .per_class = per_class}));
  const Batch batch{.pixels = pixels, .samples = 10 * per_class, .features = mnist().features};
  const Config config{.layers = layers, .steps = 50, .learning_rate = rate};
  ska::Run run(config, batch);
  Oracle oracle(config, batch,
                initial_network(batch.features, layers, static_cast<std::uint32_t>(config.seed)));

  struct Curve {
    double largest = 0, error = 0;
  };
  std::vector<Curve> curves(run.layout().size());
  const auto compare = [](Curve& curve, double value, double exact) {
    curve.largest = std::max(curve.largest, std::abs(exact));
    curve.error = std::max(curve.error, std::abs(value - exact));
  };
  for (std::int64_t k = 0; k < config.steps; ++k) {
    const auto record = run.step();
    oracle.step();
    for (const Quantity quantity : all_quantities) {
      const bool measured = quantity == Quantity::knowledge_norm || k > 0;
      for (std::size_t l = 0; measured && l < layers.size(); ++l) {
        const std::size_t at = run.layout().of(quantity, l);
        compare(curves[at], record[at], oracle.at(quantity, l).value);
      }
    }
  }
  for (const Quantity quantity : all_quantities) {
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const Curve& curve = curves[run.layout().of(quantity, l)];
      EXPECT_LE(curve.error, quantity == Quantity::cosine ? 1e-4 : 1e-5 * curve.largest)
          << "quantity " << static_cast<int>(quantity) << " of core/record.h, layer " << l + 1;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cells, Agreement,
                         testing::Values(Cell{"TenSamplesTwoLayers", 1, {3, 3}, 0.1},
                                         Cell{"TenSamplesFourLayers", 1, {3, 3, 3, 3}, 0.1},
                                         Cell{"HundredSamplesSmallRate", 10, {32}, 0.001},
                                         Cell{"HundredSamplesTwoLayers", 10, {32, 32}, 0.01},
                                         Cell{"ThousandSamples", 100, {10}, 0.01},
                                         Cell{"ThousandSamplesLargeRate", 100, {10}, 0.1}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace ska::test
