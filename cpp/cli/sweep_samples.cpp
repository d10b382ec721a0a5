#include "cli/sweep_samples.h"

#include <algorithm>
#include <compare>
#include <utility>

#include "core/sampling.h"

namespace ska {

std::vector<std::uint32_t> by_samples(const Sweep& sweep, const std::vector<std::uint32_t>& runs) {
  struct Keyed {
    DataSet set;
    std::uint32_t first;  // the first run with the same samples
    std::uint32_t run;
    auto operator<=>(const Keyed&) const = default;
  };
  RunTable selections(runs.size(), [&sweep](std::size_t run) { return with_samples_of(sweep.run(run)); });
  std::vector<Keyed> keyed;
  keyed.reserve(runs.size());
  SweepRun former;
  for (const std::uint32_t number : runs) {
    const SweepRun run = sweep.run(number);
    const bool as_before = !keyed.empty() && same_samples(run, former);
    const auto first = as_before ? keyed.back().first
                                 : static_cast<std::uint32_t>(selections.add(number, with_samples_of(run)));
    keyed.push_back({run.set, first, number});
    former = run;
  }
  std::ranges::sort(keyed);
  std::vector<std::uint32_t> ordered;
  ordered.reserve(runs.size());
  for (const Keyed& key : keyed) ordered.push_back(key.run);
  return ordered;
}

const LabelledImages& SampleSource::load(DataSet set) {
  if (!loaded_ || loaded_->set != set) {
    loaded_.reset();  // free the old set before loading the next
    loaded_ = Loaded{set, load_prepared(set)};
  }
  return loaded_->content;
}

std::shared_ptr<const Samples> SampleSource::of(const SweepRun& run) {
  if (samples_ && same_samples(run, run_)) return samples_;
  samples_.reset();
  const auto& [images, labels] = load(run.set);
  auto samples = std::make_shared<Samples>();
  samples->indices = select_samples(labels, run.selection, run.data_seed);
  samples->pixels = pixels_of(images, samples->indices);
  samples->features = images.rows * images.columns;
  samples_ = std::move(samples);
  run_ = with_samples_of(run);
  return samples_;
}

}  // namespace ska
