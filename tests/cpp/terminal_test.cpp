// What is printed cannot control a terminal.
#include "cli/terminal.h"

#include <string>

#include <gtest/gtest.h>

namespace ska::test {
namespace {

TEST(Printable, KeepsTextOfAnyLanguage) {
  for (const std::string text :
       {"", "plain ~", "η = 0,01 · ‖W‖", "日本語", "\U0001F600", "\u00A0", "\uFFFD", "\U0010FFFF"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, MakesSpacesOfControlCharacters) {
  for (unsigned code = 0; code < 0xA0; ++code) {
    if (code >= 0x20 && code < 0x7F) continue;
    const std::string character =
        code < 0x80 ? std::string(1, static_cast<char>(code)) : std::string("\xC2") + static_cast<char>(code);
    EXPECT_EQ(printable("a" + character + "b"), "a b") << code;
  }
  EXPECT_EQ(printable("\x1B[31mred\x1B]0;title\x07"), " [31mred ]0;title ");
}

TEST(Printable, ReplacesWhatIsNotUtf8) {
  const std::string mark = "\uFFFD";
  EXPECT_EQ(printable("caf\xE9"), "caf" + mark);
  EXPECT_EQ(printable("\x9B"
                      "31m"),
            mark + "31m");                                   // CSI where a terminal takes bytes for Latin-1
  EXPECT_EQ(printable("\xC0\x9B"), mark + mark);             // ESC, longer than it has to be
  EXPECT_EQ(printable("\xE2\x82"), mark + mark);             // cut
  EXPECT_EQ(printable("\xED\xA0\x80"), mark + mark + mark);  // half of a surrogate pair
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), mark + mark + mark + mark);
  EXPECT_EQ(printable("\xC2"), mark);
}

}  // namespace
}  // namespace ska::test
