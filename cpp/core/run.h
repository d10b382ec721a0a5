// One SKA run over one batch, advanced step by step. This is the entry point of the library.
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
  ready,      ///< more steps can be taken
  finished,   ///< all K steps are done; `extend` adds more
  cancelled,  ///< stopped by `cancel`; final
  failed,     ///< a number was not finite; final
};

/// Thrown by Run::step when a computed number is not finite. `what()` names the step and the layer.
class NonFiniteError : public std::runtime_error {
 public:
  NonFiniteError(std::int64_t step, std::size_t layer, const std::string& quantity);
  std::int64_t step() const { return step_; }   ///< k, counted from 0
  std::size_t layer() const { return layer_; }  ///< counted from 0

 private:
  std::int64_t step_;
  std::size_t layer_;
};

/// Thrown by Run's constructors when the run does not fit in memory. `what()` states how much it needs.
class MemoryError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One SKA run over one batch. Each call of `step` takes one step; between calls the run is paused.
class Run {
 public:
  /// Starts from the initial weights of `config.seed`. The batch is not copied and must outlive the run.
  /// Throws ConfigError with every fault of `config.validate(batch)`, MemoryError, ThreadError, and
  /// std::invalid_argument if `execution.threads` is not 1 to Team::most_threads.
  Run(const Config& config, Batch batch, const Execution& execution = {});

  /// Starts from a given network and ignores `config.seed`. Also throws std::invalid_argument if the shapes
  /// of `network` do not match `config` and `batch`.
  Run(Config config, Batch batch, const Network& network, const Execution& execution = {});

  /// Starts from given weights and biases, in the order of network_of (network.h), and ignores `config.seed`.
  /// Also throws std::invalid_argument if the count is wrong or a value is not finite.
  Run(const Config& config, Batch batch, std::span<const float> weights, const Execution& execution = {});

  /// Takes step k: the forward pass, then for k > 0 the measures and the update of every layer. Returns the
  /// record of the step, which stays valid until the next call. Does not allocate.
  /// Throws NonFiniteError, after which the run has failed,
  /// and std::logic_error if the status is not `ready`.
  std::span<const double> step();

  Status status() const { return status_; }
  std::int64_t steps_done() const { return steps_done_; }
  const Config& config() const { return config_; }
  const RecordLayout& layout() const { return layout_; }

  /// Stops the run for good. Does nothing if the run has already ended.
  void cancel();

  /// Sets a new number of steps K. The run continues as if it had been started with this K, bit for bit, and
  /// a finished run becomes ready again. Throws ConfigError if K is below the steps done or out of range
  /// (`Config::steps`), and std::logic_error if the run is cancelled or failed.
  void extend(std::int64_t steps);

  /// The notebook's initialize_tensors: resets Z, D and the step count but keeps the weights. The next K
  /// steps continue to train them. Does nothing if the run is cancelled or failed.
  void forget();

  std::size_t layers() const { return config_.layers.size(); }
  /// Copies of W⁽ˡ⁾ (inputs, neurons) and b⁽ˡ⁾ after the last step's update. `layer` counts from 0.
  /// Throws std::out_of_range.
  Matrix weights(std::size_t layer) const { return learner_->layer(existing(layer)).weights; }
  RowVector bias(std::size_t layer) const { return learner_->layer(existing(layer)).bias; }
  /// Copies of Z⁽ˡ⁾ and D⁽ˡ⁾ (samples, neurons) of the last step; not meaningful before the first step.
  /// Throws std::out_of_range.
  Matrix knowledge(std::size_t layer) const { return learner_->knowledge(existing(layer)); }
  Matrix decisions(std::size_t layer) const { return learner_->decisions(existing(layer)); }

  /// A digest of all records so far, in order, and of the current weights and biases (layer by layer, weights
  /// before biases, row-major), as 32 hexadecimal digits. With exact kernels it is the same on every host,
  /// for every thread count and instruction set. Empty before the first step, after a failure, and with
  /// kernels that are not exact.
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

/// What the callback of `advance` returns: continue, pause or cancel.
enum class Wish : std::uint8_t { go_on, pause, cancel };

/// Takes up to `most` steps and passes each record to `watch`, until the run ends or `watch` returns anything
/// but Wish::go_on. The next call continues a paused run. Returns the number of steps taken.
/// Throws as Run::step does.
std::int64_t advance(Run& run, const std::function<Wish(std::span<const double>)>& watch,
                     std::int64_t most = std::numeric_limits<std::int64_t>::max());

}  // namespace ska
