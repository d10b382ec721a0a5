#include "core/learner.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace ska {
namespace {

/// Cost of a product with a pixel of a sparse batch, relative to one of a dense product:
/// 1.35 in WebAssembly, 2 with AVX2.
constexpr double kSparseCost = 1.6;

/// Splits items into one range per thread of nearly equal work. `work_up_to` is the prefix sum of the work:
/// the work before each item, then the total. Returns the start of every range, and the end.
std::vector<std::size_t> fair_shares(std::span<const double> work_up_to, int threads) {
  std::vector<std::size_t> starts{0};
  for (int thread = 1; thread < threads; ++thread) {
    const double wanted = work_up_to.back() * thread / threads;
    // Round to the nearer boundary between items.
    const auto after = std::ranges::lower_bound(work_up_to, wanted);
    const bool earlier = after != work_up_to.begin() && wanted - *(after - 1) < *after - wanted;
    starts.push_back(static_cast<std::size_t>(after - work_up_to.begin()) - (earlier ? 1 : 0));
  }
  starts.push_back(work_up_to.size() - 1);
  return starts;
}

Index filled_up(Index count) { return Panels::count(count) * kPanel; }

}  // namespace

Learner::LayerState::LayerState(Index input_count, Index neuron_count, Index samples)
    : inputs(input_count), neurons(neuron_count), panels(Panels::count(neuron_count)) {
  const Index block = std::min<Index>(samples, kBlock);
  const Index blocks = (samples + kBlock - 1) / kBlock;
  const Index width = filled_up(neurons);
  weights = Panels(filled_up(inputs), width);
  weight_sums = Panels(filled_up(inputs), width);
  z = Panels(block, blocks * width);
  d = Panels(block, (blocks + kSpareRooms) * width);
  gradient = Panels(block, 2 * width);
  bias.resize(static_cast<std::size_t>(width));
  gradient_sums.resize(static_cast<std::size_t>(width));
  strip_sums.resize(static_cast<std::size_t>((samples + kStrip - 1) / kStrip));
  squared_of_inputs.resize(static_cast<std::size_t>(Panels::count(inputs)));
}

double Learner::bytes_needed(const Batch& batch, std::span<const std::int64_t> layers) {
  const auto samples = static_cast<double>(batch.samples);
  const double block = std::min<double>(samples, kBlock);
  double values = 0;
  auto inputs = static_cast<Index>(batch.features);
  for (const std::int64_t layer : layers) {
    const auto neurons = static_cast<Index>(layer);
    const auto width = static_cast<double>(filled_up(neurons));
    values += (2 * samples + (kSpareRooms + 2) * block + 2 * static_cast<double>(filled_up(inputs))) * width;
    inputs = neurons;
  }
  return values * sizeof(float);
}

Learner::Learner(const Batch& batch, const Network& network, const Execution& execution)
    : pixels_(batch), samples_(static_cast<Index>(batch.samples)), execution_(execution) {
  if (execution_.threads > 1) execution_.team->reserve(execution_.threads);
  layers_.reserve(network.size());
  for (const Layer& layer : network) {
    LayerState& state = layers_.emplace_back(layer.weights.rows(), layer.weights.cols(), samples_);
    state.weights.set(layer.weights);
    std::copy_n(layer.bias.data(), layer.bias.size(), state.bias.begin());
  }
  if (!pixels_.is_sparse()) {
    const Index block = std::min<Index>(samples_, kBlock);
    unpacked_ = Panels(block, std::min<Index>(static_cast<Index>(batch.features), kBlock));
    scratch_ = Panels(block, Index{kPanel} * execution_.threads);
  }
  output_sums_.resize(layers_.back().bias.size());
  mean_outputs_.resize(static_cast<std::size_t>(layers_.back().neurons));
  share_out_samples();
  share_out_weights();
}

