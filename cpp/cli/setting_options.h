// The options of `ska run` that set the members of `Config`: one per entry of `all_settings`, and --tau.
#pragma once

#include <vector>

#include "cli/options.h"
#include "core/config.h"

namespace ska {

class SettingOptions {
 public:
  /// Adds the options to a subcommand, which must outlive this.
  explicit SettingOptions(CLI::App& subcommand);

  /// Throws BadUsage if both --lr and --tau are given: they are two names of one setting.
  void require_one_rate() const;
  bool any_given() const;
  /// Sets the members of `config` whose options are given. Throws BadUsage for a value that is not allowed.
  void read(Config& config) const;

 private:
  std::vector<const CLI::Option*> options_;  ///< in the order of `all_settings`
  const CLI::Option* rate_ = nullptr;        ///< one of them
  const CLI::Option* tau_ = nullptr;
};

}  // namespace ska
