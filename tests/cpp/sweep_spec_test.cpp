// Tests which runs a sweep specification describes, and the messages for invalid ones.
#include "io/sweep_spec.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "messages.h"
#include "sweep_of.h"

namespace ska::test {
namespace {

std::string spec_refusal(std::string_view text) {
  return message_of<SweepError>([&] { sweep_of(text); });
}

std::vector<SweepRun> runs_of(const Sweep& sweep) {
  std::vector<SweepRun> runs;
  for (std::size_t i = 0; i < sweep.size(); ++i) runs.push_back(sweep.run(i));
  return runs;
}

std::vector<std::pair<double, std::int64_t>> rates_and_seeds(const Sweep& sweep) {
  std::vector<std::pair<double, std::int64_t>> found;
  for (const SweepRun& run : runs_of(sweep)) found.emplace_back(run.config.learning_rate, run.config.seed);
  return found;
}

TEST(ParseSweep, OfNothingIsThePapersRun) {
  const Sweep sweep = sweep_of("{}");
  ASSERT_EQ(sweep.size(), 1U);
  EXPECT_EQ(settings_of(sweep.run(0)).dump(),
            R"({"layers":[256,128,64,10],"steps":50,"learning_rate":0.01,"seed":42,"shift_term":true,)"
            R"("layer_input":"previous","gradient_equation":22,)"
            R"("set":"mnist-paper","per_class":null,"classes":null,"data_seed":null})");
  EXPECT_EQ(sweep.records(), Records::summary);
}

TEST(ParseSweep, TakesEverySetting) {
  const std::string settings =
      R"({"layers":[4,2],"steps":7,"learning_rate":0.25,"seed":4294967295,"shift_term":false,)"
      R"("layer_input":"current","gradient_equation":31,"set":"mnist","per_class":3,"classes":[7,1],"data_seed":0})";
  const Sweep sweep = sweep_of(R"({"base":)" + settings + R"(,"records":"all"})");
  ASSERT_EQ(sweep.size(), 1U);
  const SweepRun run = sweep.run(0);
  EXPECT_EQ(settings_of(run).dump(), settings);
  EXPECT_EQ(run.config.layers, (std::vector<std::int64_t>{4, 2}));
  EXPECT_EQ(run.config.steps, 7);
  EXPECT_EQ(run.config.learning_rate, 0.25);
  EXPECT_EQ(run.config.seed, 4294967295);
  EXPECT_FALSE(run.config.shift_term);
  EXPECT_EQ(run.config.layer_input, LayerInput::current);
  EXPECT_EQ(run.config.gradient_equation, 31);
  EXPECT_EQ(run.set, DataSet::mnist);
  EXPECT_EQ(run.selection.per_class, 3);
  EXPECT_EQ(run.selection.classes, (std::vector<std::int64_t>{7, 1}));
  EXPECT_EQ(run.data_seed, 0);
  EXPECT_EQ(sweep.records(), Records::all);
}

TEST(ParseSweep, VariesTheLastKeyFastest) {
  using Expected = std::vector<std::pair<double, std::int64_t>>;
  EXPECT_EQ(rates_and_seeds(sweep_of(R"({"vary":{"learning_rate":[0.5,0.25],"seed":{"from":3,"to":5}}})")),
            (Expected{{0.5, 3}, {0.5, 4}, {0.5, 5}, {0.25, 3}, {0.25, 4}, {0.25, 5}}));
  EXPECT_EQ(rates_and_seeds(sweep_of(R"({"vary":{"seed":[9,8],"learning_rate":[0.5,0.25]}})")),
            (Expected{{0.5, 9}, {0.25, 9}, {0.5, 8}, {0.25, 8}}));
}

TEST(ParseSweep, VariesEveryRun) {
  const Sweep sweep = sweep_of(R"({"base":{"seed":1,"steps":2},"vary":{"seed":[5,6]},
                                   "runs":[{"layers":[3]},{"layers":[2],"steps":4}]})");
  std::vector<std::vector<std::int64_t>> found;
  for (const SweepRun& run : runs_of(sweep))
    found.push_back({run.config.layers[0], run.config.steps, run.config.seed});
  EXPECT_EQ(found, (std::vector<std::vector<std::int64_t>>{{3, 2, 5}, {3, 2, 6}, {2, 4, 5}, {2, 4, 6}}));
}

TEST(ParseSweep, DividesTauByTheStepsOfEachRun) {
  const Sweep sweep = sweep_of(R"({"vary":{"tau":[0.5,2],"steps":[25,100]}})");
  std::vector<double> rates;
  for (const SweepRun& run : runs_of(sweep)) rates.push_back(run.config.learning_rate);
  EXPECT_EQ(rates, (std::vector<double>{0.5 / 25, 0.5 / 100, 2.0 / 25, 2.0 / 100}));
}

TEST(ParseSweep, LaysEitherNameOfTheRateOverTheOther) {
  const auto rate = [](const char* text) { return sweep_of(text).run(0).config.learning_rate; };
  EXPECT_EQ(rate(R"({"base":{"tau":1},"runs":[{"learning_rate":0.5}]})"), 0.5);
  EXPECT_EQ(rate(R"({"base":{"learning_rate":0.5},"runs":[{"tau":1}]})"), 1.0 / 50);
  EXPECT_EQ(rate(R"({"base":{"tau":1},"vary":{"learning_rate":[0.5]}})"), 0.5);
}

TEST(ParseSweep, KeepsTheFirstOfRunsWithTheSameSettings) {
  EXPECT_EQ(
      rates_and_seeds(sweep_of(
          R"({"vary":{"learning_rate":[0.02,1,2e-2],"seed":[1,2,1]},"runs":[{},{"shift_term":true}]})")),
      (std::vector<std::pair<double, std::int64_t>>{{0.02, 1}, {0.02, 2}, {1, 1}, {1, 2}}));
  EXPECT_EQ(sweep_of(R"({"runs":[{"tau":0.5},{"learning_rate":0.01}]})").size(), 1U);
}

TEST(ParseSweep, VariesTheRule) {
  const Sweep sweep =
      sweep_of(R"({"vary":{"layer_input":["previous","current"],"gradient_equation":[22,31]}})");
  std::vector<std::pair<LayerInput, std::int64_t>> found;
  for (const SweepRun& run : runs_of(sweep))
    found.emplace_back(run.config.layer_input, run.config.gradient_equation);
  EXPECT_EQ(found, (std::vector<std::pair<LayerInput, std::int64_t>>{{LayerInput::previous, 22},
                                                                     {LayerInput::previous, 31},
                                                                     {LayerInput::current, 22},
                                                                     {LayerInput::current, 31}}));
}

TEST(ParseSweep, ReadsNullAsTheDefaultOfSamples) {
  const Sweep sweep = sweep_of(R"({"base":{"per_class":2,"classes":[1],"data_seed":5},
                                   "vary":{"data_seed":[null,5]},"runs":[{"per_class":null,"classes":null}]})");
  ASSERT_EQ(sweep.size(), 2U);
  EXPECT_FALSE(sweep.run(0).selection.per_class);
  EXPECT_TRUE(sweep.run(0).selection.classes.empty());
  EXPECT_FALSE(sweep.run(0).data_seed);
  EXPECT_EQ(sweep.run(1).data_seed, 5);
}

