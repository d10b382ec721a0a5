// Writes a history in the format of the papers' CSV files.
#pragma once

#include <string>
#include <vector>

#include "core/history.h"

namespace ska {

/// A file to write: its name within a folder, and its content.
struct TextFile {
  std::string name;
  std::string content;
};

/// One file per quantity, with layers as rows and records as columns (K=1, K=2, …), and
/// output_neuron_activation.csv with one row per step. Every number reads back exactly.
std::vector<TextFile> csv_files(const History& history);

/// The file name of a quantity without extension: "entropy_history", "frobenius_history", …
std::string history_name(Quantity quantity);

}  // namespace ska
