// The matrix types of the core: row-major float matrices with one sample (or one input) per row.
#pragma once

#include <Eigen/Core>

namespace ska {

using Index = Eigen::Index;  // as wide as an address of this host
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace ska
