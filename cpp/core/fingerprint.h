// Are two runs the same, to the last bit? They are when their fingerprints are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ska {

/// The contract that fingerprints are computed under: which operations, in which order, give a run its bits.
/// Files carry its name; those from before it had one are of it too.
inline constexpr const char* contract = "exact-1";

/// SHA-256 (FIPS 180-4) over numbers: the eight or four bytes of each, least significant first, whatever the
/// host's order. Every NaN counts as the same one.
class Fingerprint {
 public:
  void add(std::span<const double> numbers);
  void add(std::span<const float> numbers);
  void add(std::span<const std::uint8_t> bytes);

  /// The first 128 bits of the digest of all that was added, as 32 hexadecimal digits. More can be added
  /// afterwards.
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
