#include "core/fingerprint.h"

#include <bit>
#include <limits>

namespace ska {
namespace {

constexpr std::array<std::uint32_t, 64> kRoundConstants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The bits of a number. All NaNs have the same bits.
template <class Bits, class Number>
Bits bits_of(Number number) {
  return std::bit_cast<Bits>(number == number ? number : std::numeric_limits<Number>::quiet_NaN());
}

}  // namespace

void Fingerprint::add(std::span<const double> numbers) {
  for (const double number : numbers) {
    const auto bits = bits_of<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8) add_byte(static_cast<std::uint8_t>(bits >> shift));
  }
}

void Fingerprint::add(std::span<const float> numbers) {
  for (const float number : numbers) {
    const auto bits = bits_of<std::uint32_t>(number);
    for (unsigned shift = 0; shift < 32; shift += 8) add_byte(static_cast<std::uint8_t>(bits >> shift));
  }
}

void Fingerprint::add(std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) add_byte(byte);
}

std::string Fingerprint::text() const {
  Fingerprint ended = *this;  // pad a copy, so more can be added afterwards
  ended.add_byte(0x80);
  while (ended.length_ % 64 != 56) ended.add_byte(0);
  const std::uint64_t bits = length_ * 8;
  for (int shift = 56; shift >= 0; shift -= 8) ended.add_byte(static_cast<std::uint8_t>(bits >> shift));

  constexpr const char* digits = "0123456789abcdef";
  constexpr std::size_t words = 4;
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    for (int shift = 28; shift >= 0; shift -= 4) text += digits[ended.state_[i] >> shift & 0xFU];
  }
  return text;
}

void Fingerprint::add_byte(std::uint8_t byte) {
  block_[length_ % block_.size()] = byte;
  ++length_;
  if (length_ % block_.size() == 0) digest_block();
}

void Fingerprint::digest_block() {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t i = 0; i < 16; ++i) {
    w[i] = std::uint32_t{block_[4 * i]} << 24U | std::uint32_t{block_[4 * i + 1]} << 16U |
           std::uint32_t{block_[4 * i + 2]} << 8U | block_[4 * i + 3];
  }
  for (std::size_t i = 16; i < w.size(); ++i) {
    const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3U);
    const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10U);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t choice = (e & f) ^ (~e & g);
    const std::uint32_t first = h + s1 + choice + kRoundConstants[i] + w[i];
    const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + s0 + majority;
  }
  const std::array<std::uint32_t, 8> words{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < words.size(); ++i) state_[i] += words[i];
}

}  // namespace ska
