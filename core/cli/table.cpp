// Widths are counted in code points, so that names with accents stay aligned.
#include "core/cli/table.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::cli {

void Table::row(std::vector<std::string> cells, std::initializer_list<std::size_t> right) {
  rows_.push_back({std::move(cells), right});
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const Row& row : rows_) {
    widths.resize(std::max(widths.size(), row.cells.size()));
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], text::count_code_points(row.cells[i]));
  }
  std::string out;
  for (const Row& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string blanks(widths[i] - text::count_code_points(row.cells[i]), ' ');
      const bool right = std::find(row.right.begin(), row.right.end(), i) != row.right.end();
      line += (i ? "  " : "") + (right ? blanks + row.cells[i] : row.cells[i] + blanks);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace casebridge::cli
