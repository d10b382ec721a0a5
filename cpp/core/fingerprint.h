// Fingerprints of runs: two runs are bit-identical if their fingerprints are equal.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ska {

/// The contract under which fingerprints are computed: which operations, in which order, determine the bits
/// of a run. Files carry this name. Files from before it was introduced are under the same contract.
inline constexpr const char* contract = "exact-1";

/// SHA-256 (FIPS 180-4) over numbers: the eight or four bytes of each in little-endian order, on every host.
/// All NaNs count as the same value.
class Fingerprint {
 public:
  void add(std::span<const double> numbers);
  void add(std::span<const float> numbers);
  void add(std::span<const std::uint8_t> bytes);

  /// The first 128 bits of the digest of everything added, as 32 hexadecimal digits.
  /// More can be added afterwards.
  std::string text() const;

 private:
  void add_byte(std::uint8_t byte);
  void digest_block();

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::uint64_t length_ = 0;  // bytes so far
};

}  // namespace ska
