#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <CLI/CLI.hpp>

#include "cli/usable_cpus.h"
#include "core/team.h"
#include "core/text.h"
#include "io/printable.h"

namespace ska {
namespace {

/// Whole numbers separated by commas; empty if the text is anything else.
std::optional<std::vector<std::int64_t>> whole_numbers(const std::string& text) {
  std::vector<std::int64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return std::nullopt;
    numbers.push_back(number);
    if (stop == end) return numbers;
    if (*stop != ',') return std::nullopt;
    at = stop + 1;
  }
}

/// Without this check, `--out --quiet` would create a folder named "--quiet".
void require_no_option_as_value(const CLI::App& subcommand) {
  for (const CLI::Option* option : subcommand.get_options()) {
    for (const std::string& text : option->results()) {
      if (text.starts_with("--"))
        throw BadUsage(
            sentence(option->get_name(), " needs a value; \"", printable(text), "\" looks like an option."));
    }
  }
}

/// Throws BadUsage if CLI11 left words unparsed.
void require_nothing_left(const CLI::App& subcommand) {
  const std::vector<std::string> left = subcommand.remaining();
  if (left.empty()) return;
  // Report an unknown option rather than the value after it.
  const auto option =
      std::ranges::find_if(left, [](const std::string& word) { return word.starts_with("-"); });
  throw BadUsage(sentence("\"", printable(option != left.end() ? *option : left.front()),
                          "\" is not an option of ska ", subcommand.get_name(), "; see `ska ",
                          subcommand.get_name(), " --help`."));
}

}  // namespace

const CLI::Option& add_option(CLI::App& subcommand, const char* name, const char* value, const char* help) {
  return *subcommand
              .add_option(
                  name, [](const CLI::results_t&) { return true; }, help)
              ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
              ->type_name(value);
}

const CLI::Option& add_flag(CLI::App& subcommand, const char* name, const std::string& help) {
  return *subcommand.add_flag(name, help)->disable_flag_override();
}

std::optional<std::string> text_of(const CLI::Option& option) {
  if (option.count() == 0) return std::nullopt;
  if (option.count() > 1) {
    throw BadUsage(sentence(option.get_name(), " is given ", option.count(), " times; once is enough."));
  }
  return option.results().front();
}

void refuse(const CLI::Option& option, const std::string& allowed, const std::string& text) {
  throw BadUsage(sentence(option.get_name(), " must be ", allowed, "; \"", printable(text), "\" was given."));
}

std::optional<std::filesystem::path> path_of(const CLI::Option& option, const std::string& what) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  if (text->empty()) refuse(option, sentence("the name of ", what), *text);
  return *text;
}

std::optional<std::int64_t> whole_number_of(const CLI::Option& option, std::int64_t least,
                                            std::optional<std::int64_t> most) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  const auto numbers = whole_numbers(*text);
  if (!numbers || numbers->size() != 1 || numbers->front() < least || (most && numbers->front() > *most)) {
    refuse(option,
           most ? sentence("a whole number from ", least, " to ", *most)
                : sentence("a whole number of at least ", least),
           *text);
  }
  return numbers->front();
}

std::optional<double> positive_number_of(const CLI::Option& option) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  double value = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  const bool read = error == std::errc() && stop == end;
  if (!read || !std::isfinite(value) || value <= 0)
    refuse(option, "a finite number above 0, such as 0.01", *text);
  return value;
}

std::optional<std::vector<std::int64_t>> list_of(const CLI::Option& option, const std::string& allowed) {
  const auto text = text_of(option);
  if (!text) return std::nullopt;
  auto numbers = whole_numbers(*text);
  if (!numbers) refuse(option, allowed, *text);
  return numbers;
}

std::string choice_of(const CLI::Option& option, const std::vector<std::string>& names) {
  const auto text = text_of(option);
  if (!text) return names.front();
  if (std::ranges::find(names, *text) == names.end()) refuse(option, joined(names, " or "), *text);
  return *text;
}

void require_one_of(const CLI::Option& one, const CLI::Option& other) {
  if (one.count() > 0 && other.count() > 0) {
    throw BadUsage(sentence(one.get_name(), " and ", other.get_name(),
                            " exclude each other; only one of them may be given."));
  }
}

std::string mismatch_message(const std::string& what) {
  const std::string name = what.substr(0, what.find_first_of(": "));
  if (!name.starts_with("--")) return sentence("--", name, " takes no value.");  // CLI11's form for flags
  return sentence(name, " needs a value.");
}

void require_values_after_equals(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("--") && word.ends_with('=') && word.find('=') == word.size() - 1)
      throw BadUsage(sentence(printable(word.substr(0, word.size() - 1)), " needs a value."));
  }
}

int threads_of(const CLI::Option& option, int most_unasked) {
  if (const auto asked = whole_number_of(option, 1, Team::most_threads)) return static_cast<int>(*asked);
  return std::min(usable_cpus(), most_unasked);
}

void require_understood(const CLI::App& subcommand) {
  require_no_option_as_value(subcommand);
  require_nothing_left(subcommand);
}

}  // namespace ska
