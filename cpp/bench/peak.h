// How fast can the processor multiply and add, at its best?
#pragma once

#include "core/kernels.h"

namespace ska {

/// Billions of floating-point operations a second, of multiplications and additions in registers, in the
/// vectors that these kernels are made for; fused where they are.
double peak_gflops(const Kernels& kernels);

}  // namespace ska
