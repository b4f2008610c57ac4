// Table: rows of text in aligned columns.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

namespace casebridge::cli {

class Table {
 public:
  // `right`: columns of this row that end at the right edge, such as amounts.
  void row(std::vector<std::string> cells, std::initializer_list<std::size_t> right = {});
  std::string text() const;

 private:
  struct Row {
    std::vector<std::string> cells;
    std::vector<std::size_t> right;
  };
  std::vector<Row> rows_;
};

}  // namespace casebridge::cli
