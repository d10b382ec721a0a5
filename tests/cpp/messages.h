// Captures error messages. The tests compare whole messages, because users read them.
#pragma once

#include <string>

namespace ska::test {

/// The message of the `Error` that `work` throws, or a text that matches no message if it throws nothing.
/// Other exceptions propagate and fail the test.
template <class Error, class Work>
std::string message_of(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "(nothing was thrown)";
}

}  // namespace ska::test