TEST(ParseSweep, TakesAsManyRunsAsAreAllowed) {
  EXPECT_EQ(sweep_of(R"({"vary":{"seed":{"from":1,"to":1000000}}})").size(), kMostRuns);
  const std::string many = "makes more than 1000000 runs, the most that a sweep may have.";
  EXPECT_EQ(spec_refusal(R"({"vary":{"seed":{"from":0,"to":1000000}}})"),
            "s.json is no sweep: vary.seed " + many);
  EXPECT_EQ(spec_refusal(R"({"vary":{"seed":{"from":1,"to":500001},"tau":[1,2]}})"),
            "s.json is no sweep: it " + many);
}

TEST(ParseSweep, DropsRepeatedRunsWhereTheRateDependsOnTheSteps) {
  // The first two runs have the same learning rate only for 50 steps.
  const Sweep sweep =
      sweep_of(R"({"runs":[{"tau":1},{"learning_rate":0.02},{"tau":1}],"vary":{"steps":[50,100]}})");
  std::vector<std::pair<double, std::int64_t>> found;
  for (const SweepRun& run : runs_of(sweep)) found.emplace_back(run.config.learning_rate, run.config.steps);
  EXPECT_EQ(found, (std::vector<std::pair<double, std::int64_t>>{{0.02, 50}, {0.01, 100}, {0.02, 100}}));
  // Two values of τ that differ in the last bit and may give the same learning rate.
  EXPECT_EQ(sweep_of(R"({"base":{"steps":3},"vary":{"tau":[1,1.0000000000000002],"seed":[1,2]}})").size(),
            1.0 / 3 == 1.0000000000000002 / 3 ? 2U : 4U);
}

