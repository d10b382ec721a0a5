// Makes sure that the standard file descriptors are open.
#pragma once

namespace ska {

/// Opens /dev/null for each of the descriptors 0, 1 and 2 that is closed. Otherwise the next opened file
/// would get that number, and messages would be written into it.
void open_standard_descriptors();

}  // namespace ska
