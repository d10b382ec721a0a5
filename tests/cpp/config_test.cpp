// Tests of the validation of settings and its messages.
#include "core/config.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ska {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<std::string> lines(const std::vector<Fault>& faults) {
  std::vector<std::string> texts;
  for (const Fault& fault : faults) texts.push_back(fault.field + ": " + fault.message);
  return texts;
}

using Lines = std::vector<std::string>;

TEST(Config, DefaultsAreThePapers) {
  const Config config;
  EXPECT_EQ(config.layers, (std::vector<std::int64_t>{256, 128, 64, 10}));
  EXPECT_EQ(config.steps, 50);
  EXPECT_EQ(config.learning_rate, 0.01);
  EXPECT_EQ(config.seed, 42);
  EXPECT_TRUE(config.shift_term);
  EXPECT_EQ(config.layer_input, LayerInput::previous);
  EXPECT_EQ(config.gradient_equation, 22);
  EXPECT_EQ(lines(config.validate()), Lines{});
}

TEST(Config, LayersAreOneToSixteen) {
  EXPECT_EQ(lines(Config{.layers = {}}.validate()),
            Lines{"layers: A network has 1 to 16 layers; 0 were given."});
  EXPECT_EQ(lines(Config{.layers = std::vector<std::int64_t>(17, 1)}.validate()),
            Lines{"layers: A network has 1 to 16 layers; 17 were given."});
  EXPECT_EQ(lines(Config{.layers = {1}}.validate()), Lines{});
  EXPECT_EQ(lines(Config{.layers = std::vector<std::int64_t>(16, 1)}.validate()), Lines{});
}

TEST(Config, NeuronsAreOneTo4096AndEveryWrongLayerIsNamed) {
  EXPECT_EQ(lines(Config{.layers = {0, 10, 4097, -3}}.validate()),
            (Lines{"layers: Layer 1 has 0 neurons; a layer has 1 to 4096.",
                   "layers: Layer 3 has 4097 neurons; a layer has 1 to 4096.",
                   "layers: Layer 4 has -3 neurons; a layer has 1 to 4096."}));
  EXPECT_EQ(lines(Config{.layers = {1, 4096}}.validate()), Lines{});
}

TEST(Config, NeuronsBeyondTheLastLayerAllowedAreNotJudged) {
  // A million layers must not produce a million messages.
  EXPECT_EQ(Config{.layers = std::vector<std::int64_t>(1'000'000, 0)}.validate().size(), 1U + 16U);
}

TEST(Config, StepsAreOneTo10000) {
  EXPECT_EQ(lines(Config{.steps = 0}.validate()),
            Lines{"steps: The number of steps must be a whole number from 1 to 10000; 0 was given."});
  EXPECT_EQ(lines(Config{.steps = 10001}.validate()),
            Lines{"steps: The number of steps must be a whole number from 1 to 10000; 10001 was given."});
  EXPECT_EQ(lines(Config{.steps = 1}.validate()), Lines{});
  EXPECT_EQ(lines(Config{.steps = 10000}.validate()), Lines{});
}

TEST(Config, LearningRateIsFiniteAndAboveZero) {
  const auto said = [](double rate) { return lines(Config{.learning_rate = rate}.validate()); };
  const auto refused = [](const std::string& rate) {
    return Lines{"learning_rate: The learning rate must be a finite number above 0; " + rate + " was given."};
  };
  EXPECT_EQ(said(0.0), refused("0"));
  EXPECT_EQ(said(-0.0), refused("-0"));
  EXPECT_EQ(said(-0.01), refused("-0.01"));
  EXPECT_EQ(said(kInfinity), refused("inf"));
  EXPECT_EQ(said(-kInfinity), refused("-inf"));
  EXPECT_EQ(said(std::nan("")), refused("nan"));
  EXPECT_EQ(said(std::numeric_limits<double>::denorm_min()), Lines{});
  EXPECT_EQ(said(std::numeric_limits<double>::max()), Lines{});
}

