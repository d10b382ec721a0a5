#include "bench/peak.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace ska {

#define SKA_DECLARE_PEAK(name) std::int64_t name(std::int64_t rounds, float* sink)
SKA_DECLARE_PEAK(peak_kernels_scalar);
SKA_DECLARE_PEAK(peak_kernels_vector);
SKA_DECLARE_PEAK(peak_kernels_vector_fused);
SKA_DECLARE_PEAK(peak_kernels_avx2);
SKA_DECLARE_PEAK(peak_kernels_avx2_fused);
SKA_DECLARE_PEAK(peak_kernels_avx512);
SKA_DECLARE_PEAK(peak_kernels_avx512_fused);

namespace {

using Loop = std::int64_t (*)(std::int64_t, float*);

Loop loop_of(const Kernels& kernels) {
  const std::string_view name = kernels.name;
#if defined(SKA_X86)
  if (name.starts_with("AVX-512")) return kernels.exact ? &peak_kernels_avx512 : &peak_kernels_avx512_fused;
  if (name.starts_with("AVX2")) return kernels.exact ? &peak_kernels_avx2 : &peak_kernels_avx2_fused;
#else
  if (!kernels.exact) return &peak_kernels_vector_fused;
#endif
#if !defined(__EMSCRIPTEN__)
  if (name == "no vectors") return &peak_kernels_scalar;
#endif
  return &peak_kernels_vector;
}

}  // namespace

double peak_gflops(const Kernels& kernels) {
  constexpr std::int64_t rounds = 200'000;
  const Loop loop = loop_of(kernels);
  float sink[32] = {0.5F, 0.25F};
  double best = 0;
  for (int i = 0; i < 15; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto operations = static_cast<double>(loop(rounds, sink));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    best = std::max(best, operations / elapsed.count() * 1e-9);
  }
  return best;
}

}  // namespace ska
