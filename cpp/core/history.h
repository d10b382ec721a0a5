// The records of all steps of a run, with access by quantity, layer and record.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/record.h"

namespace ska {

/// All records of a run, kept by the caller. `clear()` together with Run::forget does what the notebook's
/// initialize_tensors does.
class History {
 public:
  /// Reserves space for `steps` records, so appending up to that many does not allocate.
  History(RecordLayout layout, std::size_t steps) : layout_(layout) {
    values_.reserve(layout.size() * steps);
  }

  void append(std::span<const double> record) { values_.insert(values_.end(), record.begin(), record.end()); }
  void clear() { values_.clear(); }

  const RecordLayout& layout() const { return layout_; }
  std::size_t steps() const { return values_.size() / layout_.size(); }

  /// Number of records of a quantity: one per step for ‖Z‖;
  /// one fewer for the others, which need a previous step.
  std::size_t records(Quantity quantity) const { return steps() == 0 ? 0 : steps() - first_step(quantity); }
  /// `record` and `layer` count from 0, as everywhere in the code; the user interface counts from 1.
  double at(Quantity quantity, std::size_t layer, std::size_t record) const {
    return row(record + first_step(quantity))[layout_.of(quantity, layer)];
  }
  /// Sum of the entropies of all layers; `record` counts from 0 as in `at`.
  double total_entropy(std::size_t record) const { return row(record + 1)[RecordLayout::total_entropy()]; }
  /// Mean of D⁽ᴸ⁾ over samples at step k, one value per output neuron.
  std::span<const double> outputs(std::size_t step) const {
    return row(step).subspan(layout_.outputs_start(), layout_.outputs());
  }

 private:
  static std::size_t first_step(Quantity quantity) { return quantity == Quantity::knowledge_norm ? 0 : 1; }
  std::span<const double> row(std::size_t step) const {
    return std::span(values_).subspan(step * layout_.size(), layout_.size());
  }

  RecordLayout layout_;
  std::vector<double> values_;  // (steps, layout.size())
};

}  // namespace ska
