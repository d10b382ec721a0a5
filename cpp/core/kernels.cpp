// The kernels. This file is compiled once per instruction set, with SKA_KERNELS as the name of the result,
// SKA_KERNELS_TITLE as its display name, SKA_VECTOR_FLOATS as the vector width, and SKA_FUSED for the fast
// ones. Only the result may have external linkage; core/vector.h explains why.
#include "core/kernels.h"

#include "core/sigmoid.h"
#include "core/vector.h"

namespace ska {

extern const std::array<float, 256> pixel_values;  // core/pixels.cpp

namespace {

constexpr int kWidth = SKA_VECTOR_FLOATS;
using Floats = VectorOf<kWidth>::Floats;
// Sums have four lanes for every vector width.
// They are held as two pairs of doubles, the width of a vector on most hosts.
using Floats2 = VectorOf<2>::Floats;
using Doubles2 [[gnu::vector_size(2 * sizeof(double))]] = double;

// The tile of a dense product: 4 × 2 vectors, or 8 × 1 where one vector is a whole panel.
constexpr int kTileVectors = kWidth < kPanel ? 2 : 1;
constexpr int kTileRows = 8 / kTileVectors;
constexpr int kTileColumns = kTileVectors * kWidth;
constexpr int kUnrolled = 16;
constexpr float kMinusInverseLn2 = -0x1.715476p+0F;

template <int Rows, int Vectors>
[[gnu::always_inline]] inline void put(const Floats (&sums)[Rows][Vectors], float* out, bool add) {
  for (int r = 0; r < Rows; ++r) {
    for (int v = 0; v < Vectors; ++v) {
      float* const at = out + r * kPanel + v * kWidth;
      store(at, add ? load<Floats>(at) + sums[r][v] : sums[r][v]);
    }
  }
}

// ---- dense products ----------------------------------------------------------------------------

template <int Rows, int Depth>
[[gnu::always_inline]] inline void add_products(const float* a, const float* w,
                                                Floats (&sums)[Rows][kTileVectors]) {
  for (int k = 0; k < Depth; ++k) {
    Floats row[kTileVectors];
    for (int v = 0; v < kTileVectors; ++v) row[v] = load<Floats>(w + k * kPanel + v * kWidth);
    for (int r = 0; r < Rows; ++r) {
      const float factor = a[r * kPanel + k];
      for (int v = 0; v < kTileVectors; ++v) sums[r][v] = multiply_add(factor, row[v], sums[r][v]);
    }
  }
}

template <int Rows>
[[gnu::always_inline]] inline void forward_tile(const float* a, std::ptrdiff_t a_stride, const float* w,
                                                float* z, int depth, bool add) {
  for (int column = 0; column < kPanel; column += kTileColumns) {
    Floats sums[Rows][kTileVectors] = {};
    const float* cell = a;
    const float* weights = w + column;
    int k = 0;
    for (; k + kPanel <= depth; k += kPanel, cell += a_stride) {
      for (int i = 0; i < kPanel; i += kUnrolled, weights += kUnrolled * kPanel)
        add_products<Rows, kUnrolled>(cell + i, weights, sums);
    }
    for (; k < depth; ++k, ++cell, weights += kPanel) add_products<Rows, 1>(cell, weights, sums);
    put(sums, z + column, add);
  }
}

void dense_forward(const float* a, std::ptrdiff_t a_stride, const float* w, float* z, int rows, int depth,
                   bool add) {
  int row = 0;
  for (; row + kTileRows <= rows; row += kTileRows)
    forward_tile<kTileRows>(a + row * kPanel, a_stride, w, z + row * kPanel, depth, add);
  for (; row < rows; ++row) forward_tile<1>(a + row * kPanel, a_stride, w, z + row * kPanel, depth, add);
}

void dense_backward(const float* a, const float* g, float* dw, int samples, bool add) {
  for (int row = 0; row < kPanel; row += kTileRows) {
    for (int column = 0; column < kPanel; column += kTileColumns) {
      Floats sums[kTileRows][kTileVectors] = {};
      for (int s = 0; s < samples; ++s) {
        Floats gradient[kTileVectors];
        for (int v = 0; v < kTileVectors; ++v)
          gradient[v] = load<Floats>(g + s * kPanel + column + v * kWidth);
        for (int r = 0; r < kTileRows; ++r) {
          const float factor = a[s * kPanel + row + r];
          for (int v = 0; v < kTileVectors; ++v) sums[r][v] = multiply_add(factor, gradient[v], sums[r][v]);
        }
      }
      put(sums, dw + row * kPanel + column, add);
    }
  }
}

// ---- sparse products ---------------------------------------------------------------------------

template <int PanelCount>
void sparse(const SparseRows& s, const float* m, std::ptrdiff_t m_stride, float* out,
            std::ptrdiff_t out_stride, int rows, bool add) {
  constexpr int vectors = kPanel / kWidth;
  for (int r = 0; r < rows; ++r) {
    Floats sums[PanelCount][1][vectors] = {};
    const std::uint16_t* const end = s.entries + s.starts[r + 1];
    for (const std::uint16_t* entry = s.entries + s.starts[r]; entry != end; ++entry) {
      const float pixel = pixel_values[*entry & 0xFFU];
      const float* const row = m + static_cast<std::ptrdiff_t>(*entry >> 8U) * kPanel;
      for (int p = 0; p < PanelCount; ++p) {
        for (int v = 0; v < vectors; ++v) {
          sums[p][0][v] = multiply_add(pixel, load<Floats>(row + p * m_stride + v * kWidth), sums[p][0][v]);
        }
      }
    }
    for (int p = 0; p < PanelCount; ++p) put(sums[p], out + p * out_stride + r * kPanel, add);
  }
}

// ---- the pass over Z and D ---------------------------------------------------------------------

/// Four lanes of a sum, as (0, 1) and (2, 3).
class Accumulator {
 public:
  [[gnu::always_inline]] explicit Accumulator(const Lanes& lanes)
      : low_(load<Doubles2>(lanes.data())), high_(load<Doubles2>(lanes.data() + 2)) {}

