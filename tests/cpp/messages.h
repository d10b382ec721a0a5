// What does an error say? The tests compare whole messages, because people read them.
#pragma once

#include <string>

namespace ska::test {

/// The message of the `Error` that `work` throws; a remark, equal to no message, when it throws none. Errors
/// of another kind pass through and fail the test.
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
