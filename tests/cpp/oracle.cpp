#include "oracle.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace ska::test {
namespace {

constexpr double kUnit =
    0x1p-24;  // half the distance from 1 to the next float: the relative error of one rounding
constexpr double kLn2 = std::numbers::ln2;

double norm(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum);
}

double largest(const std::vector<double>& values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

/// The first rows of a matrix, row-major.
std::vector<double> values_of(const Eigen::Ref<const Matrix>& matrix, std::size_t rows) {
  std::vector<double> values;
  for (Eigen::Index i = 0; i < static_cast<Eigen::Index>(rows); ++i) {
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) values.push_back(matrix(i, j));
  }
  return values;
}

double root(std::size_t count) { return std::sqrt(static_cast<double>(count)); }

}  // namespace

Oracle::Oracle(Config config, const Batch& batch, const Network& network)
    : config_(std::move(config)),
      samples_(static_cast<std::size_t>(batch.samples)),
      pixels_(batch.pixels.size()) {
  std::ranges::transform(batch.pixels, pixels_.begin(), [](std::uint8_t byte) {
    return static_cast<double>(static_cast<float>(byte) / 255.0F);
  });
  for (const Layer& layer : network) {
    LayerState state;
    state.inputs = static_cast<std::size_t>(layer.weights.rows());
    state.neurons = static_cast<std::size_t>(layer.weights.cols());
    state.weights = values_of(layer.weights, state.inputs);
    state.bias = values_of(layer.bias, 1);
    layers_.push_back(std::move(state));
  }
}

void Oracle::adopt(const Run& run) {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    LayerState& layer = layers_[l];
    layer.weights = values_of(run.weights(l), layer.inputs);
    layer.bias = values_of(run.bias(l), 1);
    layer.weight_error = layer.z_error_before = layer.d_error_before = 0;
    if (run.steps_done() == 0) continue;  // no Z and D yet
    layer.z_before = values_of(run.knowledge(l), samples_);
    layer.d_before = values_of(run.decisions(l), samples_);
  }
}

void Oracle::step() {
  for (std::size_t l = 0; l < layers_.size(); ++l) forward(l);
  if (steps_done_ > 0) {
    for (LayerState& layer : layers_) measure(layer);
    for (std::size_t l = 0; l < layers_.size(); ++l) update(l);
  }
  for (LayerState& layer : layers_) {
    layer.z_before = layer.z;
    layer.d_before = layer.d;
    layer.z_error_before = layer.z_error;
    layer.d_error_before = layer.d_error;
  }
  ++steps_done_;
}

void Oracle::forward(std::size_t l) {
  LayerState& layer = layers_[l];
  const Values& input = l == 0 ? pixels_ : layers_[l - 1].d;
  const double input_error = l == 0 ? 0.0 : layers_[l - 1].d_error;

  layer.z.assign(samples_ * layer.neurons, 0);
  layer.d.assign(samples_ * layer.neurons, 0);
  double most_terms = 0;    // largest Σ|a·w| + |b|
  double most_weights = 0;  // largest Σ|w|
  double most_inputs = 0;   // largest Σ|a|
  for (std::size_t s = 0; s < samples_; ++s) {
    for (std::size_t j = 0; j < layer.neurons; ++j) {
      double z = layer.bias[j], terms = std::abs(layer.bias[j]), weights = 0, inputs = 0;
      for (std::size_t i = 0; i < layer.inputs; ++i) {
        const double a = input[s * layer.inputs + i];
        const double w = layer.weights[i * layer.neurons + j];
        z += a * w;
        terms += std::abs(a * w);
        weights += std::abs(w);
        inputs += std::abs(a);
      }
      layer.z[s * layer.neurons + j] = z;
      layer.d[s * layer.neurons + j] = 1 / (1 + std::exp(-z));
      most_terms = std::max(most_terms, terms);
      most_weights = std::max(most_weights, weights);
      most_inputs = std::max(most_inputs, inputs);
    }
  }
  layer.z_error = static_cast<double>(layer.inputs + 2) * kUnit * most_terms + input_error * most_weights +
                  layer.weight_error * (most_inputs + 1);
  layer.d_error = layer.z_error / 4 + kSigmoidError;  // σ' is at most 1/4
  recorded(layer, Quantity::knowledge_norm) = {norm(layer.z), layer.z_error * root(layer.z.size())};
}

