// Benchmark of each kernel against the processor's peak. Prints one line of JSON per kernel set.
//
// The shapes are those of the papers' network: a block of 256 digit-like samples, a first layer with 784
// inputs and 256 neurons, and a second layer with 256 inputs and 128 neurons. The peak is measured with
// multiplications and additions in registers only, in the vectors of the kernel set.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

#include "bench/peak.h"
#include "core/panels.h"
#include "core/pixels.h"

namespace ska {
namespace {

constexpr int kRepetitions = 41;
constexpr Index kSamples = kBlock, kFeatures = 784, kWide = 256, kNarrow = 128;

/// The median time of kRepetitions calls, in seconds.
template <class Work>
double seconds(const Work& work) {
  std::vector<double> times;
  for (int i = 0; i < kRepetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::nth_element(times, times.begin() + kRepetitions / 2);
  return times[kRepetitions / 2];
}

/// Images of 28 × 28 pixels with a crooked stroke.
/// The number and the runs of nonzero pixels are similar to digits.
std::vector<std::uint8_t> strokes() {
  std::mt19937 engine(7);
  std::vector<std::uint8_t> pixels(kSamples * kFeatures);
  for (Index s = 0; s < kSamples; ++s) {
    Index start = 8 + static_cast<Index>(engine() % 5);
    for (Index row = 4; row < 24; ++row) {
      start = std::clamp<Index>(start + static_cast<Index>(engine() % 3) - 1, 4, 14);
      const Index length = 4 + static_cast<Index>(engine() % 8);
      for (Index i = 0; i < length; ++i)
        pixels[static_cast<std::size_t>(s * kFeatures + row * 28 + start + i)] =
            static_cast<std::uint8_t>(1 + engine() % 255);
    }
  }
  return pixels;
}

Panels filled(Index rows, Index columns) {
  std::mt19937 engine(8);
  Matrix matrix(rows, columns);
  for (Index i = 0; i < matrix.size(); ++i)
    matrix.data()[i] = static_cast<float>(engine() >> 8U) * 0x1p-24F - 0.5F;
  Panels panels(rows, columns);
  panels.set(matrix);
  return panels;
}

void measure(const Kernels& kernels, const Pixels& pixels, double lit) {
  Panels w1 = filled(kFeatures, kWide), z1 = filled(kSamples, kWide), g1 = filled(kSamples, kWide);
  Panels w2 = filled(kWide, kNarrow), z2 = filled(kSamples, kNarrow), dw1 = filled(kFeatures, kWide);
  Panels dw2 = filled(kWide, kNarrow), d_before = filled(kSamples, kWide), z_before = filled(kSamples, kWide);
  std::vector<float> bias(kWide);
  const auto gflops = [](double flops, double time) { return flops / time * 1e-9; };

  const double sparse_flops = 2 * lit * kWide, dense_flops = 2.0 * kSamples * kWide * kNarrow;
  const double sparse_forward = seconds([&] {
    for (Index input = 0; input < kFeatures; input += kBlock) {
      for (Index p = 0; p < kWide / kPanel; p += 2) {
        kernels.sparse_1x32(pixels.by_sample(input / kBlock, 0), w1.panel(p) + input * kPanel, w1.stride(),
                            z1.panel(p), z1.stride(), kSamples, input > 0);
      }
    }
  });
  const double sparse_backward = seconds([&] {
    for (Index input = 0; input < kFeatures; input += kPanel) {
      for (Index p = 0; p < kWide / kPanel; p += 2) {
        kernels.sparse_1x32(pixels.by_input(0, input), g1.panel(p), g1.stride(),
                            dw1.panel(p) + input * kPanel, dw1.stride(), kPanel, false);
      }
    }
  });
  const double dense_forward = seconds([&] {
    for (Index p = 0; p < kNarrow / kPanel; ++p) {
      kernels.dense_forward(g1.panel(0), g1.stride(), w2.panel(p), z2.panel(p), kSamples, kWide, false);
    }
  });
  const double dense_backward = seconds([&] {
    for (Index i = 0; i < kWide / kPanel; ++i) {
      for (Index p = 0; p < kNarrow / kPanel; ++p) {
        kernels.dense_backward(g1.panel(i), z2.panel(p), dw2.panel(p) + i * kPanel * kPanel, kSamples, false);
      }
    }
  });
  const double activate = seconds([&] {
    std::array<Lanes, sum_count> sums{};
    for (Index s = 0; s < kSamples; s += kStrip) {
      for (Index p = 0; p < kWide / kPanel; ++p) {
        kernels.activate_and_measure({.samples = kStrip,
                                      .bias = bias.data() + p * kPanel,
                                      .d = z1.panel(p) + s * kPanel,
                                      .z_previous = z_before.panel(p) + s * kPanel,
                                      .d_previous = d_before.panel(p) + s * kPanel,
                                      .gradient = g1.panel(p) + s * kPanel},
                                     1, sums);
      }
    }
  });
  const double sums_time = seconds([&] {
    std::vector<double> sums(kWide);
    for (Index p = 0; p < kWide / kPanel; ++p)
      kernels.column_sums(g1.panel(p), kSamples, sums.data() + p * kPanel);
  });
  const double descend = seconds([&] {
    Lanes squares{};
    for (Index p = 0; p < kWide / kPanel; ++p)
      kernels.descend(w1.panel(p), dw1.panel(p), 1e-9F, kFeatures * kPanel, squares);
  });
  const double nano_per_element = 1e9 / (kSamples * kWide);
  std::printf(
      "{\"kernels\":\"%s\",\"peak\":%.2f,\"sparse_forward\":%.2f,\"sparse_backward\":%.2f,\"dense_forward\":%"
      ".2f,"
      "\"dense_backward\":%.2f,\"activate_and_measure_ns\":%.3f,\"column_sums_ns\":%.3f,\"descend_ns\":%.3f}"
      "\n",
      kernels.name, peak_gflops(kernels), gflops(sparse_flops, sparse_forward),
      gflops(sparse_flops, sparse_backward), gflops(dense_flops, dense_forward),
      gflops(dense_flops, dense_backward), activate * nano_per_element, sums_time * nano_per_element,
      descend * 1e9 / (kFeatures * kWide));
}

}  // namespace
}  // namespace ska

int main() {
  const std::vector<std::uint8_t> images = ska::strokes();
  const ska::Pixels pixels({images, ska::kSamples, ska::kFeatures});
  const auto lit = static_cast<double>(images.size() -
                                       static_cast<std::size_t>(std::ranges::count(images, std::uint8_t{0})));
  for (const ska::Kernels* kernels : ska::fast_kernels()) ska::measure(*kernels, pixels, lit);
}
