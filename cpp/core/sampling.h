// Selects the samples of a labelled data set that a run uses.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace ska {

/// Thrown when the labels cannot satisfy a selection. `what()` states which samples are available.
class SamplingError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

struct Selection {
  std::vector<std::int64_t> classes;      ///< in this order; empty means every class in the labels
  std::optional<std::int64_t> per_class;  ///< samples per class; empty means all
};

/// Indices of the first `per_class` samples of each class, in file order over all classes.
/// With 100 per class of the MNIST training set this is the papers' subset.
/// Throws SamplingError if a class does not occur, is listed twice, or has too few samples.
std::vector<std::int64_t> select_first(std::span<const std::uint8_t> labels, const Selection& selection);

/// Random indices from one NumPy stream: shuffles the indices of each class in turn, takes the first
/// `per_class` of them, and concatenates the classes. Throws as select_first does.
std::vector<std::int64_t> select_shuffled(std::span<const std::uint8_t> labels, const Selection& selection,
                                          std::uint32_t data_seed);

/// select_shuffled if there is a data seed, else select_first. Throws as they do, and SamplingError if the
/// seed is not from 0 to 4294967295.
std::vector<std::int64_t> select_samples(std::span<const std::uint8_t> labels, const Selection& selection,
                                         std::optional<std::int64_t> data_seed);

}  // namespace ska
