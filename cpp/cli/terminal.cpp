#include "cli/terminal.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <unistd.h>

namespace ska {
namespace {

const char* const kReplacement = "\uFFFD";

unsigned char byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

/// How many bytes the UTF-8 character at the beginning of a text has (RFC 3629, section 4); 0 where there is
/// none.
std::size_t character_length(std::string_view text) {
  struct Form {
    unsigned char first, last;  ///< of the first byte
    unsigned char least, most;  ///< of the second
    std::size_t length;
  };
  constexpr std::array forms{
      Form{0x00, 0x7F, 0x00, 0xFF, 1}, Form{0xC2, 0xDF, 0x80, 0xBF, 2}, Form{0xE0, 0xE0, 0xA0, 0xBF, 3},
      Form{0xE1, 0xEC, 0x80, 0xBF, 3}, Form{0xED, 0xED, 0x80, 0x9F, 3}, Form{0xEE, 0xEF, 0x80, 0xBF, 3},
      Form{0xF0, 0xF0, 0x90, 0xBF, 4}, Form{0xF1, 0xF3, 0x80, 0xBF, 4}, Form{0xF4, 0xF4, 0x80, 0x8F, 4}};
  const unsigned char first = byte_at(text, 0);
  for (const Form& form : forms) {
    if (first < form.first || first > form.last) continue;
    if (form.length == 1) return 1;
    if (byte_at(text, 1) < form.least || byte_at(text, 1) > form.most) return 0;
    for (std::size_t i = 2; i < form.length; ++i) {
      if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
    }
    return form.length;
  }
  return 0;
}

/// U+0000 to U+001F, U+007F to U+009F.
bool is_control(std::string_view character) {
  const unsigned char first = byte_at(character, 0);
  return first < 0x20 || first == 0x7F || (first == 0xC2 && byte_at(character, 1) < 0xA0);
}

}  // namespace

void open_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    if (::open("/dev/null", O_RDWR) != descriptor) ::_exit(1);  // there is nobody to tell
  }
}

std::string printable(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      line += kReplacement;
    } else if (is_control(text)) {
      line += ' ';
    } else {
      line += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return line;
}

}  // namespace ska
