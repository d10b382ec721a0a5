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

void add_fault(const Setting& setting, const std::string& allowed, const std::string& given,
               std::vector<Fault>& faults) {
  faults.push_back(
      {setting.name, sentence(setting.subject, " must be ", allowed, "; ", given, " was given.")});
}

// Each adds what is wrong with one setting of its type.

void check(const Setting& setting, const Setting::WholeNumber& type, const Config& config,
           std::vector<Fault>& faults) {
  const std::int64_t value = config.*type.member;
  if (value < type.min || value > type.max) {
    add_fault(setting, sentence("a whole number from ", type.min, " to ", type.max), sentence(value), faults);
  }
}

/// The network's layers are the only list so far.
void check(const Setting& setting, const Setting::WholeNumbers& type, const Config& config,
           std::vector<Fault>& faults) {
  const std::vector<std::int64_t>& layers = config.*type.member;
  const auto depth = static_cast<std::int64_t>(layers.size());
  if (depth < 1 || depth > type.max_count) {
    faults.push_back(
        {setting.name, sentence("A network has 1 to ", type.max_count, " layers; ", depth, " were given.")});
  }
  for (std::int64_t l = 0; l < depth && l < type.max_count; ++l) {
    const std::int64_t neurons = layers[static_cast<std::size_t>(l)];
    if (neurons < type.min || neurons > type.max) {
      faults.push_back({setting.name, sentence("Layer ", l + 1, " has ", neurons, " neurons; a layer has ",
                                               type.min, " to ", type.max, ".")});
    }
  }
}

void check(const Setting& setting, const Setting::WholeChoice& type, const Config& config,
           std::vector<Fault>& faults) {
  const std::int64_t value = config.*type.member;
  if (std::ranges::find(type.values, value) == type.values.end()) {
    add_fault(setting, sentence(type.values[0], " or ", type.values[1]), sentence(value), faults);
  }
}

void check(const Setting& setting, const Setting::PositiveNumber& type, const Config& config,
           std::vector<Fault>& faults) {
  const double value = config.*type.member;
  if (!std::isfinite(value) || value <= 0)
    add_fault(setting, "a finite number above 0", sentence(value), faults);
}

// Their types hold nothing else.
void check(const Setting&, const Setting::NamedChoice&, const Config&, std::vector<Fault>&) {}
void check(const Setting&, const Setting::Truth&, const Config&, std::vector<Fault>&) {}

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
  for (const Setting& setting : all_settings) {
    std::visit([&](const auto& type) { check(setting, type, *this, faults); }, setting.type);
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
