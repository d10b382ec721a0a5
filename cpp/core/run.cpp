#include "core/run.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <new>
#include <numbers>
#include <utility>

#include "core/text.h"

namespace ska {
namespace {

constexpr double kNotRecorded = std::numeric_limits<double>::quiet_NaN();

const char* name_of(Quantity quantity) {
  switch (quantity) {
    case Quantity::knowledge_norm:
      return "‖Z‖";
    case Quantity::entropy:
      return "the entropy";
    case Quantity::cosine:
      return "the cosine";
    case Quantity::tensor_net:
      return "the tensor net";
    case Quantity::flow:
      return "the knowledge flow";
    case Quantity::lagrangian:
      return "the Lagrangian";
    case Quantity::weight_norm:
      return "‖W‖";
  }
  return "a number";
}

Config checked(Config config, const Batch& batch) {
  std::vector<Fault> faults = config.validate(batch);
  if (!faults.empty()) throw ConfigError(std::move(faults));
  return config;
}

/// The network, if its shapes match. Throws std::invalid_argument otherwise.
const Network& checked(const Network& network, const Config& config, const Batch& batch) {
  if (network.size() != config.layers.size()) {
    throw std::invalid_argument(sentence("The network given has ", network.size(),
                                         " layers; the configuration has ", config.layers.size(), "."));
  }
  std::int64_t inputs = batch.features;
  for (std::size_t l = 0; l < network.size(); ++l) {
    const Layer& layer = network[l];
    const std::int64_t neurons = config.layers[l];
    if (layer.weights.rows() != inputs || layer.weights.cols() != neurons || layer.bias.size() != neurons) {
      throw std::invalid_argument(sentence("Layer ", l + 1, " of the network given has ",
                                           layer.weights.rows(), " × ", layer.weights.cols(), " weights and ",
                                           layer.bias.size(), " biases; the configuration needs ", inputs,
                                           " × ", neurons, " and ", neurons, "."));
    }
    inputs = neurons;
  }
  return network;
}

[[noreturn]] void throw_memory_error(const Config& config, const Batch& batch) {
  const double megabytes = std::ceil(Learner::bytes_needed(batch, config.layers) / 1e6);
  throw MemoryError(sentence("This run does not fit in memory: ", batch.samples,
                             " samples through these layers need about ", megabytes,
                             " MB. Fewer samples or smaller layers need less."));
}

/// Validates the configuration and returns the network that `make` creates for it. A run that exceeds the
/// address space of this host (4 GB in WebAssembly) is rejected before anything is allocated.
template <class Make>
Network made_network(const Config& config, const Batch& batch, const Make& make) {
  const Config sound = checked(config, batch);
  if (Learner::bytes_needed(batch, sound.layers) > static_cast<double>(SIZE_MAX))
    throw_memory_error(config, batch);
  try {
    return make(sound);
  } catch (const std::bad_alloc&) {
    throw_memory_error(config, batch);
  }
}

Network drawn_network(const Config& config, const Batch& batch) {
  return made_network(config, batch, [&](const Config& sound) {
    return initial_network(batch.features, sound.layers, static_cast<std::uint32_t>(sound.seed));
  });
}

Network given_network(const Config& config, const Batch& batch, std::span<const float> weights) {
  return made_network(config, batch,
                      [&](const Config& sound) { return network_of(batch.features, sound.layers, weights); });
}

}  // namespace

NonFiniteError::NonFiniteError(std::int64_t step, std::size_t layer, const std::string& quantity)
    : std::runtime_error(
          sentence("The run stopped at step ", step, ", layer ", layer + 1, ": ", quantity,
                   " is no longer a finite number. A smaller learning rate keeps the numbers finite.")),
      step_(step),
      layer_(layer) {}

Run::Run(const Config& config, Batch batch, const Execution& execution)
    : Run(config, batch, drawn_network(config, batch), execution) {}

Run::Run(const Config& config, Batch batch, std::span<const float> weights, const Execution& execution)
    : Run(config, batch, given_network(config, batch, weights), execution) {}

Run::Run(Config config, Batch batch, const Network& network, const Execution& execution)
    : config_(checked(std::move(config), batch)),
      layout_(config_.layers.size(), static_cast<std::size_t>(config_.layers.back())),
      record_(layout_.size(), kNotRecorded),
      exact_(execution.kernels->exact) {
  if (execution.threads < 1 || execution.threads > Team::most_threads) {
    throw std::invalid_argument(
        sentence("A run has 1 to ", Team::most_threads, " threads; ", execution.threads, " were asked for."));
  }
  const Network& fitting = checked(network, config_, batch);
  try {
    learner_ = std::make_unique<Learner>(batch, fitting, execution);
  } catch (const std::bad_alloc&) {
    throw_memory_error(config_, batch);
  } catch (const std::length_error&) {  // more values than a vector can hold
    throw_memory_error(config_, batch);
  }
}

std::size_t Run::existing(std::size_t layer) const {
  if (layer >= layers())
    throw std::out_of_range(sentence("The network has ", layers(), " layers, and no layer ", layer + 1, "."));
  return layer;
}

std::span<const double> Run::step() {
  if (status_ != Status::ready) {
    throw std::logic_error(status_ == Status::finished
                               ? sentence("The run has taken all of its ", config_.steps, " steps.")
                               : "The run was cancelled or has failed, and takes no further step.");
  }
  std::ranges::fill(record_, kNotRecorded);
  record_[RecordLayout::step()] = static_cast<double>(steps_done_);
  const bool learns = steps_done_ > 0;
  if (learns) {
    learner_->look_and_learn(config_);
  } else {
    learner_->look();
  }
  try {
    record_looks();
    if (learns) {
      double total = 0;
      for (std::size_t l = 0; l < layers(); ++l) {
        record_measures(l);
        total += recorded(Quantity::entropy, l);
      }
      record_[RecordLayout::total_entropy()] = total;
    }
  } catch (const NonFiniteError&) {
    status_ = Status::failed;
    throw;
  }
  if (exact_) records_.add(record_);
  ++steps_done_;
  if (steps_done_ == config_.steps) status_ = Status::finished;
  return record_;
}

void Run::record_looks() {
  for (std::size_t l = 0; l < layers(); ++l) {
    recorded(Quantity::knowledge_norm, l) = std::sqrt(learner_->sums(l)[z_squared]);
    require_finite(Quantity::knowledge_norm, l);
  }
  std::ranges::copy(learner_->mean_outputs(),
                    record_.begin() + static_cast<std::ptrdiff_t>(layout_.outputs_start()));
}

void Run::record_measures(std::size_t l) {
  const Learner::LayerSums& sums = learner_->sums(l);
  const double rate = config_.learning_rate;
  const double norms = recorded(Quantity::knowledge_norm, l) * std::sqrt(sums[delta_d_squared]);
  // Adding 0.0 turns the −0 of an unchanged layer into 0.
  recorded(Quantity::entropy, l) = -sums[z_delta_d] / std::numbers::ln2 + 0.0;
  recorded(Quantity::cosine, l) = norms > 0 ? sums[z_delta_d] / norms : 0.0;
  recorded(Quantity::tensor_net, l) = sums[tensor_net_sum];
  recorded(Quantity::flow, l) = std::sqrt(sums[delta_z_squared]) / rate;
  recorded(Quantity::lagrangian, l) = -sums[z_slope_delta_z] / rate + 0.0;
  recorded(Quantity::weight_norm, l) = std::sqrt(learner_->squared_weights(l));
  for (const Quantity quantity : all_quantities) require_finite(quantity, l);
  if (!learner_->has_finite_bias(l)) throw NonFiniteError(steps_done_, l, "the bias");
}

void Run::require_finite(Quantity quantity, std::size_t layer) {
  if (!std::isfinite(recorded(quantity, layer))) throw NonFiniteError(steps_done_, layer, name_of(quantity));
}

std::optional<std::string> Run::fingerprint() const {
  if (!exact_ || steps_done_ == 0 || status_ == Status::failed) return std::nullopt;
  Fingerprint all = records_;
  for (std::size_t l = 0; l < layers(); ++l) {
    const Layer layer = learner_->layer(l);
    all.add(std::span(layer.weights.data(), static_cast<std::size_t>(layer.weights.size())));
    all.add(std::span(layer.bias.data(), static_cast<std::size_t>(layer.bias.size())));
  }
  return all.text();
}

void Run::cancel() {
  if (status_ == Status::ready) status_ = Status::cancelled;
}

void Run::extend(std::int64_t steps) {
  if (status_ == Status::cancelled || status_ == Status::failed)
    throw std::logic_error("The run was cancelled or has failed, and cannot be extended.");
  Config longer = config_;
  longer.steps = steps;
  std::vector<Fault> faults = longer.validate();
  if (faults.empty() && steps < steps_done_) {
    faults.push_back(
        {"steps", sentence("The run has taken ", steps_done_, " steps and can be extended to ", steps_done_,
                           " to ", Limits::most_steps, "; ", steps, " were given.")});
  }
  if (!faults.empty()) throw ConfigError(std::move(faults));
  config_.steps = steps;
  status_ = steps_done_ == steps ? Status::finished : Status::ready;
}

void Run::forget() {
  if (status_ == Status::cancelled || status_ == Status::failed) return;
  records_ = {};
  steps_done_ = 0;
  status_ = Status::ready;
}

std::int64_t advance(Run& run, const std::function<Wish(std::span<const double>)>& watch, std::int64_t most) {
  std::int64_t taken = 0;
  while (taken < most && run.status() == Status::ready) {
    const Wish wish = watch(run.step());
    ++taken;
    if (wish == Wish::cancel) run.cancel();
    if (wish != Wish::go_on) break;
  }
  return taken;
}

}  // namespace ska
