// How a run is computed: kernels and threads.
#pragma once

#include "core/kernels.h"
#include "core/team.h"

namespace ska {

/// The kernels and threads of a run. With exact kernels the results do not depend on them (core/kernels.h).
struct Execution {
  const Kernels* kernels = exact_kernels().back();
  Team* team = nullptr;  ///< provides the threads and must outlive the run; not needed for one thread
  int threads = 1;       ///< 1 to Team::most_threads

  /// The number of strips in a block of samples. More threads get no samples, so they have little to do.
  static constexpr int most_useful_threads = kBlock / kStrip;
};

}  // namespace ska
