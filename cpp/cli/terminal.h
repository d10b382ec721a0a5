// The standard descriptors.
#pragma once

namespace ska {

/// Opens those of the descriptors 0, 1 and 2 that are closed on /dev/null. Otherwise the next file that is
/// opened would get one of them, and messages would be written into it.
void open_standard_descriptors();

}  // namespace ska
