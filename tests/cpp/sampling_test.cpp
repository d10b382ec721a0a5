// Tests the selection of samples and its error messages.
#include "core/sampling.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "fixtures.h"
#include "messages.h"

namespace ska::test {
namespace {

using Indices = std::vector<std::int64_t>;

/// Classes 7, 0 and 255 with four, three and one samples.
const std::vector<std::uint8_t> kLabels{7, 0, 7, 7, 0, 255, 0, 7};

Selection selection(std::vector<std::int64_t> classes = {},
                    std::optional<std::int64_t> per_class = std::nullopt) {
  return {std::move(classes), per_class};
}

TEST(SelectFirst, TakesTheFirstOfEachClassInFileOrder) {
  EXPECT_EQ(select_first(kLabels, selection({}, 1)), (Indices{0, 1, 5}));
  EXPECT_EQ(select_first(kLabels, selection({0, 7}, 2)), (Indices{0, 1, 2, 4}));
}

TEST(SelectFirst, TakesFileOrderWhateverTheOrderOfClasses) {
  EXPECT_EQ(select_first(kLabels, selection({7, 0}, 2)), select_first(kLabels, selection({0, 7}, 2)));
}

TEST(SelectFirst, TakesAllWithoutANumber) {
  EXPECT_EQ(select_first(kLabels, selection()), (Indices{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(select_first(kLabels, selection({0})), (Indices{1, 4, 6}));
}

TEST(SelectFirst, OfMnistIsThePapersSubset) {
  const Indices chosen = select_first(mnist().labels, selection({}, 100));
  ASSERT_EQ(chosen.size(), 1000U);
  EXPECT_EQ(chosen.back(), 1105);

  std::vector<int> first_labels;
  for (std::size_t i = 0; i < 10; ++i) {
    first_labels.push_back(mnist().labels[static_cast<std::size_t>(chosen[i])]);
  }
  EXPECT_EQ(first_labels, (std::vector<int>{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}));

  const std::vector<std::uint8_t> pixels = mnist().pixels(chosen);
  const auto not_zero =
      static_cast<double>(pixels.size() - static_cast<std::size_t>(std::ranges::count(pixels, 0)));
  EXPECT_NEAR(not_zero / static_cast<double>(pixels.size()), 0.1908, 0.00005);
  EXPECT_EQ(*std::ranges::max_element(pixels), 255);
}

TEST(SelectShuffled, OfMnistIsNumPysChoice) {
  // From numpy.random.RandomState(0).shuffle over the samples of class 0, as in
  // tests/golden/ska_reference.py.
  const Indices chosen = select_shuffled(mnist().labels, selection({}, 100), 0);
  ASSERT_EQ(chosen.size(), 1000U);
  EXPECT_EQ(Indices(chosen.begin(), chosen.begin() + 8),
            (Indices{13830, 52831, 48180, 18563, 7451, 37752, 8129, 20292}));
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    ASSERT_EQ(mnist().labels[static_cast<std::size_t>(chosen[i])], i / 100) << "position " << i;
  }
}

TEST(SelectShuffled, OfMnistIsNumPysChoiceForEverySeed) {
  // tests/golden/numpy_samples.txt has set, seed, class, and the first ten indices of that class.
  std::istringstream lines(text_of_file(golden_path("numpy_samples.txt")));
  int compared = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string set;
    std::uint32_t seed = 0;
    std::size_t label = 0;
    words >> set >> seed >> label;
    if (set != "mnist") continue;
    const Indices chosen = select_shuffled(mnist().labels, selection({}, 10), seed);
    const auto first = chosen.begin() + static_cast<std::ptrdiff_t>(10 * label);
    EXPECT_EQ(Indices(first, first + 10), Indices(std::istream_iterator<std::int64_t>(words), {}))
        << "seed " << seed << ", class " << label;
    ++compared;
  }
  EXPECT_EQ(compared, 3 * 10);
}

TEST(SelectShuffled, StacksClassByClassInTheOrderGiven) {
  const Indices chosen = select_shuffled(kLabels, selection({255, 7, 0}, 1), 3);
  ASSERT_EQ(chosen.size(), 3U);
  EXPECT_EQ(kLabels[static_cast<std::size_t>(chosen[0])], 255);
  EXPECT_EQ(kLabels[static_cast<std::size_t>(chosen[1])], 7);
  EXPECT_EQ(kLabels[static_cast<std::size_t>(chosen[2])], 0);
}

TEST(SelectShuffled, DrawsOneStreamThroughAllClasses) {
  // Class 7 alone and class 7 after class 0 use different parts of the stream.
  const std::vector<std::uint8_t> labels = [] {
    std::vector<std::uint8_t> alternating(100);
    for (std::size_t i = 0; i < alternating.size(); ++i) alternating[i] = i % 2 == 0 ? 0 : 7;
    return alternating;
  }();
  const Indices both = select_shuffled(labels, selection({0, 7}), 5);
  const Indices alone = select_shuffled(labels, selection({7}), 5);
  EXPECT_NE(Indices(both.begin() + 50, both.end()), alone);
  EXPECT_EQ(Indices(both.begin(), both.begin() + 50), select_shuffled(labels, selection({0}), 5));
}

TEST(SelectShuffled, ShufflesTheWholeClassBeforeItTakes) {
  // A smaller selection is a prefix of a larger one:
  // the stream does not depend on how many samples are taken.
  const Indices two = select_shuffled(kLabels, selection({7}, 2), 9);
  Indices all = select_shuffled(kLabels, selection({7}), 9);
  EXPECT_EQ(two, Indices(all.begin(), all.begin() + 2));
  std::ranges::sort(all);
  EXPECT_EQ(all, (Indices{0, 2, 3, 7}));
}

TEST(SelectSamples, ShufflesWhereThereIsASeed) {
  const Selection asked = selection({255, 7, 0}, 1);
  EXPECT_EQ(select_samples(kLabels, asked, std::nullopt), select_first(kLabels, asked));
  for (const std::uint32_t seed : {0U, 3U, 4294967295U}) {
    EXPECT_EQ(select_samples(kLabels, asked, seed), select_shuffled(kLabels, asked, seed));
  }
}

TEST(SelectSamples, RefusesASeedThatIsNone) {
  const auto said = [](std::int64_t seed) {
    return message_of<SamplingError>([&] { select_samples(kLabels, selection(), seed); });
  };
  EXPECT_EQ(said(-1), "The data seed must be a whole number from 0 to 4294967295; -1 was given.");
  EXPECT_EQ(said(4294967296),
            "The data seed must be a whole number from 0 to 4294967295; 4294967296 was given.");
}

/// Both ways of selecting reject the same selections with the same messages.
class Refused : public testing::TestWithParam<bool> {
 protected:
  static std::string said(const std::vector<std::uint8_t>& labels, const Selection& asked) {
    return message_of<SamplingError>([&] {
      if (GetParam()) {
        select_shuffled(labels, asked, 0);
      } else {
        select_first(labels, asked);
      }
    });
  }
};

TEST_P(Refused, MoreThanAClassHas) {
  EXPECT_EQ(said(kLabels, selection({7, 0}, 4)), "Class 0 has 3 samples; 4 per class were asked for.");
  EXPECT_EQ(said(kLabels, selection({}, 2)), "Class 255 has 1 samples; 2 per class were asked for.");
}

TEST_P(Refused, UnknownClass) {
  EXPECT_EQ(said(kLabels, selection({0, 3})),
            "Class 3 does not occur in the labels, which hold the classes 0, 7, 255.");
}

TEST_P(Refused, ClassThatIsNoByte) {
  // 263 is 7 modulo 256, and −1 is 255 modulo 256.
  EXPECT_EQ(said(kLabels, selection({263})),
            "Class 263 does not occur in the labels, which hold the classes 0, 7, 255.");
  EXPECT_EQ(said(kLabels, selection({-1})),
            "Class -1 does not occur in the labels, which hold the classes 0, 7, 255.");
}

TEST_P(Refused, ClassNamedTwice) {
  EXPECT_EQ(said(kLabels, selection({7, 0, 7})), "Class 7 is named twice.");
}

TEST_P(Refused, FewerThanOnePerClass) {
  EXPECT_EQ(said(kLabels, selection({}, 0)), "At least 1 sample per class is needed; 0 were asked for.");
  EXPECT_EQ(said(kLabels, selection({}, -5)), "At least 1 sample per class is needed; -5 were asked for.");
}

TEST_P(Refused, NoLabels) {
  EXPECT_EQ(said({}, selection()), "There are no labels to choose samples by.");
  EXPECT_EQ(said({}, selection({0}, 1)), "There are no labels to choose samples by.");
}

INSTANTIATE_TEST_SUITE_P(Select, Refused, testing::Bool(),
                         [](const auto& test) { return test.param ? "Shuffled" : "First"; });

}  // namespace
}  // namespace ska::test
