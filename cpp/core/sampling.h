// Which samples of a labelled set does a run look at?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace ska {

/// Thrown when the labels cannot give what was asked for; `what()` says how many there are.
class SamplingError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

struct Selection {
  std::vector<std::int64_t> classes;      ///< in the order to take them; empty means every class that occurs
  std::optional<std::int64_t> per_class;  ///< samples of each class; none means all there are
};

/// Indices of the first samples of each class, in file order over all classes.
/// With 100 per class of the MNIST training set this is the papers' subset.
/// Throws SamplingError where a class does not occur, is named twice, or has too few samples.
std::vector<std::int64_t> select_first(std::span<const std::uint8_t> labels, const Selection& selection);

/// Indices from one NumPy-seeded stream: each class's indices shuffled in turn, the first of them taken,
/// stacked class by class. Throws as select_first does.
std::vector<std::int64_t> select_shuffled(std::span<const std::uint8_t> labels, const Selection& selection,
                                          std::uint32_t data_seed);

/// Either of the two: select_shuffled where there is a data seed, select_first where there is none. Throws
/// as they do, and SamplingError for a seed that is not from 0 to 4294967295.
std::vector<std::int64_t> select_samples(std::span<const std::uint8_t> labels, const Selection& selection,
                                         std::optional<std::int64_t> data_seed);

}  // namespace ska
