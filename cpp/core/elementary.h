// What are the logarithm, cosine and sine of a double, to the last bit? Series of our own: C libraries
// differ.
//
// Only the first weights need them, so they are short rather than fast.
#pragma once

namespace ska {

/// ln x for x in (0, 1], within 1 ulp.
double log_of(double x);

struct CosineAndSine {
  double cosine, sine;
};

/// Of an angle in [0, 2π], each within 1 ulp, or 2⁻⁵³·angle near its zeros.
CosineAndSine cosine_and_sine(double angle);

}  // namespace ska
