// Measures the peak floating-point performance of the processor.
#pragma once

#include "core/kernels.h"

namespace ska {

/// Billions of floating-point operations per second, for multiplications and additions in registers with the
/// vectors of these kernels; fused if the kernels are fused.
double peak_gflops(const Kernels& kernels);

}  // namespace ska