  /// Adds the products of four pairs of floats, in double.
  [[gnu::always_inline]] void add(const Doubles2 (&a)[2], const Doubles2 (&b)[2]) {
    low_ += a[0] * b[0];
    high_ += a[1] * b[1];
  }

  [[gnu::always_inline]] void save(Lanes& lanes) const {
    store(lanes.data(), low_);
    store(lanes.data() + 2, high_);
  }

 private:
  Doubles2 low_, high_;
};

/// Four floats as doubles.
struct Four {
  [[gnu::always_inline]] explicit Four(const float* from)
      : half{Doubles2{from[0], from[1]}, Doubles2{from[2], from[3]}} {}
  Doubles2 half[2];
};

/// ΔD = D − D′ from Z and D of this step and the previous one. For a small step D − D′ cancels, and the
/// rounding errors of both would dominate the result.
/// There the equal expression D·(1 − D′)·(1 − exp(−ΔZ)) does not cancel.
[[gnu::always_inline]] inline Floats shift_of(Floats d, Floats d_previous, Floats delta_z) {
  Floats series = delta_z * (1.0F / 120) - 1.0F / 24;  // (1 − exp(−x))/x; the next term is below 2⁻²⁴
  series = series * delta_z + 1.0F / 6;
  series = series * delta_z - 1.0F / 2;
  series = series * delta_z + 1.0F;
  const Floats small = Floats{} + 0.125F;
  const Floats magnitude = delta_z < Floats{} ? -delta_z : delta_z;
  return magnitude < small ? d * (1.0F - d_previous) * (delta_z * series) : d - d_previous;
}

void activate_and_measure(const StripPanel& panel, float shift, std::array<Lanes, sum_count>& sums) {
  alignas(64) float delta_d[kStrip * kPanel], delta_z[kStrip * kPanel], force[kStrip * kPanel],
      z_slope[kStrip * kPanel];

  const auto [samples, bias, d_now, z_now, d_previous, gradient] = panel;
  const int count = samples * kPanel;
  for (int i = 0; i < count; i += kWidth) {
    const Floats z = load<Floats>(d_now + i) + load<Floats>(bias + i % kPanel);
    const Floats d = sigmoid<kWidth>(z);
    const Floats slope = z * (d * (1.0F - d));
    const Floats step = z - load<Floats>(z_now + i);
    const Floats change = shift_of(d, load<Floats>(d_previous + i), step);
    store(delta_d + i, change);
    store(delta_z + i, step);
    store(z_slope + i, slope);
    store(force + i, d + slope * kMinusInverseLn2);
    store(gradient + i, (slope + change * shift) * kMinusInverseLn2);
    store(d_now + i, d);
    store(z_now + i, z);
  }

  // Two passes, because the lanes of six sums do not fit into the registers of most hosts.
  Accumulator zz(sums[z_squared]), zd(sums[z_delta_d]), dd(sums[delta_d_squared]);
  for (int i = 0; i < count; i += kLanes) {
    const Four z(z_now + i), change(delta_d + i);
    zz.add(z.half, z.half);
    zd.add(z.half, change.half);
    dd.add(change.half, change.half);
  }
  zz.save(sums[z_squared]);
  zd.save(sums[z_delta_d]);
  dd.save(sums[delta_d_squared]);

  Accumulator flow(sums[delta_z_squared]), net(sums[tensor_net_sum]), action(sums[z_slope_delta_z]);
  for (int i = 0; i < count; i += kLanes) {
    const Four change(delta_z + i), net_force(force + i), slope(z_slope + i);
    flow.add(change.half, change.half);
    net.add(change.half, net_force.half);
    action.add(slope.half, change.half);
  }
  flow.save(sums[delta_z_squared]);
  net.save(sums[tensor_net_sum]);
  action.save(sums[z_slope_delta_z]);
}

// ---- the update --------------------------------------------------------------------------------

void column_sums(const float* m, int rows, double* sums) {
  for (int c = 0; c < kPanel; c += 2) {
    auto sum = load<Doubles2>(sums + c);
    for (int r = 0; r < rows; ++r)
      sum += __builtin_convertvector(load<Floats2>(m + r * kPanel + c), Doubles2);
    store(sums + c, sum);
  }
}

void descend(float* w, const float* dw, float rate, int count, Lanes& squares) {
  for (int i = 0; i < count; i += kWidth)
    store(w + i, multiply_add(-rate, load<Floats>(dw + i), load<Floats>(w + i)));
  Accumulator sum(squares);
  for (int i = 0; i < count; i += kLanes) {
    const Four weight(w + i);
    sum.add(weight.half, weight.half);
  }
  sum.save(squares);
}

#if defined(SKA_FUSED)
constexpr bool kExact = false;
#else
constexpr bool kExact = true;
#endif

}  // namespace

extern const Kernels SKA_KERNELS;
const Kernels SKA_KERNELS = {.name = SKA_KERNELS_TITLE,
                             .exact = kExact,
                             .dense_forward = &dense_forward,
                             .dense_backward = &dense_backward,
                             .sparse_1x32 = &sparse<2>,
                             .sparse_1x16 = &sparse<1>,
                             .activate_and_measure = &activate_and_measure,
                             .column_sums = &column_sums,
                             .descend = &descend};

}  // namespace ska