/// Divides the strips of every block among the threads. In the first layer a sample costs its nonzero pixels;
/// in the layers above all samples cost the same.
void Learner::share_out_samples() {
  const bool sparse = pixels_.is_sparse();
  double above = 0;
  for (std::size_t l = sparse ? 1 : 0; l < layers_.size(); ++l)
    above += static_cast<double>(layers_[l].inputs * layers_[l].panels);
  const double lit = sparse ? kSparseCost * static_cast<double>(layers_.front().panels) : 0;
  for (Index block = 0; block < blocks(); ++block) {
    const Index count = samples_in(block);
    std::vector<double> work_up_to{0};
    for (Index first = 0; first < count; first += kStrip) {
      const Index strip = std::min<Index>(kStrip, count - first);
      const double pixels =
          lit > 0 ? static_cast<double>(pixels_.of_samples(block * kBlock + first, strip)) : 0;
      work_up_to.push_back(work_up_to.back() + lit * pixels + above * static_cast<double>(strip));
    }
    for (const std::size_t strip : fair_shares(work_up_to, execution_.threads))
      first_sample_.push_back(std::min(count, static_cast<Index>(strip) * kStrip));
  }
}

/// Divides the weights of all layers among the threads, with nearly equal work.
void Learner::share_out_weights() {
  const auto samples = static_cast<double>(samples_);
  std::vector<double> work_up_to{0};
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    for (Index panel = 0; panel < Panels::count(layers_[l].inputs); ++panel) {
      shares_.push_back({l, panel});
      const bool sparse = l == 0 && pixels_.is_sparse();
      const double inputs = sparse
                                ? kSparseCost * static_cast<double>(pixels_.of_inputs(panel * kPanel, kPanel))
                                : samples * kPanel;
      work_up_to.push_back(work_up_to.back() + inputs * static_cast<double>(layers_[l].panels));
    }
  }
  first_share_ = fair_shares(work_up_to, execution_.threads);
}

Index Learner::samples_in(Index block) const { return std::min<Index>(kBlock, samples_ - block * kBlock); }

// ---- a step ------------------------------------------------------------------------------------

void Learner::look_and_learn(const Config& config) {
  const float shift = config.gradient_equation == 31 ? std::numbers::ln2_v<float> : 1.0F;
  step({.learns = true,
        .rate = config.learning_rate,
        .shift = config.shift_term ? shift : 0.0F,
        .input = config.layer_input});
}

void Learner::step(const Step& step) {
  turn_ = (turn_ + blocks()) % (blocks() + kSpareRooms);
  std::ranges::fill(output_sums_, 0.0);
  for (LayerState& layer : layers_) std::ranges::fill(layer.gradient_sums, 0.0);
  if (execution_.threads == 1) {
    work(step, 0);
  } else {
    execution_.team->run(execution_.threads, [&](int thread) { work(step, thread); });
  }
  add_up();
}

/// The part of one thread in a step.
void Learner::work(const Step& step, int thread) {
  const int threads = execution_.threads;
  const auto shares = std::span(shares_).subspan(
      first_share_[static_cast<std::size_t>(thread)],
      first_share_[static_cast<std::size_t>(thread) + 1] - first_share_[static_cast<std::size_t>(thread)]);
  float* const scratch = pixels_.is_sparse() ? nullptr : scratch_.panel(thread);

  for (Index block = 0; block < blocks(); ++block) {
    const Index count = samples_in(block);
    const Index* const first = first_sample_.data() + block * (threads + 1) + thread;
    const Samples own{block, first[0], first[1] - first[0]};
    if (own.count > 0) {
      for (std::size_t l = 0; l < layers_.size(); ++l) {
        forward(own, l);
        measure(own, step, layers_[l]);
      }
    }
    if (threads > 1) execution_.team->meet(threads);
    for (const Share& share : shares) gather({block, 0, count}, step, share, scratch);
  }
  if (!step.learns) return;
  for (const Share& share : shares) update(step, share);
}

/// A·W of one layer, written where D of the layer will be.
void Learner::forward(const Samples& samples, std::size_t layer) {
  if (layer == 0) {
    forward_from_pixels(samples);
    return;
  }
  const LayerState& below = layers_[layer - 1];
  LayerState& state = layers_[layer];
  for (Index input = 0; input < state.inputs; input += kBlock) {
    const auto depth = static_cast<int>(std::min<Index>(kBlock, state.inputs - input));
    const Index a = room_now(samples.block) * below.panels + input / kPanel;
    for (Index panel = 0; panel < state.panels; ++panel) {
      float* const z = state.d.panel(room_now(samples.block) * state.panels + panel);
      execution_.kernels->dense_forward(below.d.panel(a) + samples.first * kPanel, below.d.stride(),
                                        state.weights.panel(panel) + input * kPanel,
                                        z + samples.first * kPanel, static_cast<int>(samples.count), depth,
                                        input > 0);
    }
  }
}

