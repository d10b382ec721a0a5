// How does a network learn from a batch, step by step?
//
//     std::vector<std::uint8_t> pixels = …;                   // (samples, 784), one byte each
//     ska::Config config;                                     // the papers' defaults
//     ska::Run run(config, {pixels, samples, 784});
//     ska::History history(run.layout(), config.steps);
//     while (run.status() == ska::Status::ready) history.append(run.step());
//     history.at(ska::Quantity::entropy, 1, 15);              // layer 2, record 16
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/execution.h"
#include "core/fingerprint.h"
#include "core/learner.h"
#include "core/network.h"
#include "core/record.h"

namespace ska {

enum class Status : std::uint8_t {
  ready,      ///< a further step can be taken
  finished,   ///< all K steps are taken; `extend` makes more of them
  cancelled,  ///< given up by `cancel`; final
  failed,     ///< the numbers stopped being finite; final
};

/// Thrown by Run::step when a number of the step is not finite. `what()` names the step and the layer.
class NonFiniteError : public std::runtime_error {
 public:
  NonFiniteError(std::int64_t step, std::size_t layer, const std::string& quantity);
  std::int64_t step() const { return step_; }   ///< k, counted from 0
  std::size_t layer() const { return layer_; }  ///< counted from 0

 private:
  std::int64_t step_;
  std::size_t layer_;
};

/// Thrown by Run's constructors when the run does not fit in memory. `what()` says how much it needs.
class MemoryError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One SKA run over one batch, advanced a step at a time. It pauses when nobody asks for a step.
class Run {
 public:
  /// A run from the weights that `config.seed` means. The batch is looked at, not copied: it must outlive the
  /// run. Throws ConfigError with every fault of `config.validate(batch)`, MemoryError, ThreadError, and
  /// std::invalid_argument for a number of threads that no team has.
  Run(const Config& config, Batch batch, const Execution& execution = {});

  /// A run from given weights, whose shapes must be those of `config` and `batch`; else throws
  /// std::invalid_argument. `config.seed` is not used.
  Run(Config config, Batch batch, const Network& network, const Execution& execution = {});

  /// A run from given weights and biases as network_of (network.h) reads them, which for these faults throws
  /// std::invalid_argument. `config.seed` is not used.
  Run(const Config& config, Batch batch, std::span<const float> weights, const Execution& execution = {});

  /// Takes step k: forward through all layers; for k > 0 also measures, then updates every layer. Returns the
  /// step's record, which stays valid until the next call. Allocates nothing.
  /// Throws NonFiniteError (the run has then failed), and std::logic_error where the status is not `ready`.
  std::span<const double> step();

  Status status() const { return status_; }
  std::int64_t steps_done() const { return steps_done_; }
  const Config& config() const { return config_; }
  const RecordLayout& layout() const { return layout_; }

  /// Gives the run up: it takes no further step. A run that ended before stays as it ended.
  void cancel();

  /// Makes K, the number of steps, another: the run goes on to it as if it had been K from the start, bit for
  /// bit, and one that had finished becomes ready again. Throws ConfigError for a K below the steps done or
  /// beyond the range of `Config::steps`, and std::logic_error where the run is cancelled or failed.
  void extend(std::int64_t steps);

  /// The notebook's initialize_tensors: forgets Z, D and the count of steps and keeps the weights, so that
  /// the next K steps go on learning. Does nothing to a run that is cancelled or failed.
  void forget();

  std::size_t layers() const { return config_.layers.size(); }
  /// W⁽ˡ⁾ (inputs, neurons) and b⁽ˡ⁾ after the last step's update, as copies. `layer` counts from 0.
  /// Throws std::out_of_range.
  Matrix weights(std::size_t layer) const { return learner_->layer(existing(layer)).weights; }
  RowVector bias(std::size_t layer) const { return learner_->layer(existing(layer)).bias; }
  /// Z⁽ˡ⁾ and D⁽ˡ⁾ (samples, neurons) of the last step, as copies; meaningless before the first.
  /// Throws std::out_of_range.
  Matrix knowledge(std::size_t layer) const { return learner_->knowledge(existing(layer)); }
  Matrix decisions(std::size_t layer) const { return learner_->decisions(existing(layer)); }

  /// The digest of all records so far, in order, and of the present weights and biases (layer after layer,
  /// weights before biases, row-major): 32 hexadecimal digits that are the same on every host, by whatever
  /// means the run was computed. None for a run that has no step, has failed, or is computed by kernels that
  /// are not exact.
  std::optional<std::string> fingerprint() const;

 private:
  std::size_t existing(std::size_t layer) const;
  void record_looks();
  void record_measures(std::size_t layer);
  double& recorded(Quantity quantity, std::size_t layer) { return record_[layout_.of(quantity, layer)]; }
  void require_finite(Quantity quantity, std::size_t layer);

  Config config_;
  RecordLayout layout_;
  std::vector<double> record_;
  bool exact_;
  std::unique_ptr<Learner> learner_;
  Fingerprint records_;
  std::int64_t steps_done_ = 0;
  Status status_ = Status::ready;
};

/// What a watcher of steps wants next.
enum class Wish : std::uint8_t { go_on, pause, cancel };

/// Takes up to `most` steps, handing each record to `watch` as it is made, until the run ends or `watch`
/// wishes otherwise. A paused run continues with the next call. Returns how many steps were taken; throws as
/// Run::step.
std::int64_t advance(Run& run, const std::function<Wish(std::span<const double>)>& watch,
                     std::int64_t most = std::numeric_limits<std::int64_t>::max());

}  // namespace ska
