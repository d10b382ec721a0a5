// The record of a step: one row of doubles with a fixed layout.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ska {

/// The quantities recorded once per layer and step. Sums run over samples and neurons; norms are Frobenius.
enum class Quantity : std::uint8_t {
  knowledge_norm,  ///< ‖Z‖
  entropy,         ///< −(1/ln 2) Σ Z·ΔD
  cosine,          ///< Σ Z·ΔD / (‖Z‖ ‖ΔD‖), and 0 where a norm is 0
  tensor_net,  ///< Σ ΔZ·(D − (1/ln 2) Z·D·(1−D)); the plus sign that reproduces the second paper's figures
  flow,        ///< knowledge flow ‖ΔZ‖ / η
  lagrangian,   ///< −Σ Z·D·(1−D)·ΔZ / η
  weight_norm,  ///< ‖W‖, after the step's update
};

inline constexpr std::array all_quantities{
    Quantity::knowledge_norm, Quantity::entropy,    Quantity::cosine,      Quantity::tensor_net,
    Quantity::flow,           Quantity::lagrangian, Quantity::weight_norm,
};

/// Where each number is in a step's record, a row of doubles:
///
///     [ step k | total entropy | ‖Z‖ of layers 1…L | entropy 1…L | cosine 1…L | tensor net 1…L
///       | flow 1…L | Lagrangian 1…L | ‖W‖ 1…L | mean output of neurons 0…n_L−1 ]
///
/// k counts from 0. Step 0 has no previous step to compare with and updates nothing: it records only ‖Z‖ and
/// the mean outputs, and every other number is NaN.
class RecordLayout {
 public:
  RecordLayout(std::size_t layers, std::size_t outputs) : layers_(layers), outputs_(outputs) {}

  std::size_t layers() const { return layers_; }
  std::size_t outputs() const { return outputs_; }
  std::size_t size() const { return outputs_start() + outputs_; }

  static constexpr std::size_t step() { return 0; }
  static constexpr std::size_t total_entropy() { return 1; }
  /// `layer` counts from 0.
  std::size_t of(Quantity quantity, std::size_t layer) const {
    return kHeader + static_cast<std::size_t>(quantity) * layers_ + layer;
  }
  std::size_t outputs_start() const { return kHeader + all_quantities.size() * layers_; }

 private:
  static constexpr std::size_t kHeader = 2;
  std::size_t layers_;
  std::size_t outputs_;
};

}  // namespace ska
