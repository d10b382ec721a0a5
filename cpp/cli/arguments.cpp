#include "cli/arguments.h"

#include <charconv>
#include <limits>

#include <CLI/CLI.hpp>

#include "core/text.h"
#include "core/version.h"

namespace ska {
namespace {

/// Whole numbers separated by commas, or nothing where the text is something else.
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

CLI::Validator whole_number_list(const std::string& what, const std::string& example) {
  return {[=](const std::string& text) {
            return whole_numbers(text) ? std::string()
                                       : sentence("must be ", what, " separated by commas, such as ", example,
                                                  "; \"", text, "\" was given.");
          },
          "N,N,…"};
}

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
  return {[=](const std::string& text) {
            const auto numbers = whole_numbers(text);
            const bool good =
                numbers && numbers->size() == 1 && numbers->front() >= least && numbers->front() <= most;
            return good ? std::string()
                        : sentence("must be a whole number from ", least, " to ", most, "; \"", text,
                                   "\" was given.");
          },
          "N"};
}

CLI::Validator real_number() {
  return {[](const std::string& text) {
            double value = 0;
            const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            const bool good = error == std::errc() && stop == text.data() + text.size();
            return good ? std::string() : sentence("must be a number; \"", text, "\" was given.");
          },
          "X"};
}

std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

/// The learning rate and τ are two names for one setting: η = τ / K.
void settle_learning_rate(Config& config, const std::optional<double>& tau) {
  if (tau) config.learning_rate = *tau / static_cast<double>(config.steps);
}

}  // namespace

std::variant<RunArguments, UsageError, Answer> read_arguments(int argc, const char* const* argv) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  RunArguments arguments;
  std::string layers, classes, data = "mnist-paper", sampling = "first", format = "csv";
  std::optional<double> tau;
  bool no_shift_term = false;

  CLI::App app("ska: Structured Knowledge Accumulation, forward-only learning by local entropy gradients");
  app.set_version_flag("--version", sentence("ska ", version));
  app.require_subcommand(1);
  CLI::App& run = *app.add_subcommand("run", "Train a network on a batch of images and record every step");

  CLI::Option* images =
      run.add_option("--images", arguments.images, "IDX file of images; may be gzip-compressed");
  CLI::Option* labels = run.add_option("--labels", arguments.labels, "IDX file of their labels");
  images->needs(labels);
  labels->needs(images);
  run.add_option("--data", data, "A data set by name: mnist-paper, the papers' 1000 digits (the default)")
      ->check(CLI::IsMember({"mnist-paper"}))
      ->excludes(images)
      ->excludes(labels);
  run.add_option("--per-class", arguments.selection.per_class, "Samples of each class (default: all)")
      ->check(whole_number(1, most));
  run.add_option("--classes", classes, "Which classes, in this order (default: all)")
      ->check(whole_number_list("classes", "0,1,7"));
  run.add_option("--sampling", sampling,
                 "first: file order over all classes; shuffle: NumPy's, class by class (default: first)")
      ->check(CLI::IsMember({"first", "shuffle"}));
  run.add_option("--data-seed", arguments.data_seed, "Seed of the shuffle (default: 0)")
      ->check(whole_number(0, Limits::greatest_seed));

  run.add_option("--layers", layers, "Neurons of each layer (default: 256,128,64,10)")
      ->check(whole_number_list("layer sizes", "256,128,64,10"));
  run.add_option("--steps", arguments.config.steps, "Forward steps K (default: 50)")
      ->check(whole_number(1, Limits::most_steps));
  CLI::Option* rate =
      run.add_option("--lr", arguments.config.learning_rate, "Learning rate η (default: 0.01)")
          ->check(real_number());
  run.add_option("--tau", tau, "Characteristic time τ; the learning rate is then τ / K")
      ->check(real_number())
      ->excludes(rate);
  run.add_option("--seed", arguments.config.seed, "Weight seed, as in torch.manual_seed (default: 42)")
      ->check(whole_number(0, Limits::greatest_seed));
  run.add_flag("--no-shift-term", no_shift_term, "Leave ΔD out of the gradient");

  run.add_option("--out", arguments.out, "Folder to write the histories and run.json into");
  run.add_option("--format", format, "csv: the papers' CSV files; json: one history.json (default: csv)")
      ->check(CLI::IsMember({"csv", "json"}));
  run.add_flag("--force", arguments.force, "Overwrite a result that is there already");
  run.add_flag("--quiet", arguments.quiet, "Print nothing but errors");

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Answer{(run.parsed() ? run : app).help()};
  } catch (const CLI::CallForVersion&) {
    return Answer{sentence("ska ", version, "\n")};
  } catch (const CLI::ParseError& error) {
    return UsageError{one_line(error.what())};
  }

  arguments.sampling = sampling == "shuffle" ? Sampling::shuffle : Sampling::first;
  arguments.format = format == "json" ? Format::json : Format::csv;
  if (const auto sizes = whole_numbers(layers)) arguments.config.layers = *sizes;
  const auto chosen_classes = whole_numbers(classes);
  for (const std::int64_t c : chosen_classes.value_or(std::vector<std::int64_t>())) {
    if (c < 0 || c > 255) {
      return UsageError{sentence("--classes: a class is a whole number from 0 to 255; ", c, " was given.")};
    }
    arguments.selection.classes.push_back(static_cast<int>(c));
  }
  settle_learning_rate(arguments.config, tau);
  arguments.config.shift_term = !no_shift_term;

  if (const std::vector<Fault> faults = arguments.config.validate(); !faults.empty()) {
    return UsageError{ConfigError(faults).what()};
  }
  return arguments;
}

}  // namespace ska
