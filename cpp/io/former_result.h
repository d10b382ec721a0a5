// Checks that a file belongs to a result that `ska run` or the page wrote, before --force overwrites it.
#pragma once

#include <filesystem>
#include <string>

namespace ska {

/// Whether the file in the folder belongs to a former result: the folder has a run.json written by ska, and
/// the file is that run.json or starts like a history of its run. Files of the same names from other
/// programs, such as the papers' notebook, do not qualify.
bool is_of_former_result(const std::filesystem::path& folder, const std::string& name);

}  // namespace ska
