// One source for every vector width, with the compiler's vector types of 1, 4, 8 or 16 floats.
//
// Each operation is that of IEEE 754 on each lane, so a lane has the same bits for every width.
#pragma once

#include <cstdint>
#include <cstring>

namespace ska {

template <int N>
struct VectorOf {
  using Floats [[gnu::vector_size(N * sizeof(float))]] = float;
  using Ints [[gnu::vector_size(N * sizeof(float))]] = std::int32_t;
};

// The functions below have internal linkage: they are compiled for several instruction sets, and the linker
// must not replace one version by another.

template <class Vector, class Value>
[[gnu::always_inline]] static inline Vector load(const Value* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

template <class Vector, class Value>
[[gnu::always_inline]] static inline void store(Value* to, Vector vector) {
  std::memcpy(to, &vector, sizeof vector);
}

/// a·b + c: rounded twice, or once in the fast kernels.
template <class Factor, class Vector>
[[gnu::always_inline]] static inline Vector multiply_add(Factor a, Vector b, Vector c) {
#if defined(SKA_FUSED) && defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(a - Vector{}, b, c);
#else
  return a * b + c;
#endif
}

}  // namespace ska
