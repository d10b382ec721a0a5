#include "core/config.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text.h"

namespace ska {
namespace {

std::string all_messages(const std::vector<Fault>& faults) {
  std::vector<std::string> messages;
  messages.reserve(faults.size());
  for (const Fault& fault : faults) messages.push_back(fault.message);
  return joined(messages, " ");
}

}  // namespace

std::string_view name_of(LayerInput input) { return input == LayerInput::current ? "current" : "previous"; }

std::optional<LayerInput> layer_input_of(std::string_view name) {
  for (const LayerInput input : {LayerInput::previous, LayerInput::current}) {
    if (name_of(input) == name) return input;
  }
  return std::nullopt;
}

ConfigError::ConfigError(std::vector<Fault> faults)
    : std::invalid_argument(all_messages(faults)), faults_(std::move(faults)) {}

std::vector<Fault> Config::validate() const {
  std::vector<Fault> faults;
  const auto fault = [&](const char* field, std::string message) {
    faults.push_back({field, std::move(message)});
  };

  const auto depth = static_cast<std::int64_t>(layers.size());
  if (depth < 1 || depth > Limits::most_layers) {
    fault("layers", sentence("A network has 1 to ", Limits::most_layers, " layers; ", depth, " were given."));
  }
  for (std::int64_t l = 0; l < depth && l < Limits::most_layers; ++l) {
    const std::int64_t neurons = layers[static_cast<std::size_t>(l)];
    if (neurons < 1 || neurons > Limits::most_neurons) {
      fault("layers", sentence("Layer ", l + 1, " has ", neurons, " neurons; a layer has 1 to ",
                               Limits::most_neurons, "."));
    }
  }
  if (steps < 1 || steps > Limits::most_steps) {
    fault("steps", sentence("A run takes 1 to ", Limits::most_steps, " steps; ", steps, " were given."));
  }
  if (!std::isfinite(learning_rate) || learning_rate <= 0) {
    fault("learning_rate",
          sentence("The learning rate must be a finite number above 0; ", learning_rate, " was given."));
  }
  if (seed < 0 || seed > Limits::greatest_seed) {
    fault("seed", sentence("The weight seed must be a whole number from 0 to ", Limits::greatest_seed, "; ",
                           seed, " was given."));
  }
  if (std::ranges::find(Limits::gradient_equations, gradient_equation) == Limits::gradient_equations.end()) {
    fault("gradient_equation",
          sentence("The gradient's equation must be 22 or 31; ", gradient_equation, " was given."));
  }
  return faults;
}

std::vector<Fault> Config::validate(const Batch& batch) const {
  std::vector<Fault> faults = validate();
  if (batch.samples < 1) {
    faults.push_back({"samples", "A run needs at least one sample; the batch is empty."});
  }
  if (batch.features < 1 || batch.features > Limits::most_features) {
    faults.push_back({"pixels", sentence("A sample has 1 to ", Limits::most_features, " pixels; ",
                                         batch.features, " were given.")});
  } else if (batch.samples >= 1) {
    const auto given = static_cast<std::int64_t>(batch.pixels.size());
    // Divided, not multiplied: a product of two large counts could overflow.
    if (given % batch.features != 0 || given / batch.features != batch.samples) {
      faults.push_back({"pixels", sentence("A batch of ", batch.samples, " samples with ", batch.features,
                                           " pixels each does not match the ", given, " pixels given.")});
    }
  }
  return faults;
}

}  // namespace ska
