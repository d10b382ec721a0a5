#include "io/csv.h"

#include <array>
#include <charconv>
#include <cstddef>

#include "core/text.h"

namespace ska {
namespace {

/// The shortest text that reads back exactly, always recognisable as a real number: 0.0, not 0.
std::string real_text(double value) {
  std::array<char, 32> buffer{};  // longer than the text of any double
  char* const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  std::string text(buffer.data(), end);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string quantity_csv(const History& history, Quantity quantity) {
  std::string csv;
  for (std::size_t i = 0; i < history.records(quantity); ++i) csv += sentence(",K=", i + 1);
  csv += '\n';
  for (std::size_t l = 0; l < history.layout().layers(); ++l) {
    csv += sentence("Layer ", l + 1);
    for (std::size_t i = 0; i < history.records(quantity); ++i)
      csv += sentence(",", real_text(history.at(quantity, l, i)));
    csv += '\n';
  }
  return csv;
}

std::string outputs_csv(const History& history) {
  std::string csv = "Step";
  for (std::size_t j = 0; j < history.layout().outputs(); ++j) csv += sentence(",Neuron ", j);
  csv += '\n';
  for (std::size_t k = 0; k < history.steps(); ++k) {
    csv += std::to_string(k);
    for (const double output : history.outputs(k)) csv += sentence(",", real_text(output));
    csv += '\n';
  }
  return csv;
}

}  // namespace

std::string history_name(Quantity quantity) {
  switch (quantity) {
    case Quantity::knowledge_norm:
      return "frobenius_history";
    case Quantity::entropy:
      return "entropy_history";
    case Quantity::cosine:
      return "cosine_history";
    case Quantity::tensor_net:
      return "tensor_net_history";
    case Quantity::flow:
      return "knowledge_flow_history";
    case Quantity::lagrangian:
      return "lagrangian_history";
    case Quantity::weight_norm:
      return "weight_frobenius_history";
  }
  return "history";
}

std::vector<TextFile> csv_files(const History& history) {
  std::vector<TextFile> files;
  files.reserve(all_quantities.size() + 1);
  for (const Quantity quantity : all_quantities) {
    files.push_back({history_name(quantity) + ".csv", quantity_csv(history, quantity)});
  }
  files.push_back({"output_neuron_activation.csv", outputs_csv(history)});
  return files;
}

}  // namespace ska