void Oracle::measure(LayerState& layer) const {
  const double rate = config_.learning_rate;
  const double delta_z_error = layer.z_error + layer.z_error_before;
  const double delta_d_error = layer.d_error + layer.d_error_before;

  Expected z_delta_d, tensor_net, action;
  Values delta_z, delta_d;
  for (std::size_t e = 0; e < layer.z.size(); ++e) {
    const double z = layer.z[e], d = layer.d[e];
    const double dz = z - layer.z_before[e], dd = d - layer.d_before[e];
    const double slope = d * (1 - d);
    const double z_slope_error = layer.z_error / 4 + std::abs(z) * layer.d_error;
    const double force = d - z * slope / kLn2;
    z_delta_d.value += z * dd;
    z_delta_d.tolerance += std::abs(dd) * layer.z_error + std::abs(z) * delta_d_error;
    tensor_net.value += dz * force;
    tensor_net.tolerance +=
        delta_z_error * std::abs(force) + std::abs(dz) * (layer.d_error + z_slope_error / kLn2);
    action.value += z * slope * dz;
    action.tolerance += z_slope_error * std::abs(dz) + std::abs(z) * slope * delta_z_error;
    delta_z.push_back(dz);
    delta_d.push_back(dd);
  }
  const double z_norm = norm(layer.z), delta_d_norm = norm(delta_d), count_root = root(layer.z.size());
  recorded(layer, Quantity::entropy) = {-z_delta_d.value / kLn2, z_delta_d.tolerance / kLn2};
  recorded(layer, Quantity::tensor_net) = tensor_net;
  recorded(layer, Quantity::flow) = {norm(delta_z) / rate, delta_z_error * count_root / rate};
  recorded(layer, Quantity::lagrangian) = {-action.value / rate, action.tolerance / rate};
  if (z_norm > 0 && delta_d_norm > 0) {
    const double cosine = z_delta_d.value / (z_norm * delta_d_norm);
    const double norms_error =
        layer.z_error * count_root / z_norm + delta_d_error * count_root / delta_d_norm;
    recorded(layer, Quantity::cosine) = {
        cosine, z_delta_d.tolerance / (z_norm * delta_d_norm) + std::abs(cosine) * norms_error};
  } else {
    recorded(layer, Quantity::cosine) = {0, 0};
  }
}

void Oracle::update(std::size_t l) {
  LayerState& layer = layers_[l];
  const bool current = config_.layer_input == LayerInput::current;
  const Values& input = l == 0 ? pixels_ : current ? layers_[l - 1].d : layers_[l - 1].d_before;
  const double input_error = l == 0 ? 0.0 : current ? layers_[l - 1].d_error : layers_[l - 1].d_error_before;
  const auto n = static_cast<double>(samples_);

  Values gradient;
  for (std::size_t e = 0; e < layer.z.size(); ++e) {
    const double z = layer.z[e], d = layer.d[e];
    const double shift = config_.shift_term ? d - layer.d_before[e] : 0.0;
    gradient.push_back(-z * d * (1 - d) / kLn2 - (config_.gradient_equation == 31 ? shift : shift / kLn2));
  }
  for (std::size_t j = 0; j < layer.neurons; ++j) {
    for (std::size_t i = 0; i < layer.inputs; ++i) {
      double sum = 0;
      for (std::size_t s = 0; s < samples_; ++s)
        sum += input[s * layer.inputs + i] * gradient[s * layer.neurons + j];
      layer.weights[i * layer.neurons + j] -= config_.learning_rate * sum / n;
    }
    double sum = 0;
    for (std::size_t s = 0; s < samples_; ++s) sum += gradient[s * layer.neurons + j];
    layer.bias[j] -= config_.learning_rate * sum / n;
  }

  // Inputs are at most 1, and the error of a mean over samples is at most that of its worst sample.
  const double steepest = largest(gradient);
  const double gradient_error =
      (layer.z_error / 4 + largest(layer.z) * layer.d_error + layer.d_error + layer.d_error_before) / kLn2 +
      kUnit * steepest;
  const double update_error = gradient_error + input_error * steepest + (n + 2) * kUnit * steepest;
  layer.weight_error += config_.learning_rate * update_error +
                        2 * kUnit * std::max(largest(layer.weights), largest(layer.bias));
  recorded(layer, Quantity::weight_norm) = {norm(layer.weights),
                                            layer.weight_error * root(layer.weights.size())};
}

Expected Oracle::total_entropy() const {
  Expected total;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    total.value += at(Quantity::entropy, l).value;
    total.tolerance += at(Quantity::entropy, l).tolerance;
  }
  return total;
}

Expected Oracle::output(std::size_t neuron) const {
  const LayerState& last = layers_.back();
  double sum = 0;
  for (std::size_t s = 0; s < samples_; ++s) sum += last.d[s * last.neurons + neuron];
  return {sum / static_cast<double>(samples_), last.d_error};
}

Expected Oracle::weight(std::size_t layer, std::size_t input, std::size_t neuron) const {
  const LayerState& state = layers_[layer];
  return {state.weights[input * state.neurons + neuron], state.weight_error};
}

Expected Oracle::bias(std::size_t layer, std::size_t neuron) const {
  return {layers_[layer].bias[neuron], layers_[layer].weight_error};
}

}  // namespace ska::test
