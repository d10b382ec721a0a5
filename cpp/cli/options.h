// How is the value of an option read, and in which words is it refused?
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

/// The command line cannot be meant as it stands; `what()` is a sentence for a person.
class BadUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// CLI11 finds the options; what their values mean is settled here, because CLI11 reads 010 as eight, and
// because its messages do not say what is allowed.

/// An option with a value, named `value` in the help; a name without dashes is a place, as in `ska sweep
/// SPEC`.
const CLI::Option& add_option(CLI::App& subcommand, const char* name, const char* value, const char* help);
const CLI::Option& add_flag(CLI::App& subcommand, const char* name, const std::string& help);

// All of these throw BadUsage, and return nothing where the option is not there.

/// Word for word.
std::optional<std::string> text_of(const CLI::Option& option);
std::optional<std::filesystem::path> path_of(const CLI::Option& option, const std::string& what);
std::optional<std::int64_t> whole_number_of(const CLI::Option& option, std::int64_t least,
                                            std::optional<std::int64_t> most);
std::optional<double> positive_number_of(const CLI::Option& option);
/// Whole numbers separated by commas.
std::optional<std::vector<std::int64_t>> list_of(const CLI::Option& option, const std::string& allowed);
/// The first of `names` where the option is not there.
std::string choice_of(const CLI::Option& option, const std::vector<std::string>& names);
/// From 1 to Team::most_threads. Where the option is not there, the CPUs that the process may use, at most
/// `most_unasked`.
int threads_of(const CLI::Option& option, int most_unasked);

[[noreturn]] void refuse(const CLI::Option& option, const std::string& allowed, const std::string& text);
/// Refuses two options that say the same thing in two ways.
void require_one_of(const CLI::Option& one, const CLI::Option& other);
/// Refuses what CLI11 found no place for, and values that look like options.
void require_understood(const CLI::App& subcommand);
/// `--out=` would take the next word for its value.
void require_values_after_equals(int argc, const char* const* argv);

/// CLI11's word for an option without a value, or a flag with one, in ours.
std::string mismatch_message(const std::string& what);

}  // namespace ska
