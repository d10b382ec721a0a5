// The weights, Z and D of a run, and the step over all samples and layers. It works in blocks of samples, so
// the data of a block stays in the cache.
//
// Each block of kBlock samples has two phases:
//  1. The threads divide the samples of the block. Each thread takes its samples through all layers and
//     computes their measures and gradients while the data is still in the cache.
//  2. After a barrier, the threads divide the weights. Each thread adds the block's contribution to the
//     gradient sums of its own weights.
// A thread that finishes phase 2 early starts the next block, which writes nothing that another thread may
// still read of this one, so one barrier per block suffices.
// Besides the batch, only Z and D are kept for all samples.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/config.h"
#include "core/execution.h"
#include "core/network.h"
#include "core/panels.h"
#include "core/pixels.h"

namespace ska {

/// The weights of a network, and the last Z and D for its batch.
class Learner {
 public:
  using LayerSums = std::array<double, sum_count>;

  /// `network` must fit the batch, and the batch must outlive this. Throws std::bad_alloc and ThreadError.
  Learner(const Batch& batch, const Network& network, const Execution& execution);

  /// Approximate size in bytes of what a learner allocates, without its pixels.
  static double bytes_needed(const Batch& batch, std::span<const std::int64_t> layers);

  /// Forward pass and measures for all samples, without an update. Does not allocate.
  void look() { step({.learns = false}); }
  /// Forward pass and measures, then the update of all weights: W −= (η/N)·inputᵀ·g and b −= η·mean g. The
  /// input of the first layer is the batch; that of the others is D of the layer below, at the previous or at
  /// this step (`config.layer_input`). g follows `config.gradient_equation`,
  /// without ΔD if `shift_term` is off.
  void look_and_learn(const Config& config);

  std::size_t layers() const { return layers_.size(); }
  /// Sums of the last step. After the first step only Σ Z² is meaningful.
  const LayerSums& sums(std::size_t layer) const { return layers_[layer].sums; }
  /// Mean of D⁽ᴸ⁾ over samples, one per neuron, of the last step.
  std::span<const double> mean_outputs() const { return mean_outputs_; }
  /// ‖W⁽ˡ⁾‖² after the last update.
  double squared_weights(std::size_t layer) const { return layers_[layer].squared_weights; }
  bool has_finite_bias(std::size_t layer) const;

  Layer layer(std::size_t layer) const;
  Matrix knowledge(std::size_t layer) const;
  Matrix decisions(std::size_t layer) const;

 private:
  static constexpr Index kSpareRooms = 2;

  struct Step {
    bool learns = false;
    double rate = 0;
    float shift = 0;  // factor of ΔD in the gradient
    LayerInput input = LayerInput::previous;
  };
  /// A range of samples within one block.
  struct Samples {
    Index block, first, count;  // `first` counts within the block
  };
  struct LayerState {
    LayerState(Index input_count, Index neuron_count, Index samples);

    Index inputs, neurons, panels;      // panels of neurons
    Panels weights, weight_sums;        // W (inputs, neurons), and inputᵀ·g of the same shape
    Panels z;                           // (block of samples, neurons), block after block
    Panels d;                           // the same, with space for kSpareRooms more blocks
    Panels gradient;                    // (block of samples, neurons), for this block and the previous one
    std::vector<float> bias;            // (neurons, padded to whole panels)
    std::vector<double> gradient_sums;  // (neurons, padded to whole panels)
    std::vector<LayerSums> strip_sums;  // one per kStrip samples
    std::vector<double> squared_of_inputs;  // Σ W², one per kStrip inputs
    LayerSums sums{};
    double squared_weights = 0;
  };
  /// The unit in which weights are divided among threads: those from kStrip inputs of one layer.
  struct Share {
    std::size_t layer;
    Index input_panel;
  };

  void step(const Step& step);
  void share_out_samples();
  void share_out_weights();
  void work(const Step& step, int thread);
  void forward(const Samples& samples, std::size_t layer);
  void forward_from_pixels(const Samples& samples);
  void measure(const Samples& samples, const Step& step, LayerState& layer);
  void gather(const Samples& block, const Step& step, const Share& share, float* scratch);
  void gather_from_pixels(const Samples& block, Index input_panel, float* scratch);
  void update(const Step& step, const Share& share);
  void add_up();

  Index blocks() const { return (samples_ + kBlock - 1) / kBlock; }
  Index samples_in(Index block) const;
  /// The slot where this step writes D of a block, and the slot where the previous step wrote it. The slots
  /// form a ring with kSpareRooms more slots than blocks. Each step writes kSpareRooms slots before the one
  /// it reads, where no thread needs the old values any more.
  Index room_now(Index block) const { return (block + turn_) % (blocks() + kSpareRooms); }
  Index room_before(Index block) const { return room_now(block + kSpareRooms); }
  static Index room_of_gradient(Index block) { return block % 2; }

  Pixels pixels_;
  Index samples_;
  Execution execution_;
  std::vector<LayerState> layers_;
  std::vector<Index> first_sample_;  // (blocks, threads + 1): each thread's start in the block, and the end
  std::vector<Share> shares_;
  std::vector<std::size_t> first_share_;  // (threads + 1): each thread's start, and the end
  Panels unpacked_;                       // (block of samples, block of inputs), if the pixels are dense
  Panels scratch_;                        // (block of samples, kPanel) per thread, if the pixels are dense
  std::vector<double> output_sums_, mean_outputs_;
  Index turn_ = 0;
};

}  // namespace ska
