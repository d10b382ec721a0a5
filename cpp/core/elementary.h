// Logarithm, cosine and sine of a double with the same bits on every host. C libraries differ in them.
//
// Only the initial weights need them, so the code is short rather than fast.
#pragma once

namespace ska {

/// ln x for x in (0, 1], within 1 ulp.
double log_of(double x);

struct CosineAndSine {
  double cosine, sine;
};

/// Cosine and sine of an angle in [0, 2π], each within 1 ulp, or 2⁻⁵³·angle near its zeros.
CosineAndSine cosine_and_sine(double angle);

}  // namespace ska