void Learner::forward_from_pixels(const Samples& samples) {
  LayerState& state = layers_.front();
  const Kernels& kernels = *execution_.kernels;
  const Index sample = samples.block * kBlock + samples.first;
  const auto count = static_cast<int>(samples.count);
  for (Index input = 0; input < state.inputs; input += kBlock) {
    const Index depth = std::min<Index>(kBlock, state.inputs - input);
    if (!pixels_.is_sparse()) {
      for (Index i = 0; i < depth; i += kPanel) {
        pixels_.unpack(sample, samples.count, input + i,
                       unpacked_.panel(i / kPanel) + samples.first * kPanel);
      }
    }
    for (Index panel = 0; panel < state.panels;) {
      const float* const w = state.weights.panel(panel) + input * kPanel;
      float* const z = state.d.panel(room_now(samples.block) * state.panels + panel) + samples.first * kPanel;
      if (!pixels_.is_sparse()) {
        kernels.dense_forward(unpacked_.panel(0) + samples.first * kPanel, unpacked_.stride(), w, z, count,
                              static_cast<int>(depth), input > 0);
        panel += 1;
        continue;
      }
      const bool two = panel + 1 < state.panels;
      (two ? kernels.sparse_1x32 : kernels.sparse_1x16)(pixels_.by_sample(input / kBlock, sample), w,
                                                        state.weights.stride(), z, state.d.stride(), count,
                                                        input > 0);
      panel += two ? 2 : 1;
    }
  }
}

void Learner::measure(const Samples& samples, const Step& step, LayerState& layer) {
  const Index end = samples.first + samples.count;
  for (Index first = samples.first; first < end; first += kStrip) {
    std::array<Lanes, sum_count> lanes{};
    for (Index panel = 0; panel < layer.panels; ++panel) {
      const auto at = [&](Panels& panels, Index room) {
        return panels.panel(room * layer.panels + panel) + first * kPanel;
      };
      execution_.kernels->activate_and_measure(
          {.samples = static_cast<int>(std::min<Index>(kStrip, end - first)),
           .bias = layer.bias.data() + panel * kPanel,
           .d = at(layer.d, room_now(samples.block)),
           .z_previous = at(layer.z, samples.block),
           .d_previous = at(layer.d, room_before(samples.block)),
           .gradient = at(layer.gradient, room_of_gradient(samples.block))},
          step.shift, lanes);
    }
    LayerSums& sums = layer.strip_sums[static_cast<std::size_t>((samples.block * kBlock + first) / kStrip)];
    std::ranges::transform(lanes, sums.begin(), total);
  }
}

/// Adds a block's contribution to the gradient sums of a share of the weights, and to the sums over samples.
void Learner::gather(const Samples& block, const Step& step, const Share& share, float* scratch) {
  LayerState& state = layers_[share.layer];
  const Kernels& kernels = *execution_.kernels;
  const auto count = static_cast<int>(block.count);
  const Index gradient = room_of_gradient(block.block) * state.panels;
  if (step.learns) {
    if (share.layer == 0) {
      gather_from_pixels(block, share.input_panel, scratch);
    } else {
      const LayerState& below = layers_[share.layer - 1];
      // A thread that is ahead writes to neither slot: it may be in the next block, but not in the next step.
      const Index room = step.input == LayerInput::current ? room_now(block.block) : room_before(block.block);
      const float* const a = below.d.panel(room * below.panels + share.input_panel);
      for (Index panel = 0; panel < state.panels; ++panel) {
        float* const dw = state.weight_sums.panel(panel) + share.input_panel * kPanel * kPanel;
        kernels.dense_backward(a, state.gradient.panel(gradient + panel), dw, count, block.block > 0);
      }
    }
  }
  if (share.input_panel > 0) return;  // only the first share of a layer sums the columns
  for (Index panel = 0; panel < state.panels; ++panel) {
    if (step.learns)
      kernels.column_sums(state.gradient.panel(gradient + panel), count,
                          state.gradient_sums.data() + panel * kPanel);
    if (share.layer + 1 == layers_.size()) {
      kernels.column_sums(state.d.panel(room_now(block.block) * state.panels + panel), count,
                          output_sums_.data() + panel * kPanel);
    }
  }
}

