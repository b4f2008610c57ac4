// Lists of rows and of facts on a page, in either markup of the portal; found by their names, their columns
// by the words above them, and refused when anything about them is not as the interface says.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/california_connect/labels.hpp"
#include "plugins/california_connect/page.hpp"
#include "plugins/sdk/reading.hpp"

namespace casebridge::california_connect {

using sdk::Reading;

// One row: what stands in each column, in the order in which the columns were asked for. Blanks are in order,
// and none is empty.
struct Row {
  std::vector<std::string> cells{};
  std::string link{};  // of the row's one <a href>, where a column of links was asked for
};

// The table of columns that is called `id`, or `data_name` in the other markup.
struct TableNames {
  std::string_view id, data_name;
};
std::vector<Row> read_table(const Page& page, const TableNames& names, std::initializer_list<Label> columns,
                            Reading& reading);

// The same in the markup that has lists: a table `id`, or <ul class="list_class"> whose items are returned
// through `read_item`.
using ItemReader = Row (*)(const sdk::HtmlElement& item, Reading& reading);
struct ListNames {
  std::string_view id, list_class;
};
std::vector<Row> read_list(const Page& page, const ListNames& names, std::initializer_list<Label> columns,
                           ItemReader read_item, Reading& reading);

// The labelled facts of the summary. A label that stands twice with different values is a breach.
using Facts = std::map<Label, std::string>;
Facts read_facts(const Page& page, Reading& reading);

// A list without rows says so with an element of its own, and one with rows does not.
void check_empty_mark(const Page& page, bool has_rows, std::string_view what, Reading& reading);

// The columns of an item: "a | b | c".
Row row_of_bars(const sdk::HtmlElement& item, Reading& reading);

}  // namespace casebridge::california_connect
