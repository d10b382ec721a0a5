// How does one source serve every vector width? With the compiler's own vector types, 1, 4, 8 or 16 floats
// wide.
//
// Every operation on them is that of IEEE 754 on each lane, so a lane has the same bits whatever the width.
#pragma once

#include <cstdint>
#include <cstring>

namespace ska {

template <int N>
struct VectorOf {
  using Floats [[gnu::vector_size(N * sizeof(float))]] = float;
  using Ints [[gnu::vector_size(N * sizeof(float))]] = std::int32_t;
};

// What follows has internal linkage: it is compiled for several instruction sets, and the linker must not
// take one for the other.

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

/// a·b + c: two roundings, or one where this is compiled for the fast kernels.
template <class Factor, class Vector>
[[gnu::always_inline]] static inline Vector multiply_add(Factor a, Vector b, Vector c) {
#if defined(SKA_FUSED) && defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(a - Vector{}, b, c);
#else
  return a * b + c;
#endif
}

}  // namespace ska
