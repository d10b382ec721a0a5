// Tests that quoted text in messages is short and contains no control characters.
#include "io/printable.h"

#include <string>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

using namespace std::string_literals;

TEST(Printable, LeavesOrdinaryTextAsItIs) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("layers \\ \"x\" η 漢 😀"), "layers \\ \"x\" η 漢 😀");
}

TEST(Printable, EscapesControlCharacters) {
  EXPECT_EQ(printable("a\nb\tc\rd\x1b[31m\x7f\0e"s), "a\\nb\\tc\\u000dd\\u001b[31m\\u007f\\u0000e");
  EXPECT_EQ(printable("\u0080\u009b\u2028\u202e\u2066\ufeff"), "\\u0080\\u009b\\u2028\\u202e\\u2066\\ufeff");
}

TEST(Printable, LeavesNoControlCharacter) {
  for (unsigned code = 0; code < 0xA0; ++code) {
    if (code >= 0x20 && code < 0x7F) continue;
    const std::string character =
        code < 0x80 ? std::string(1, static_cast<char>(code)) : std::string("\xC2") + static_cast<char>(code);
    EXPECT_EQ(printable("a" + character + "b").find(character), std::string::npos) << code;
  }
}

TEST(Printable, EscapesWhatIsNotUtf8) {
  EXPECT_EQ(printable("\xff\x80z"), "\\xff\\x80z");
  EXPECT_EQ(printable("\xc0\x8a"), "\\xc0\\x8a");  // an overlong line feed
  EXPECT_EQ(printable("\xe0\x80\x8a"), "\\xe0\\x80\\x8a");
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
  EXPECT_EQ(printable("\xe6\xbc"), "\\xe6\\xbc");                    // cut
}

TEST(Printable, IsCutBetweenCharacters) {
  EXPECT_EQ(printable("abc", 3), "abc");
  EXPECT_EQ(printable("abcd", 3), "abc…");
  EXPECT_EQ(printable("漢漢漢漢", 3), "漢漢漢…");
  EXPECT_EQ(printable(std::string(1 << 20, 'k')), std::string(kLongestQuotation, 'k') + "…");
}

}  // namespace
}  // namespace ska::test
