#include "cli/setting_options.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include <CLI/CLI.hpp>

#include "core/text.h"

namespace ska {
namespace {

template <class T>
std::string text_of_default(const T& value) {
  return sentence(value);
}
std::string text_of_default(LayerInput input) { return std::string(name_of(input)); }
std::string text_of_default(const std::vector<std::int64_t>& numbers) {
  std::vector<std::string> texts;
  for (const std::int64_t number : numbers) texts.push_back(std::to_string(number));
  return joined(texts, ",");
}

const CLI::Option& add_setting(CLI::App& subcommand, const Setting& setting) {
  if (std::holds_alternative<Setting::Truth>(setting.type))
    return add_flag(subcommand, setting.option, setting.meaning);
  const std::string text =
      std::visit([](const auto& type) { return text_of_default(Config{}.*type.member); }, setting.type);
  return add_option(subcommand, setting.option, setting.value,
                    sentence(setting.meaning, " (default: ", text, ")").c_str());
}

// Each reads an option that is given.

void read_option(const CLI::Option& option, const Setting::WholeNumber& type, Config& config) {
  config.*type.member = *whole_number_of(option, type.min, type.max);
}

void read_option(const CLI::Option& option, const Setting::WholeNumbers& type, Config& config) {
  config.*type.member = *list_of(option, "layer sizes separated by commas, such as 256,128,64,10");
}

void read_option(const CLI::Option& option, const Setting::WholeChoice& type, Config& config) {
  const std::vector<std::string> names{std::to_string(type.values[0]), std::to_string(type.values[1])};
  config.*type.member = type.values[choice_of(option, names) == names[0] ? 0 : 1];
}

void read_option(const CLI::Option& option, const Setting::PositiveNumber& type, Config& config) {
  config.*type.member = *positive_number_of(option);
}

void read_option(const CLI::Option& option, const Setting::NamedChoice& type, Config& config) {
  const std::vector<std::string> names{std::string(name_of(LayerInput::previous)),
                                       std::string(name_of(LayerInput::current))};
  config.*type.member = *layer_input_of(choice_of(option, names));
}

/// A flag sets what is not the default.
void read_option(const CLI::Option&, const Setting::Truth& type, Config& config) {
  config.*type.member = !(Config{}.*type.member);
}

}  // namespace

SettingOptions::SettingOptions(CLI::App& subcommand) {
  for (const Setting& setting : all_settings) {
    options_.push_back(&add_setting(subcommand, setting));
    if (std::string_view(setting.name) != "learning_rate") continue;
    rate_ = options_.back();
    tau_ = &add_option(subcommand, "--tau", "X", "Characteristic time τ; the learning rate is then τ / K");
  }
}

void SettingOptions::require_one_rate() const { require_one_of(*rate_, *tau_); }

bool SettingOptions::any_given() const {
  return tau_->count() > 0 ||
         std::ranges::any_of(options_, [](const CLI::Option* option) { return option->count() > 0; });
}

void SettingOptions::read(Config& config) const {
  for (std::size_t i = 0; i < all_settings.size(); ++i) {
    const CLI::Option& option = *options_[i];
    if (option.count() == 0) continue;
    std::visit([&](const auto& type) { read_option(option, type, config); }, all_settings[i].type);
  }
  if (const auto tau = positive_number_of(*tau_))
    config.learning_rate = *tau / static_cast<double>(config.steps);
}

}  // namespace ska
