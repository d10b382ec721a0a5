// Reads and validates the values of command-line options.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ska {

/// The command line is invalid; `what()` is a sentence for the user.
class BadUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// CLI11 only finds the options. Their values are parsed here, because CLI11 reads 010 as eight, and its
// messages do not state what is allowed.

/// An option with a value, shown as `value` in the help. A name without dashes is a positional argument, as
/// in `ska sweep SPEC`.
const CLI::Option& add_option(CLI::App& subcommand, const char* name, const char* value, const char* help);
const CLI::Option& add_flag(CLI::App& subcommand, const char* name, const std::string& help);

// The functions below throw BadUsage for an invalid value.
// Unless stated otherwise they return nothing if the option is absent.

/// The text of the value, unchanged.
std::optional<std::string> text_of(const CLI::Option& option);
std::optional<std::filesystem::path> path_of(const CLI::Option& option, const std::string& what);
std::optional<std::int64_t> whole_number_of(const CLI::Option& option, std::int64_t least,
                                            std::optional<std::int64_t> most);
std::optional<double> positive_number_of(const CLI::Option& option);
/// Whole numbers separated by commas.
std::optional<std::vector<std::int64_t>> list_of(const CLI::Option& option, const std::string& allowed);
/// The first of `names` if the option is absent.
std::string choice_of(const CLI::Option& option, const std::vector<std::string>& names);
/// From 1 to Team::most_threads. If the option is absent,
/// the number of CPUs that the process may use, at most `most_unasked`.
int threads_of(const CLI::Option& option, int most_unasked);

[[noreturn]] void refuse(const CLI::Option& option, const std::string& allowed, const std::string& text);
/// Throws BadUsage if both options are given: they set the same thing in two ways.
void require_one_of(const CLI::Option& one, const CLI::Option& other);
/// Throws BadUsage for words that CLI11 left unparsed, and for values that look like options.
void require_understood(const CLI::App& subcommand);
/// Throws BadUsage for `--out=` without a value, which CLI11 would fill with the next word.
void require_values_after_equals(int argc, const char* const* argv);

/// Rewords CLI11's message for an option without a value, or a flag with one.
std::string mismatch_message(const std::string& what);

}  // namespace ska
