// By what means is a run computed?
#pragma once

#include "core/kernels.h"
#include "core/team.h"

namespace ska {

/// The means of a run. With exact kernels no number of it depends on them (core/kernels.h).
struct Execution {
  const Kernels* kernels = exact_kernels().back();
  Team* team = nullptr;  ///< whose threads help; it must outlive the run. None is needed for one thread.
  int threads = 1;       ///< 1 to Team::most_threads

  /// A block has this many strips of samples to share out; more threads have little to do.
  static constexpr int most_useful_threads = kBlock / kStrip;
};

}  // namespace ska
