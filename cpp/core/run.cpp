#include "core/run.h"

#include <algorithm>
#include <cmath>
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

Network checked(Network network, const Config& config, const Batch& batch) {
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

/// What a run holds beside the batch, in bytes: five matrices per layer and the weights.
double bytes_needed(const Config& config, const Batch& batch) {
  double values = 0;
  auto inputs = static_cast<double>(batch.features);
  for (const std::int64_t layer : config.layers) {
    const auto neurons = static_cast<double>(layer);
    values += 5 * static_cast<double>(batch.samples) * neurons + inputs * neurons;
    inputs = neurons;
  }
  return values * sizeof(float);
}

[[noreturn]] void throw_memory_error(const Config& config, const Batch& batch) {
  const double megabytes = std::ceil(bytes_needed(config, batch) / 1e6);
  throw MemoryError(sentence("This run does not fit in memory: ", batch.samples,
                             " samples through these layers need about ", megabytes,
                             " MB. Fewer samples or smaller layers need less."));
}

/// The weights can only be drawn for a configuration that is sound, so that is checked here already.
Network drawn_network(const Config& config, const Batch& batch) {
  const Config sound = checked(config, batch);
  try {
    return initial_network(batch.features, sound.layers, static_cast<std::uint32_t>(sound.seed));
  } catch (const std::bad_alloc&) {
    throw_memory_error(config, batch);
  }
}

}  // namespace

NonFiniteError::NonFiniteError(std::int64_t step, std::size_t layer, const std::string& quantity)
    : std::runtime_error(
          sentence("The run stopped at step ", step, ", layer ", layer + 1, ": ", quantity,
                   " is no longer a finite number. A smaller learning rate keeps the numbers finite.")),
      step_(step),
      layer_(layer) {}

Run::Run(const Config& config, Batch batch) : Run(config, batch, drawn_network(config, batch)) {}

Run::Run(Config config, Batch batch, Network network)
    : config_(checked(std::move(config), batch)),
      batch_(batch),
      network_(checked(std::move(network), config_, batch)),
      layout_(network_.size(), static_cast<std::size_t>(network_.back().weights.cols())),
      record_(layout_.size(), kNotRecorded) {
  const auto samples = static_cast<Eigen::Index>(batch.samples);
  try {
    for (const Layer& layer : network_) {
      const Eigen::Index inputs = layer.weights.rows();
      const Eigen::Index neurons = layer.weights.cols();
      states_.push_back(State{.z = Matrix(samples, neurons),
                              .d = Matrix(samples, neurons),
                              .z_previous = Matrix(samples, neurons),
                              .d_previous = Matrix(samples, neurons),
                              .gradient = Matrix(samples, neurons),
                              .mean_gradient = Eigen::RowVectorXd(neurons),
                              .products = LayerProducts(samples, inputs, neurons)});
    }
    mean_outputs_.resize(network_.back().weights.cols());
  } catch (const std::bad_alloc&) {
    throw_memory_error(config_, batch);
  }
}

MatrixView Run::batch_view() const {
  return Eigen::Map<const Matrix>(batch_.pixels.data(), static_cast<Eigen::Index>(batch_.samples),
                                  static_cast<Eigen::Index>(batch_.features));
}

std::span<const double> Run::step() {
  if (status_ != Status::ready) {
    throw std::logic_error(status_ == Status::finished
                               ? sentence("The run has taken all of its ", config_.steps, " steps.")
                               : "The run was cancelled or has failed, and takes no further step.");
  }
  std::ranges::fill(record_, kNotRecorded);
  record_[RecordLayout::step()] = static_cast<double>(steps_done_);
  try {
    forward();
    if (steps_done_ > 0) {
      double total = 0;
      for (std::size_t l = 0; l < layers(); ++l) {
        measure_and_update(l);
        total += recorded(Quantity::entropy, l);
      }
      record_[RecordLayout::total_entropy()] = total;
    }
  } catch (const NonFiniteError&) {
    status_ = Status::failed;
    throw;
  }
  for (State& state : states_) {
    state.z.swap(state.z_previous);
    state.d.swap(state.d_previous);
  }
  ++steps_done_;
  if (steps_done_ == config_.steps) status_ = Status::finished;
  return record_;
}

void Run::forward() {
  for (std::size_t l = 0; l < layers(); ++l) {
    State& state = states_[l];
    const Layer& layer = network_[l];
    if (l == 0) {
      state.products.affine(batch_view(), layer.weights, layer.bias, state.z);
    } else {
      state.products.affine(states_[l - 1].d, layer.weights, layer.bias, state.z);
    }
    sigmoid(state.z, state.d);
    recorded(Quantity::knowledge_norm, l) = frobenius(state.z);
    require_finite(Quantity::knowledge_norm, l);
  }
  column_means(states_.back().d, mean_outputs_);
  std::copy(mean_outputs_.begin(), mean_outputs_.end(),
            record_.begin() + static_cast<std::ptrdiff_t>(layout_.outputs_start()));
}

/// Measures layer `l`, then moves its weights. No other layer's measures depend on these weights before the
/// next forward pass, so layer by layer is the same as measuring all and then updating all.
void Run::measure_and_update(std::size_t l) {
  State& state = states_[l];
  Layer& layer = network_[l];
  const double rate = config_.learning_rate;

  const LayerSums sums =
      measure({.z = state.z, .d = state.d, .z_previous = state.z_previous, .d_previous = state.d_previous},
              config_.shift_term, state.gradient);
  const double norms = recorded(Quantity::knowledge_norm, l) * std::sqrt(sums.delta_d_squared);
  // Adding 0.0 turns the −0 of an unchanged layer into 0.
  recorded(Quantity::entropy, l) = -sums.z_delta_d / std::numbers::ln2 + 0.0;
  recorded(Quantity::cosine, l) = norms > 0 ? sums.z_delta_d / norms : 0.0;
  recorded(Quantity::tensor_net, l) = sums.tensor_net;
  recorded(Quantity::flow, l) = std::sqrt(sums.delta_z_squared) / rate;
  recorded(Quantity::lagrangian, l) = -sums.z_slope_delta_z / rate + 0.0;

  // Each layer learns from what it was shown at the step before, the first from the batch itself.
  const double per_sample = rate / static_cast<double>(batch_.samples);
  if (l == 0) {
    state.products.descend(batch_view(), state.gradient, per_sample, layer.weights);
  } else {
    state.products.descend(states_[l - 1].d_previous, state.gradient, per_sample, layer.weights);
  }
  column_means(state.gradient, state.mean_gradient);
  layer.bias -= (rate * state.mean_gradient).cast<float>();
  recorded(Quantity::weight_norm, l) = frobenius(layer.weights);
  for (const Quantity quantity : all_quantities) require_finite(quantity, l);
  if (!layer.bias.allFinite()) throw NonFiniteError(steps_done_, l, "the bias");
}

void Run::require_finite(Quantity quantity, std::size_t layer) {
  if (!std::isfinite(recorded(quantity, layer))) throw NonFiniteError(steps_done_, layer, name_of(quantity));
}

void Run::cancel() {
  if (status_ == Status::ready) status_ = Status::cancelled;
}

void Run::forget() {
  if (status_ == Status::cancelled || status_ == Status::failed) return;
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