TEST(ParseSweep, DropsRepeatedRunsAndValuesOfEverySetting) {
  const char* const settings[] = {
      R"("layers":[[3],[3,1],[3]])",         R"("steps":[5,5e0,6])",
      R"("learning_rate":[1,2,1.0])",        R"("seed":[4,5,4])",
      R"("shift_term":[true,false,true])",   R"("layer_input":["current","previous","current"])",
      R"("gradient_equation":[22,31,22.0])", R"("set":["mnist","mnist-test","mnist"])",
      R"("per_class":[null,3,null])",        R"("classes":[[1,2],[2,1],[1,2]])",
      R"("data_seed":[null,0,null])"};
  for (const char* values : settings)
    EXPECT_EQ(sweep_of(std::string(R"({"vary":{)") + values + "}}").size(), 2U) << values;
}

TEST(ParseSweep, NamesTheDataSetsOfItsRuns) {
  using Sets = std::set<DataSet>;
  EXPECT_EQ(sweep_of("{}").sets(), Sets{DataSet::mnist_paper});
  EXPECT_EQ(sweep_of(R"({"runs":[{"set":"mnist"},{"set":"mnist-test"}]})").sets(),
            (Sets{DataSet::mnist, DataSet::mnist_test}));
  EXPECT_EQ(sweep_of(R"({"vary":{"set":["mnist","fashion-mnist"],"seed":[1]}})").sets(),
            (Sets{DataSet::mnist, DataSet::fashion_mnist}));
}

TEST(RunTable, FindsEveryRunByItsSettings) {
  const Sweep sweep =
      sweep_of(R"({"vary":{"seed":{"from":0,"to":4999},"layers":[[3],[3,2]],"data_seed":[null,0]}})");
  RunTable table(sweep.size(), [&](std::size_t i) { return sweep.run(i); });
  for (std::size_t i = 0; i < sweep.size(); ++i) ASSERT_EQ(table.add(i, sweep.run(i)), i);
  for (std::size_t i = 0; i < sweep.size(); ++i) ASSERT_EQ(table.find(sweep.run(i)), i);
  EXPECT_EQ(table.add(7, sweep.run(3)), 3U);
  SweepRun other = sweep.run(0);
  other.selection.classes = {3};
  EXPECT_FALSE(table.find(other));
}

TEST(RunOfSettings, IsTheInverseOfSettingsOf) {
  const Sweep sweep = sweep_of(
      R"({"vary":{"learning_rate":[0.1,1e-320],"layers":[[3],[3,2]],"per_class":[null,7],"classes":[null,[9,1]],
          "data_seed":[null,4294967295],"shift_term":[true,false],"layer_input":["current","previous"],
          "gradient_equation":[22,31],"set":["fashion-mnist-test"]}})");
  ASSERT_EQ(sweep.size(), 256U);
  for (const SweepRun& run : runs_of(sweep)) {
    const auto read = run_of_settings(Json::parse(settings_of(run).dump()));
    ASSERT_TRUE(read);
    EXPECT_EQ(settings_of(*read).dump(), settings_of(run).dump());
  }
}

struct Refused {
  const char* text;
  const char* why;  // after "s.json is no sweep: "
};

class ParseSweepRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ParseSweepRefuses, InWords) {
  EXPECT_EQ(spec_refusal(GetParam().text), std::string("s.json is no sweep: ") + GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, ParseSweepRefuses,
    testing::Values(
        Refused{"", "it is not JSON, as byte 1 shows."},
        Refused{"[]", "it must be an object; a list of 0 was given."},
        Refused{R"({"repeat":3})", "repeat is not known here; a sweep has base, vary, runs and records."},
        Refused{R"({"records":"some"})", R"(records must be "summary" or "all"; "some" was given.)"},
        Refused{R"({"base":[]})", "base must be an object; a list of 0 was given."},
        Refused{R"({"base":{"step":3}})",
                "base.step is no setting; a run has layers, steps, learning_rate, tau, seed, shift_term, "
                "layer_input, "
                "gradient_equation, set, per_class, classes, data_seed."},
        Refused{R"({"base":{"steps":0}})", "base.steps must be a whole number from 1 to 10000; 0 was given."},
        Refused{R"({"base":{"steps":1.5}})",
                "base.steps must be a whole number from 1 to 10000; 1.5 was given."},
        Refused{R"({"base":{"learning_rate":0}})",
                "base.learning_rate must be a finite number above 0; 0 was given."},
        Refused{R"({"base":{"learning_rate":"x"}})",
                R"(base.learning_rate must be a finite number above 0; "x" was given.)"},
        Refused{R"({"base":{"learning_rate":1e400}})",
                "one of its numbers is beyond what a finite number can be."},
        Refused{R"({"base":{"seed":4294967296}})",
                "base.seed must be a whole number from 0 to 4294967295; 4294967296 was given."},
        Refused{R"({"base":{"shift_term":1}})", "base.shift_term must be true or false; 1 was given."},
        Refused{R"({"base":{"layer_input":"next"}})",
                R"(base.layer_input must be "previous" or "current"; "next" was given.)"},
        Refused{R"({"vary":{"layer_input":["current",1]}})",
                R"(vary.layer_input[1] must be "previous" or "current"; 1 was given.)"},
        Refused{R"({"base":{"gradient_equation":23}})",
                "base.gradient_equation must be 22 or 31; 23 was given."},
        Refused{R"({"base":{"gradient_equation":"22"}})",
                R"(base.gradient_equation must be 22 or 31; "22" was given.)"},
        Refused{R"({"vary":{"gradient_equation":{"from":22,"to":31}}})",
                "vary.gradient_equation must be a list of values; an object was given."},
        Refused{R"({"base":{"set":"letters"}})",
                R"(base.set must be "mnist-paper" or "mnist" or "mnist-test" or "fashion-mnist" or )"
                R"("fashion-mnist-test"; "letters" was given.)"},
        Refused{R"({"base":{"per_class":0}})",
                "base.per_class must be a whole number from 1 to 1073741824, or null; 0 was given."},
        Refused{R"({"base":{"classes":[1,1]}})",
                "base.classes must be a list of different classes; a list of 2 was given."},
        Refused{
            R"({"base":{"classes":[]}})",
            "base.classes must be a list of 1 to 256 whole numbers from 0 to 255; a list of 0 was given."},
        Refused{R"({"base":{"layers":[3,0]}})",
                "base.layers[1] must be a whole number from 1 to 4096; 0 was given."},
        Refused{R"({"runs":{}})", "runs must be a list of at least one run; an object was given."},
        Refused{R"({"runs":[]})", "runs must be a list of at least one run; a list of 0 was given."},
        Refused{R"({"runs":[{},{"seed":-1}]})",
                "runs[1].seed must be a whole number from 0 to 4294967295; -1 was given."},
        Refused{R"({"vary":{"seed":3}})",
                R"(vary.seed must be a list of values, or {"from": …, "to": …}; 3 was given.)"},
        Refused{R"({"vary":{"tau":{"from":1,"to":2}}})",
                "vary.tau must be a list of values; an object was given."},
        Refused{R"({"vary":{"tau":[]}})", "vary.tau must be a list of values; a list of 0 was given."},
        Refused{R"({"vary":{"tau":[1,-1]}})", "vary.tau[1] must be a finite number above 0; -1 was given."},
        Refused{R"({"vary":{"layers":[[3],4]}})",
                "vary.layers[1] must be a list of 1 to 16 whole numbers from 1 to 4096; 4 was given."},
        Refused{R"({"vary":{"steps":{"from":3,"to":2}}})",
                "vary.steps.to must be at least vary.steps.from, 3; 2 was given."},
        Refused{R"({"vary":{"steps":{"from":0,"to":2}}})",
                "vary.steps.from must be a whole number from 1 to 10000; 0 was given."},
        Refused{R"({"vary":{"seed":{"from":1,"to":2,"by":3}}})",
                "vary.seed.by is not known here; a range has from and to."},
        Refused{R"({"vary":{"seed":{"from":null,"to":2}}})",
                "vary.seed.from must be a whole number from 0 to 4294967295; null was given."},
        Refused{R"({"base":{"tau":1,"learning_rate":1}})",
                "base.learning_rate and base.tau exclude each other; only one of them may be given."},
        Refused{R"({"vary":{"tau":[1],"learning_rate":[1]}})",
                "vary.learning_rate and vary.tau exclude each other; only one of them may be given."},
        Refused{R"({"vary":{"tau":[1]},"runs":[{"learning_rate":1}]})",
                "runs[0].learning_rate and vary.tau exclude each other; only one of them may be given."},
        Refused{R"({"vary":{"seed":[1]},"runs":[{},{"seed":1}]})",
                "runs[1].seed and vary.seed exclude each other; only one of them may be given."},
        Refused{
            R"({"base":{"layers":[1],"steps":2,"tau":5e-324}})",
            "one of its runs cannot be. The learning rate must be a finite number above 0; 0 was given. Its "
            R"(settings: {"layers":[1],"steps":2,"learning_rate":0.0,"seed":42,"shift_term":true,)"
            R"("layer_input":"previous","gradient_equation":22,)"
            R"("set":"mnist-paper","per_class":null,"classes":null,"data_seed":null})"}));

TEST(ParseSweep, MissesTheEndOfARange) {
  EXPECT_EQ(spec_refusal(R"({"vary":{"seed":{"from":1}}})"),
            "s.json is no whole sweep: vary.seed.to is missing.");
}

}  // namespace
}  // namespace ska::test
