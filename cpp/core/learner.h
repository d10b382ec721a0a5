// How does a step go through samples and layers? Block by block, so that what it touches stays in the cache.
//
// For every block of kBlock samples two phases follow each other. First the threads share out its samples:
// each takes its own through all layers, and makes their measures and gradients while they are at hand. Then
// they meet, and share out the weights: each adds what the block means to its own. Whoever is done with that
// begins with the next block, which touches nothing that others may still read of this one; so they meet once
// a block. Beside the batch only Z and D of the step before are kept of every sample.
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

/// The weights and the last Z and D of a network on its batch.
class Learner {
 public:
  using LayerSums = std::array<double, sum_count>;

  /// `network` fits the batch, which must outlive this. Throws std::bad_alloc and ThreadError.
  Learner(const Batch& batch, const Network& network, const Execution& execution);

  /// About how much a learner allocates beside its pixels, in bytes.
  static double bytes_needed(const Batch& batch, std::span<const std::int64_t> layers);

  /// Looks at every sample. Allocates nothing.
  void look() { step({.learns = false}); }
  /// Looks at every sample, then moves all weights: W −= (η/N)·inputᵀ·g and b −= η·mean g, where the input of
  /// the first layer is the batch and that of the others what the layer below said, at the step before or at
  /// this one (`config.layer_input`). g is `config.gradient_equation`'s, without ΔD where there is no shift
  /// term.
  void look_and_learn(const Config& config);

  std::size_t layers() const { return layers_.size(); }
  /// Of the last step; after the first look only Σ Z² means something.
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
    float shift = 0;  // what the gradient counts ΔD as
    LayerInput input = LayerInput::previous;
  };
  /// Samples of one block.
  struct Samples {
    Index block, first, count;  // `first` within the block
  };
  struct LayerState {
    LayerState(Index input_count, Index neuron_count, Index samples);

    Index inputs, neurons, panels;          // panels of neurons
    Panels weights, weight_sums;            // (inputs, neurons), and inputᵀ·g
    Panels z;                               // (block of samples, neurons), block after block
    Panels d;                               // likewise, with room for two blocks more
    Panels gradient;                        // (block of samples, neurons), of this block and the one before
    std::vector<float> bias;                // (neurons, filled up)
    std::vector<double> gradient_sums;      // (neurons, filled up)
    std::vector<LayerSums> strip_sums;      // of every kStrip samples
    std::vector<double> squared_of_inputs;  // Σ W² of every kStrip inputs
    LayerSums sums{};
    double squared_weights = 0;
  };
  /// What the weights are shared out by: those of one layer from kStrip inputs.
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
  /// Where D of a block is written at this step, and where the step before has left it. The room for D is a
  /// ring with kSpareRooms blocks more than there are: each step writes that far before where it reads, into
  /// what all threads are done with.
  Index room_now(Index block) const { return (block + turn_) % (blocks() + kSpareRooms); }
  Index room_before(Index block) const { return room_now(block + kSpareRooms); }
  static Index room_of_gradient(Index block) { return block % 2; }

  Pixels pixels_;
  Index samples_;
  Execution execution_;
  std::vector<LayerState> layers_;
  std::vector<Index> first_sample_;  // within every block, of every thread, and the end
  std::vector<Share> shares_;
  std::vector<std::size_t> first_share_;  // of every thread, and the end
  Panels unpacked_;                       // (block of samples, block of inputs), where pixels are not sparse
  Panels scratch_;                        // (block of samples, kPanel) of every thread, likewise
  std::vector<double> output_sums_, mean_outputs_;
  Index turn_ = 0;
};

}  // namespace ska
