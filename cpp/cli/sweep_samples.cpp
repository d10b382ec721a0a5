#include "cli/sweep_samples.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/sampling.h"

namespace ska {

std::vector<std::size_t> by_samples(const Sweep& sweep, const std::vector<std::size_t>& runs) {
  std::unordered_map<std::string, std::size_t> selections;  // numbered as they come
  std::vector<std::tuple<DataSet, std::size_t, std::size_t>> keyed;
  keyed.reserve(runs.size());
  for (const std::size_t run : runs) {
    const std::string settings = sample_settings_of(sweep.runs[run]).dump();
    const std::size_t selection = selections.emplace(settings, selections.size()).first->second;
    keyed.emplace_back(sweep.runs[run].set, selection, run);
  }
  std::ranges::sort(keyed);
  std::vector<std::size_t> ordered;
  ordered.reserve(runs.size());
  for (const auto& [set, selection, run] : keyed) ordered.push_back(run);
  return ordered;
}

const LabelledImages& SampleSource::load(DataSet set) {
  if (!loaded_ || loaded_->set != set) {
    loaded_.reset();  // before the next one takes memory
    loaded_ = Loaded{set, load_prepared(set)};
  }
  return loaded_->content;
}

std::shared_ptr<const Samples> SampleSource::of(const SweepRun& run) {
  std::string settings = sample_settings_of(run).dump();
  if (samples_ && settings == settings_) return samples_;
  samples_.reset();
  const auto& [images, labels] = load(run.set);
  auto samples = std::make_shared<Samples>();
  samples->indices = select_samples(labels, run.selection, run.data_seed);
  samples->pixels = pixels_of(images, samples->indices);
  samples->features = images.rows * images.columns;
  samples_ = std::move(samples);
  settings_ = std::move(settings);
  return samples_;
}

}  // namespace ska
