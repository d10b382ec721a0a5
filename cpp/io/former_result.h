// Proves that a file belongs to a result that `ska run` or the page wrote, before --force replaces it.
#pragma once

#include <filesystem>
#include <string>

namespace ska {

/// Whether the file of that name in the folder is of a former result: beside it, or it itself, is a run.json
/// of ours, and a history begins as one of that run does. Other people's files of the same names, as the
/// papers' notebook writes them, are not.
bool is_of_former_result(const std::filesystem::path& folder, const std::string& name);

}  // namespace ska
