// Tests that the CSV files have the papers' format and preserve every number.
#include "io/csv.h"

#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fixtures.h"

namespace ska::test {
namespace {

/// A history of two layers and two output neurons. Record k holds the values k + position/100.
History small_history(std::size_t steps) {
  const RecordLayout layout(2, 2);
  History history(layout, steps);
  for (std::size_t k = 0; k < steps; ++k) {
    std::vector<double> record(layout.size());
    for (std::size_t i = 0; i < record.size(); ++i) {
      record[i] = static_cast<double>(k) + static_cast<double>(i) / 100;
    }
    history.append(record);
  }
  return history;
}

std::string content(const std::vector<TextFile>& files, const std::string& name) {
  for (const TextFile& file : files) {
    if (file.name == name) return file.content;
  }
  return "(there is no " + name + ")";
}

TEST(Csv, HasThePapersFiles) {
  std::vector<std::string> names;
  for (const TextFile& file : csv_files(small_history(2))) names.push_back(file.name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "frobenius_history.csv", "entropy_history.csv", "cosine_history.csv",
                       "tensor_net_history.csv", "knowledge_flow_history.csv", "lagrangian_history.csv",
                       "weight_frobenius_history.csv", "output_neuron_activation.csv"}));
}

TEST(Csv, HasLayersAsRowsAndRecordsAsColumns) {
  const auto files = csv_files(small_history(3));
  EXPECT_EQ(content(files, "frobenius_history.csv"),
            ",K=1,K=2,K=3\n"
            "Layer 1,0.02,1.02,2.02\n"
            "Layer 2,0.03,1.03,2.03\n");
  EXPECT_EQ(content(files, "entropy_history.csv"),
            ",K=1,K=2\n"
            "Layer 1,1.04,2.04\n"
            "Layer 2,1.05,2.05\n");
}

TEST(Csv, HasOutputsWithOneRowPerStep) {
  EXPECT_EQ(content(csv_files(small_history(3)), "output_neuron_activation.csv"),
            "Step,Neuron 0,Neuron 1\n"
            "0,0.16,0.17\n"
            "1,1.16,1.17\n"
            "2,2.16,2.17\n");
}

TEST(Csv, HasTheSameHeadersAsTheGoldenFiles) {
  const RecordLayout layout(4, 10);
  History history(layout, 50);
  for (int k = 0; k < 50; ++k) history.append(std::vector<double>(layout.size()));
  for (const TextFile& file : csv_files(history)) {
    const std::string golden = text_of_file(golden_path("default/" + file.name));
    EXPECT_EQ(file.content.substr(0, file.content.find('\n')), golden.substr(0, golden.find('\n')))
        << file.name;
  }
}

TEST(Csv, OfOneStepHasRowsWithoutRecords) {
  const auto files = csv_files(small_history(1));
  EXPECT_EQ(content(files, "entropy_history.csv"), "\nLayer 1\nLayer 2\n");
  EXPECT_EQ(content(files, "frobenius_history.csv"), ",K=1\nLayer 1,0.02\nLayer 2,0.03\n");
}

TEST(Csv, OfNoStepHasHeadersOnly) {
  const auto files = csv_files(small_history(0));
  EXPECT_EQ(content(files, "frobenius_history.csv"), "\nLayer 1\nLayer 2\n");
  EXPECT_EQ(content(files, "output_neuron_activation.csv"), "Step,Neuron 0,Neuron 1\n");
}

TEST(Csv, WritesRealNumbersAsSuch) {
  const RecordLayout layout(1, 1);
  History history(layout, 5);
  for (const double value : {0.0, -0.0, 3.0, -1e22, 0.1}) {
    history.append(std::vector<double>(layout.size(), value));
  }
  EXPECT_EQ(content(csv_files(history), "frobenius_history.csv"),
            ",K=1,K=2,K=3,K=4,K=5\nLayer 1,0.0,-0.0,3.0,-1e+22,0.1\n");
}

TEST(Csv, ReadsBackBitForBit) {
  using Limit = std::numeric_limits<double>;
  const std::vector<double> values{0.0,
                                   -0.0,
                                   1.0 / 3,
                                   -6931.365926374338,
                                   Limit::min(),         // the smallest normal number
                                   Limit::denorm_min(),  // the smallest positive number
                                   -Limit::max(),
                                   1 + Limit::epsilon(),
                                   123456789.0,
                                   9007199254740993.0,
                                   1e21,
                                   static_cast<double>(0.1F)};
  const RecordLayout layout(1, 1);
  History history(layout, values.size());
  for (const double value : values) history.append(std::vector<double>(layout.size(), value));
  const Table table = parse_csv(content(csv_files(history), "frobenius_history.csv"));
  ASSERT_EQ(table.size(), 1U);
  ASSERT_EQ(table[0].size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    // Compare bits, because 0.0 == −0.0.
    EXPECT_EQ(std::bit_cast<std::uint64_t>(table[0][i]), std::bit_cast<std::uint64_t>(values[i]))
        << values[i];
  }
}

}  // namespace
}  // namespace ska::test
