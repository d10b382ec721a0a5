// Tests which record of a history belongs to which step.
#include "core/history.h"

#include <vector>

#include <gtest/gtest.h>

namespace ska {
namespace {

constexpr std::size_t kLayers = 2, kOutputs = 3;

/// A record whose numbers encode their position: 1000·k + position.
std::vector<double> record(std::size_t k) {
  std::vector<double> values(RecordLayout(kLayers, kOutputs).size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(1000 * k + i);
  return values;
}

History history_of(std::size_t steps) {
  History history(RecordLayout(kLayers, kOutputs), steps);
  for (std::size_t k = 0; k < steps; ++k) history.append(record(k));
  return history;
}

TEST(RecordLayout, IsAsItsHeaderSays) {
  const RecordLayout layout(kLayers, kOutputs);
  EXPECT_EQ(RecordLayout::step(), 0U);
  EXPECT_EQ(RecordLayout::total_entropy(), 1U);
  std::size_t next = 2;
  for (const Quantity quantity : all_quantities) {
    for (std::size_t l = 0; l < kLayers; ++l) EXPECT_EQ(layout.of(quantity, l), next++);
  }
  EXPECT_EQ(layout.outputs_start(), next);
  EXPECT_EQ(layout.size(), next + kOutputs);
}

TEST(RecordLayout, HoldsTheQuantitiesInTheOrderOfTheirNames) {
  const std::vector<Quantity> order{Quantity::knowledge_norm, Quantity::entropy, Quantity::cosine,
                                    Quantity::tensor_net,     Quantity::flow,    Quantity::lagrangian,
                                    Quantity::weight_norm};
  EXPECT_EQ(std::vector(all_quantities.begin(), all_quantities.end()), order);
}

TEST(History, IsEmptyAtFirst) {
  const History history = history_of(0);
  EXPECT_EQ(history.steps(), 0U);
  for (const Quantity quantity : all_quantities) EXPECT_EQ(history.records(quantity), 0U);
}

TEST(History, OfOneStepHasOnlyKnowledgeNorms) {
  const History history = history_of(1);
  for (const Quantity quantity : all_quantities) {
    EXPECT_EQ(history.records(quantity), quantity == Quantity::knowledge_norm ? 1U : 0U);
  }
}

TEST(History, HasAKnowledgeNormPerStepAndOneRecordFewerOfAllElse) {
  const History history = history_of(4);
  EXPECT_EQ(history.steps(), 4U);
  for (const Quantity quantity : all_quantities) {
    EXPECT_EQ(history.records(quantity), quantity == Quantity::knowledge_norm ? 4U : 3U);
  }
}

TEST(History, FirstRecordOfAQuantityIsOfTheFirstStepThatHasIt) {
  const History history = history_of(4);
  const RecordLayout& layout = history.layout();
  for (const Quantity quantity : all_quantities) {
    const std::size_t first_step = quantity == Quantity::knowledge_norm ? 0 : 1;
    for (std::size_t l = 0; l < kLayers; ++l) {
      for (std::size_t i = 0; i < history.records(quantity); ++i) {
        EXPECT_EQ(history.at(quantity, l, i), record(i + first_step)[layout.of(quantity, l)]);
      }
    }
  }
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(history.total_entropy(i), record(i + 1)[1]);
}

TEST(History, HasOutputsOfEveryStep) {
  const History history = history_of(4);
  for (std::size_t k = 0; k < 4; ++k) {
    const auto outputs = history.outputs(k);
    const std::vector<double> whole = record(k);
    EXPECT_EQ(std::vector<double>(outputs.begin(), outputs.end()),
              std::vector<double>(whole.end() - kOutputs, whole.end()));
  }
}

TEST(History, TakesMoreThanItMadeRoomFor) {
  History history = history_of(1);
  history.append(record(1));
  EXPECT_EQ(history.steps(), 2U);
  EXPECT_EQ(history.total_entropy(0), record(1)[1]);
}

TEST(History, BeginsAgainAfterClear) {
  History history = history_of(4);
  history.clear();
  EXPECT_EQ(history.steps(), 0U);
  EXPECT_EQ(history.records(Quantity::knowledge_norm), 0U);
  history.append(record(7));
  EXPECT_EQ(history.at(Quantity::knowledge_norm, 1, 0),
            record(7)[history.layout().of(Quantity::knowledge_norm, 1)]);
}

}  // namespace
}  // namespace ska
