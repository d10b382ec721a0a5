#include "core/sampling.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/config.h"
#include "core/random.h"
#include "core/text.h"

namespace ska {
namespace {

constexpr int kLabels = 256;  // a label is a byte
using IndicesByClass = std::array<std::vector<std::int64_t>, kLabels>;

IndicesByClass indices_by_class(std::span<const std::uint8_t> labels) {
  IndicesByClass found;
  for (std::size_t i = 0; i < labels.size(); ++i) found[labels[i]].push_back(static_cast<std::int64_t>(i));
  return found;
}

std::string classes_in(const IndicesByClass& found) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < kLabels; ++c) {
    if (!found[c].empty()) names.push_back(std::to_string(c));
  }
  return joined(names, ", ");
}

/// The classes to take. Throws if one does not occur, has too few samples, or is listed twice.
std::vector<std::size_t> checked_classes(const IndicesByClass& found, const Selection& selection) {
  if (selection.per_class && *selection.per_class < 1) {
    throw SamplingError(
        sentence("At least 1 sample per class is needed; ", *selection.per_class, " were asked for."));
  }
  if (std::ranges::all_of(found, [](const auto& indices) { return indices.empty(); }))
    throw SamplingError("There are no labels to choose samples by.");
  std::vector<std::size_t> classes;
  if (selection.classes.empty()) {
    for (std::size_t c = 0; c < kLabels; ++c) {
      if (!found[c].empty()) classes.push_back(c);
    }
  }
  for (const std::int64_t c : selection.classes) {
    if (c < 0 || c >= kLabels || found[static_cast<std::size_t>(c)].empty()) {
      throw SamplingError(sentence("Class ", c, " does not occur in the labels, which hold the classes ",
                                   classes_in(found), "."));
    }
    if (std::ranges::find(classes, static_cast<std::size_t>(c)) != classes.end()) {
      throw SamplingError(sentence("Class ", c, " is named twice."));
    }
    classes.push_back(static_cast<std::size_t>(c));
  }
  for (const std::size_t c : classes) {
    const auto available = static_cast<std::int64_t>(found[c].size());
    if (selection.per_class && *selection.per_class > available) {
      throw SamplingError(sentence("Class ", c, " has ", available, " samples; ", *selection.per_class,
                                   " per class were asked for."));
    }
  }
  return classes;
}

std::size_t taken(const std::vector<std::int64_t>& indices, const Selection& selection) {
  return selection.per_class ? static_cast<std::size_t>(*selection.per_class) : indices.size();
}

}  // namespace

std::vector<std::int64_t> select_first(std::span<const std::uint8_t> labels, const Selection& selection) {
  const IndicesByClass found = indices_by_class(labels);
  std::array<std::size_t, kLabels> wanted{};
  for (const std::size_t c : checked_classes(found, selection)) wanted[c] = taken(found[c], selection);
  std::vector<std::int64_t> selected;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (wanted[labels[i]] == 0) continue;
    --wanted[labels[i]];
    selected.push_back(static_cast<std::int64_t>(i));
  }
  return selected;
}

std::vector<std::int64_t> select_shuffled(std::span<const std::uint8_t> labels, const Selection& selection,
                                          std::uint32_t data_seed) {
  IndicesByClass found = indices_by_class(labels);
  NumpyShuffle stream(data_seed);
  std::vector<std::int64_t> selected;
  for (const std::size_t c : checked_classes(found, selection)) {
    stream.shuffle(found[c]);
    const auto first = found[c].begin();
    selected.insert(selected.end(), first, first + static_cast<std::ptrdiff_t>(taken(found[c], selection)));
  }
  return selected;
}

std::vector<std::int64_t> select_samples(std::span<const std::uint8_t> labels, const Selection& selection,
                                         std::optional<std::int64_t> data_seed) {
  if (!data_seed) return select_first(labels, selection);
  if (*data_seed < 0 || *data_seed > Limits::greatest_seed) {
    throw SamplingError(sentence("The data seed must be a whole number from 0 to ", Limits::greatest_seed,
                                 "; ", *data_seed, " was given."));
  }
  return select_shuffled(labels, selection, static_cast<std::uint32_t>(*data_seed));
}

}  // namespace ska
