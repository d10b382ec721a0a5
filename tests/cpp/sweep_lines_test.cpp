// Tests that a line of a sweep contains the records of its run and can be read back.
#include "io/sweep_lines.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/run.h"
#include "fixtures.h"
#include "messages.h"

namespace ska::test {
namespace {

const std::string kFingerprint = "0123456789abcdef0123456789abcdef";

/// A network of one layer with two neurons over three steps.
/// At step k every quantity encodes its number and k.
History small_history(std::size_t steps = 3) {
  const RecordLayout layout(1, 2);
  History history(layout, steps);
  const std::vector<double> entropies{std::nan(""), -3, -5};
  for (std::size_t k = 0; k < steps; ++k) {
    std::vector<double> record(layout.size());
    record[RecordLayout::total_entropy()] = entropies[k];
    for (const Quantity quantity : all_quantities)
      record[layout.of(quantity, 0)] = 10.0 * static_cast<double>(quantity) + static_cast<double>(k);
    record[layout.of(Quantity::entropy, 0)] = entropies[k];
    record[layout.outputs_start()] = 0.25 + static_cast<double>(k);
    record[layout.outputs_start() + 1] = 0.5;
    history.append(record);
  }
  return history;
}

Json line_json(const History& history, Records records) {
  const std::vector<std::int64_t> indices{8, 3, 5, 1, 2, 4, 6, 7, 9};
  const std::string line = finished_line(
      {.run = SweepRun{}, .history = history, .indices = indices, .fingerprint = kFingerprint}, records);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  return Json::parse(line);
}

TEST(FinishedLine, TellsExtremesAndLastValues) {
  Json expected = Json::parse(R"({
    "samples":9,"first_indices":[8,3,5,1,2,4,6,7],"fingerprint":"0123456789abcdef0123456789abcdef",
    "entropy_min":[-5.0],"entropy_min_step":[2],"entropy_last":[-5.0],
    "cosine_max":[22.0],"cosine_max_step":[2],"cosine_last":[22.0],
    "flow_max":[42.0],"flow_max_step":[2],"flow_last":[42.0],
    "tensor_net_sum":[63.0],"tensor_net_last":[32.0],
    "lagrangian_min":[51.0],"lagrangian_min_step":[1],"lagrangian_last":[52.0],
    "knowledge_norm_first":[0.0],"knowledge_norm_last":[2.0],"weight_norm_last":[62.0],
    "entropy_total_min":-5.0,"entropy_total_min_step":2,"entropy_total_mean":-4.0,
    "entropy_total":[-3.0,-5.0],"outputs_last":[2.25,0.5]})");
  Json line = line_json(small_history(), Records::summary);
  EXPECT_EQ(line["run"], settings_of(SweepRun{}));
  line.erase("run");
  EXPECT_EQ(line.dump(), expected.dump());
}

TEST(FinishedLine, TellsEveryRecordWhereAsked) {
  const Json line = line_json(small_history(), Records::all);
  EXPECT_EQ(line["indices"].dump(), "[8,3,5,1,2,4,6,7,9]");
  EXPECT_EQ(line["records"].dump(),
            R"({"knowledge_norm":[[0.0,1.0,2.0]],"entropy":[[-3.0,-5.0]],"cosine":[[21.0,22.0]],)"
            R"("tensor_net":[[31.0,32.0]],"flow":[[41.0,42.0]],"lagrangian":[[51.0,52.0]],)"
            R"("weight_norm":[[61.0,62.0]],"outputs":[[0.25,1.25,2.25],[0.5,0.5,0.5]]})");
}

TEST(FinishedLine, HasNullWhereThereIsNoRecord) {
  const Json line = line_json(small_history(1), Records::all);
  EXPECT_EQ(line["entropy_min"].dump(), "[null]");
  EXPECT_EQ(line["entropy_min_step"].dump(), "[null]");
  EXPECT_EQ(line["entropy_last"].dump(), "[null]");
  EXPECT_TRUE(line["entropy_total_min"].is_null());
  EXPECT_TRUE(line["entropy_total_mean"].is_null());
  EXPECT_EQ(line["entropy_total"].dump(), "[]");
  EXPECT_EQ(line["knowledge_norm_last"].dump(), "[0.0]");
  EXPECT_EQ(line["records"]["entropy"].dump(), "[[]]");
}

TEST(FinishedLine, HasNumbersThatReadBackExactly) {
  const Config config{.layers = {5, 3}, .steps = 8, .learning_rate = 0.3};
  const std::vector<std::uint8_t> pixels = random_pixels(20 * 9, 1);
  ska::Run run(config, {.pixels = pixels, .samples = 20, .features = 9});
  History history(run.layout(), 8);
  while (run.status() == Status::ready) history.append(run.step());
  const Json line = line_json(history, Records::all);
  for (std::size_t l = 0; l < 2; ++l) {
    for (std::size_t i = 0; i < history.records(Quantity::flow); ++i) {
      EXPECT_EQ(line["records"]["flow"][l][i].get<double>(), history.at(Quantity::flow, l, i));
      EXPECT_EQ(line["records"]["entropy"][l][i].get<double>(), history.at(Quantity::entropy, l, i));
    }
  }
  EXPECT_EQ(line["outputs_last"][2].get<double>(), history.outputs(7)[2]);
}

LineHead head_of(std::string line) {
  line.pop_back();  // the line end
  return parse_line(line, "l");
}

TEST(ParseLine, TellsWhoseLineItIs) {
  SweepRun run;
  run.config.seed = 7;
  const History history = small_history();
  const std::vector<std::int64_t> indices{1};
  const FinishedRun finished{.run = run, .history = history, .indices = indices, .fingerprint = kFingerprint};
  for (const Records records : {Records::summary, Records::all}) {
    const LineHead head = head_of(finished_line(finished, records));
    EXPECT_EQ(head.settings, settings_of(run).dump());
    ASSERT_TRUE(head.run);
    EXPECT_EQ(settings_of(*head.run), settings_of(run));
    EXPECT_FALSE(head.failed);
    EXPECT_EQ(head.records, records);
  }
  const LineHead failed = head_of(failed_line(run, "A \"reason\"."));
  EXPECT_EQ(failed.settings, settings_of(run).dump());
  EXPECT_TRUE(failed.failed);
  EXPECT_EQ(failed_line(SweepRun{}, "A \"reason\".").substr(0, 10), "{\"run\":{\"l");
}

TEST(ParseLine, RefusesWhatIsNoLine) {
  const auto refusal = [](const char* line) { return message_of<JsonError>([&] { parse_line(line, "l"); }); };
  EXPECT_EQ(refusal(""), "l is no line of a sweep: it is not a JSON object.");
  EXPECT_EQ(refusal("{\"run\":{}"), "l is no line of a sweep: it is not a JSON object.");
  EXPECT_EQ(refusal("[1]"), "l is no line of a sweep: it is not a JSON object.");
  EXPECT_EQ(refusal("{\"a\":[1,2]}"), "l is no whole line of a sweep: run is missing.");
  EXPECT_EQ(refusal("{\"run\":3,\"error\":\"x\"}"),
            "l is no line of a sweep: run must be an object; 3 was given.");
  EXPECT_EQ(refusal("{\"run\":{}}"), "l is no whole line of a sweep: fingerprint is missing.");
  EXPECT_EQ(refusal("{\"run\":{},\"error\":1}"), "l is no line of a sweep: error must be text; 1 was given.");
}

TEST(ParseLine, RefusesALineThatIsNestedTooDeep) {
  const std::size_t deep = 200'000;
  const std::string nest = std::string(deep, '[') + std::string(deep, ']');
  EXPECT_EQ(
      message_of<JsonError>([&] { parse_line("{\"run\":{\"layers\":" + nest + "},\"error\":\"x\"}", "l"); }),
      "l is no line of a sweep: it is nested deeper than the 16 levels allowed.");
}

TEST(ParseLine, FindsNoRunInSettingsThatAreNotOnes) {
  const std::string settings = settings_of(SweepRun{}).dump();
  const auto run_in = [](const std::string& run) {
    return parse_line("{\"run\":" + run + ",\"error\":\"x\"}", "l").run;
  };
  EXPECT_TRUE(run_in(settings));
  EXPECT_FALSE(run_in("{}"));
  EXPECT_FALSE(run_in(settings.substr(0, settings.size() - 1) + ",\"tau\":1}"));
  EXPECT_FALSE(run_in("{\"steps\":0" + settings.substr(settings.find(",\"learning_rate\""))));
  const LineHead long_one =
      parse_line("{\"run\":{\"a\":\"" + std::string(1'000'000, 'a') + "\"},\"error\":\"x\"}", "l");
  EXPECT_LT(long_one.settings.size(), 500U);
}

TEST(BeginningOfLine, IsWhatALineBeginsWith) {
  const SweepRun run;
  EXPECT_TRUE(failed_line(run, "x").starts_with(beginning_of_line(settings_of(run).dump())));
}

}  // namespace
}  // namespace ska::test
