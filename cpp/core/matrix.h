// How does the core hold its numbers? In row-major float matrices, one sample (or one input) per row.
#pragma once

#include <Eigen/Core>

namespace ska {

using Index = Eigen::Index;  // as wide as this host's addresses
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace ska
