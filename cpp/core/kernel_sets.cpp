// Selects the compiled kernels that this processor can run. The selection is made on the first call.
#include <vector>

#include "core/kernels.h"

namespace ska {

extern const Kernels kernels_scalar, kernels_vector, kernels_avx2, kernels_avx512;
extern const Kernels kernels_vector_fused, kernels_avx2_fused, kernels_avx512_fused;

namespace {

std::vector<const Kernels*> runnable_exact() {
  std::vector<const Kernels*> sets;
#if !defined(__EMSCRIPTEN__)  // in WebAssembly it would only enlarge the module
  sets.push_back(&kernels_scalar);
#endif
  sets.push_back(&kernels_vector);
#if defined(SKA_X86)
  if (__builtin_cpu_supports("avx2")) sets.push_back(&kernels_avx2);
  if (__builtin_cpu_supports("avx512f")) sets.push_back(&kernels_avx512);
#endif
  return sets;
}

std::vector<const Kernels*> runnable_fast() {
  std::vector<const Kernels*> sets = runnable_exact();
#if defined(SKA_VECTOR_FUSED)
  sets.push_back(&kernels_vector_fused);
#endif
#if defined(SKA_X86)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back(&kernels_avx2_fused);
  if (__builtin_cpu_supports("avx512f")) sets.push_back(&kernels_avx512_fused);
#endif
  return sets;
}

}  // namespace

std::span<const Kernels* const> exact_kernels() {
  static const std::vector<const Kernels*> sets = runnable_exact();
  return sets;
}

std::span<const Kernels* const> fast_kernels() {
  static const std::vector<const Kernels*> sets = runnable_fast();
  return sets;
}

}  // namespace ska