TEST(Config, SeedIsA32BitWord) {
  EXPECT_EQ(lines(Config{.seed = -1}.validate()),
            Lines{"seed: The weight seed must be a whole number from 0 to 4294967295; -1 was given."});
  EXPECT_EQ(
      lines(Config{.seed = 4'294'967'296}.validate()),
      Lines{"seed: The weight seed must be a whole number from 0 to 4294967295; 4294967296 was given."});
  EXPECT_EQ(lines(Config{.seed = 0}.validate()), Lines{});
  EXPECT_EQ(lines(Config{.seed = 4'294'967'295}.validate()), Lines{});
}

TEST(Config, EquationOfTheGradientIsOneOfTwo) {
  for (const std::int64_t equation : {22, 31})
    EXPECT_EQ(lines(Config{.gradient_equation = equation}.validate()), Lines{});
  for (const std::int64_t equation : {0, 23, 30, -22}) {
    EXPECT_EQ(lines(Config{.gradient_equation = equation}.validate()),
              Lines{"gradient_equation: The gradient's equation must be 22 or 31; " +
                    std::to_string(equation) + " was given."});
  }
}

TEST(LayerInput, IsNamedAndFoundByItsName) {
  EXPECT_EQ(layer_input_of("previous"), LayerInput::previous);
  EXPECT_EQ(layer_input_of("current"), LayerInput::current);
  EXPECT_EQ(name_of(LayerInput::previous), "previous");
  EXPECT_EQ(name_of(LayerInput::current), "current");
  for (const char* const name : {"", "Current", "previous ", "next"})
    EXPECT_EQ(layer_input_of(name), std::nullopt) << name;
}

TEST(Config, AllFaultsAreReportedAtOnce) {
  const Config config{.layers = {0}, .steps = 0, .learning_rate = 0, .seed = -1, .gradient_equation = 7};
  const Lines expected{"layers: Layer 1 has 0 neurons; a layer has 1 to 4096.",
                       "steps: The number of steps must be a whole number from 1 to 10000; 0 was given.",
                       "learning_rate: The learning rate must be a finite number above 0; 0 was given.",
                       "seed: The weight seed must be a whole number from 0 to 4294967295; -1 was given.",
                       "gradient_equation: The gradient's equation must be 22 or 31; 7 was given.",
                       "samples: A run needs at least one sample; the batch is empty.",
                       "pixels: A sample has 1 to 1000000 pixels; 0 were given."};
  EXPECT_EQ(lines(config.validate(Batch{})), expected);
}

TEST(Config, ErrorJoinsAllMessages) {
  const ConfigError error(Config{.steps = 0, .seed = -1}.validate());
  EXPECT_STREQ(error.what(),
               "The number of steps must be a whole number from 1 to 10000; 0 was given. "
               "The weight seed must be a whole number from 0 to 4294967295; -1 was given.");
  ASSERT_EQ(error.faults().size(), 2U);
  EXPECT_EQ(error.faults()[1].field, "seed");
}

class BatchOfPixels : public testing::Test {
 protected:
  /// The messages for a batch of six pixels with this shape.
  Lines said(std::int64_t samples, std::int64_t features) const {
    return lines(Config{}.validate({.pixels = pixels_, .samples = samples, .features = features}));
  }

 private:
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(6);
};

TEST_F(BatchOfPixels, MatchesItsShape) {
  EXPECT_EQ(said(2, 3), Lines{});
  EXPECT_EQ(said(6, 1), Lines{});
  EXPECT_EQ(said(1, 6), Lines{});
}

TEST_F(BatchOfPixels, NeedsASample) {
  EXPECT_EQ(said(0, 3), Lines{"samples: A run needs at least one sample; the batch is empty."});
  EXPECT_EQ(said(-2, 3), Lines{"samples: A run needs at least one sample; the batch is empty."});
}

TEST_F(BatchOfPixels, HasOneToAMillionFeatures) {
  EXPECT_EQ(said(2, 0), Lines{"pixels: A sample has 1 to 1000000 pixels; 0 were given."});
  EXPECT_EQ(said(2, -3), Lines{"pixels: A sample has 1 to 1000000 pixels; -3 were given."});
  EXPECT_EQ(said(2, 1'000'001), Lines{"pixels: A sample has 1 to 1000000 pixels; 1000001 were given."});

  const std::vector<std::uint8_t> wide(1'000'000);
  EXPECT_EQ(lines(Config{}.validate({.pixels = wide, .samples = 1, .features = 1'000'000})), Lines{});
}

TEST_F(BatchOfPixels, HoldsAsManyPixelsAsItSays) {
  EXPECT_EQ(said(3, 3),
            Lines{"pixels: A batch of 3 samples with 3 pixels each does not match the 6 pixels given."});
  EXPECT_EQ(said(1, 3),
            Lines{"pixels: A batch of 1 samples with 3 pixels each does not match the 6 pixels given."});
  // 6 / 4 rounds down to 1, so comparing only the quotient would accept this.
  EXPECT_EQ(said(1, 4),
            Lines{"pixels: A batch of 1 samples with 4 pixels each does not match the 6 pixels given."});
}

TEST_F(BatchOfPixels, SurvivesCountsWhoseProductOverflows) {
  // (2⁶² + 2) · 4 is 2⁶⁴ + 8, which overflows 64 bits to 8.
  const std::vector<std::uint8_t> eight(8);
  EXPECT_EQ(
      lines(Config{}.validate({.pixels = eight, .samples = (std::int64_t{1} << 62) + 2, .features = 4})),
      Lines{"pixels: A batch of 4611686018427387906 samples with 4 pixels each does not match the 8 "
            "pixels given."});
}

}  // namespace
}  // namespace ska
