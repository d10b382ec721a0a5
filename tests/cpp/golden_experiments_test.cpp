// Compares other settings with the reference's numbers: experiments.json has other K and η, single digits,
// shuffled samples and odd shapes; variants.json has other layer inputs and gradient equations. For every run
// the minima, last values and total of the entropies are compared.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/history.h"
#include "core/run.h"
#include "core/sampling.h"
#include "fixtures.h"

namespace ska::test {
namespace {

using Indices = std::vector<std::int64_t>;

constexpr double kRelative = 1e-5;  // of a curve's largest magnitude, as for the default run

Indices paper() { return select_first(mnist().labels, {.classes = {}, .per_class = 100}); }

Indices first_of_paper(std::size_t samples) {
  Indices indices = paper();
  indices.resize(samples);
  return indices;
}

Indices digit(int d) { return select_first(mnist().labels, {.classes = {d}, .per_class = 100}); }

Indices shuffled() { return select_shuffled(mnist().labels, {.classes = {}, .per_class = 100}, 0); }

struct Experiment {
  std::string name;  // in experiments.json or variants.json
  Config config;
  Indices (*samples)();
};

void PrintTo(const Experiment& experiment, std::ostream* out) { *out << experiment.name; }

template <int d>
Experiment of_digit() {
  return {"digit " + std::to_string(d), Config{}, [] { return digit(d); }};
}

/// Adds the papers' run and one with odd layer sizes, with this layer input and equation.
void add_variant(LayerInput input, std::int64_t equation, std::vector<Experiment>& all) {
  const std::string name = std::string(name_of(input)) + " layer input, equation " + std::to_string(equation);
  all.push_back({name, {.layer_input = input, .gradient_equation = equation}, paper});
  if (input == LayerInput::previous && equation == 22) return;  // same as "odd layers 33-17-5 seed 7"
  all.push_back({"odd layers, " + name,
                 {.layers = {33, 17, 5},
                  .steps = 12,
                  .learning_rate = 0.03,
                  .seed = 7,
                  .layer_input = input,
                  .gradient_equation = equation},
                 [] { return first_of_paper(101); }});
}

std::vector<Experiment> experiments() {
  std::vector<Experiment> all{
      {"default", {}, paper},
      {"time_invariance lr=0.02 steps=25", {.steps = 25, .learning_rate = 0.02}, paper},
      {"time_invariance lr=0.01 steps=50", {.steps = 50, .learning_rate = 0.01}, paper},
      {"time_invariance lr=0.005 steps=100", {.steps = 100, .learning_rate = 0.005}, paper},
      {"time_invariance lr=0.0033 steps=150", {.steps = 150, .learning_rate = 0.0033}, paper},
      {"time_invariance lr=0.0025 steps=200", {.steps = 200, .learning_rate = 0.0025}, paper},
      {"time_invariance lr=0.001 steps=500", {.steps = 500, .learning_rate = 0.001}, paper},
      {"no_shift_term", {.shift_term = false}, paper},
      of_digit<0>(),
      of_digit<1>(),
      of_digit<2>(),
      of_digit<3>(),
      of_digit<4>(),
      of_digit<5>(),
      of_digit<6>(),
      of_digit<7>(),
      of_digit<8>(),
      of_digit<9>(),
      {"shuffled data_seed=0", {}, shuffled},
      {"one layer 10", {.layers = {10}}, paper},
      {"tiny layers 5-3-2 seed 11",
       {.layers = {5, 3, 2}, .steps = 9, .learning_rate = 0.1, .seed = 11},
       [] { return first_of_paper(37); }},
      {"odd layers 33-17-5 seed 7",
       {.layers = {33, 17, 5}, .steps = 12, .learning_rate = 0.03, .seed = 7},
       [] { return first_of_paper(101); }},
  };
  for (const LayerInput input : {LayerInput::previous, LayerInput::current}) {
    for (const std::int64_t equation : Limits::gradient_equations) add_variant(input, equation, all);
  }
  return all;
}

const nlohmann::json& golden() {
  static const auto json = [] {
    auto all = nlohmann::json::parse(text_of_file(golden_path("experiments.json")));
    all.update(nlohmann::json::parse(text_of_file(golden_path("variants.json"))));
    return all;
  }();
  return json;
}

TEST(Experiments, AreAllThatTheReferenceRan) {
  std::set<std::string> here, there;
  for (const Experiment& experiment : experiments()) here.insert(experiment.name);
  for (const auto& [name, results] : golden().items()) there.insert(name);
  EXPECT_EQ(here, there);
}

class Experiments : public testing::TestWithParam<Experiment> {};

TEST_P(Experiments, HitsTheReference) {
  const Experiment& experiment = GetParam();
  const nlohmann::json& expected = golden().at(experiment.name);
  const Indices samples = experiment.samples();
  if (expected.contains("first_indices")) {
    const auto first = expected["first_indices"].get<Indices>();
    ASSERT_EQ(Indices(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(first.size())), first);
  }

  const std::vector<std::uint8_t> pixels = mnist().pixels(samples);
  ska::Run run(
      experiment.config,
      {.pixels = pixels, .samples = static_cast<std::int64_t>(samples.size()), .features = mnist().features});
  History history(run.layout(), static_cast<std::size_t>(experiment.config.steps));
  while (run.status() == Status::ready) history.append(run.step());

  const auto layers = experiment.config.layers.size();
  const auto minima = expected.at("entropy_min").get<std::vector<double>>();
  const auto minimum_records = expected.at("entropy_min_step").get<std::vector<std::size_t>>();
  const auto last = expected.at("entropy_last").get<std::vector<double>>();
  ASSERT_EQ(minima.size(), layers);
  double furthest = 0;
  const auto compare = [&furthest](double value, double golden_value, double largest) {
    EXPECT_NEAR(value, golden_value, kRelative * largest);
    furthest = std::max(furthest, std::abs(value - golden_value) / largest);
  };
  for (std::size_t l = 0; l < layers; ++l) {
    SCOPED_TRACE("layer " + std::to_string(l + 1));
    std::vector<double> entropy;
    for (std::size_t i = 0; i < history.records(Quantity::entropy); ++i) {
      entropy.push_back(history.at(Quantity::entropy, l, i));
    }
    const auto minimum = std::ranges::min_element(entropy);
    // Almost all entropies are negative, so the minimum of a curve is its largest magnitude.
    compare(*minimum, minima[l], std::abs(minima[l]));
    EXPECT_EQ(static_cast<std::size_t>(minimum - entropy.begin()) + 1, minimum_records[l]);
    compare(entropy.back(), last[l], std::abs(minima[l]));
  }

  const auto total = expected.at("entropy_total").get<std::vector<double>>();
  ASSERT_EQ(total.size(), history.records(Quantity::entropy));
  double largest = 0;
  for (const double value : total) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < total.size(); ++i) {
    SCOPED_TRACE("record " + std::to_string(i + 1));
    compare(history.total_entropy(i), total[i], largest);
  }
  std::printf("largest difference, relative to its curve's largest value: %.1e  %s\n", furthest,
              experiment.name.c_str());
}

/// The name with characters that ctest does not allow replaced by underscores.
std::string test_name(const testing::TestParamInfo<Experiment>& test) {
  std::string name = test.param.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Golden, Experiments, testing::ValuesIn(experiments()), test_name);

}  // namespace
}  // namespace ska::test