void Learner::gather_from_pixels(const Samples& block, Index input_panel, float* scratch) {
  LayerState& state = layers_.front();
  const Kernels& kernels = *execution_.kernels;
  const Index input = input_panel * kPanel;
  const Index gradient = room_of_gradient(block.block) * state.panels;
  const bool add = block.block > 0;
  if (!pixels_.is_sparse()) {
    pixels_.unpack(block.block * kBlock, block.count, input, scratch);
    for (Index panel = 0; panel < state.panels; ++panel) {
      kernels.dense_backward(scratch, state.gradient.panel(gradient + panel),
                             state.weight_sums.panel(panel) + input * kPanel, static_cast<int>(block.count),
                             add);
    }
    return;
  }
  const auto rows = static_cast<int>(std::min<Index>(kPanel, state.inputs - input));
  for (Index panel = 0; panel < state.panels;) {
    const bool two = panel + 1 < state.panels;
    (two ? kernels.sparse_1x32 : kernels.sparse_1x16)(
        pixels_.by_input(block.block, input), state.gradient.panel(gradient + panel), state.gradient.stride(),
        state.weight_sums.panel(panel) + input * kPanel, state.weight_sums.stride(), rows, add);
    panel += two ? 2 : 1;
  }
}

void Learner::update(const Step& step, const Share& share) {
  LayerState& state = layers_[share.layer];
  const Index input = share.input_panel * kPanel;
  const auto rows = static_cast<int>(std::min<Index>(kPanel, state.inputs - input));
  const auto rate_per_sample = static_cast<float>(step.rate / static_cast<double>(samples_));
  Lanes squares{};
  for (Index panel = 0; panel < state.panels; ++panel) {
    execution_.kernels->descend(state.weights.panel(panel) + input * kPanel,
                                state.weight_sums.panel(panel) + input * kPanel, rate_per_sample,
                                rows * kPanel, squares);
  }
  state.squared_of_inputs[static_cast<std::size_t>(share.input_panel)] = total(squares);
  if (share.input_panel > 0) return;
  for (std::size_t j = 0; j < state.bias.size(); ++j) {
    const double mean = state.gradient_sums[j] / static_cast<double>(samples_);
    state.bias[j] -= static_cast<float>(step.rate * mean);
  }
}

/// Adds the partial sums of the threads, in the order of the contract (core/kernels.h).
void Learner::add_up() {
  for (LayerState& layer : layers_) {
    layer.sums = {};
    for (const LayerSums& strip : layer.strip_sums) {
      for (std::size_t i = 0; i < strip.size(); ++i) layer.sums[i] += strip[i];
    }
    layer.squared_weights = 0;
    for (const double squared : layer.squared_of_inputs) layer.squared_weights += squared;
  }
  for (std::size_t j = 0; j < mean_outputs_.size(); ++j)
    mean_outputs_[j] = output_sums_[j] / static_cast<double>(samples_);
}

// ---- access to the state -----------------------------------------------------------------------

bool Learner::has_finite_bias(std::size_t layer) const {
  return std::ranges::all_of(layers_[layer].bias, [](float value) { return std::isfinite(value); });
}

Layer Learner::layer(std::size_t layer) const {
  const LayerState& state = layers_[layer];
  Layer plain{.weights = Matrix(state.inputs, state.neurons), .bias = RowVector(state.neurons)};
  state.weights.get(plain.weights);
  std::copy_n(state.bias.begin(), state.neurons, plain.bias.data());
  return plain;
}

Matrix Learner::knowledge(std::size_t layer) const {
  const LayerState& state = layers_[layer];
  Matrix z(samples_, state.neurons);
  for (Index block = 0; block < blocks(); ++block)
    state.z.get(z.middleRows(block * kBlock, samples_in(block)), block * state.panels);
  return z;
}

Matrix Learner::decisions(std::size_t layer) const {
  const LayerState& state = layers_[layer];
  Matrix d(samples_, state.neurons);
  for (Index block = 0; block < blocks(); ++block) {
    state.d.get(d.middleRows(block * kBlock, samples_in(block)), room_now(block) * state.panels);
  }
  return d;
}

}  // namespace ska
