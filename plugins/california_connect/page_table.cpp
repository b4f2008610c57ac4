// Strict where a browser is not: what stands in a table that has no place there spoils the table.
#include "plugins/california_connect/page_table.hpp"

#include <algorithm>
#include <optional>

namespace casebridge::california_connect {
namespace {

using sdk::HtmlElement;

constexpr std::size_t rows_max = 2000;

std::string place(std::string_view table, std::string_view what) {
  return std::string(table).append("/").append(what);
}

// The rows of a table, of sections too; anything else in it is a breach.
std::vector<HtmlElement> rows_of(const HtmlElement& table, std::string_view name, Reading& reading) {
  std::vector<HtmlElement> rows;
  const auto add = [&](const HtmlElement& parent, auto&& again) -> void {
    if (parent.has_loose_text()) reading.breach(place(name, "text"));
    for (const HtmlElement& child : parent.children()) {
      const bool section = child.is("tbody") || child.is("thead") || child.is("tfoot");
      if (child.is("tr"))
        rows.push_back(child);
      else if (section && parent.is("table"))
        again(child, again);
      else
        reading.breach(place(name, "element"));
    }
  };
  add(table, add);
  if (rows.size() > rows_max) {
    reading.breach(place(name, "rows"));
    rows.clear();
  }
  return rows;
}

// The cells of a row, if all of them are of that kind.
std::optional<std::vector<HtmlElement>> cells_of(const HtmlElement& row, std::string_view kind) {
  auto cells = row.children();
  const bool all =
      std::all_of(cells.begin(), cells.end(), [&](const HtmlElement& one) { return one.is(kind); });
  if (!all || row.has_loose_text()) return std::nullopt;
  return cells;
}

// What a cell shows. In the other markup a <span class="v"> holds all of it.
std::string cell_text(const HtmlElement& cell, bool in_span, std::string_view table, Reading& reading) {
  std::string shown = cell.text();
  if (in_span) {
    const auto inside = cell.children();
    if (inside.size() != 1 || !inside.front().is("span") || !inside.front().has_class("v") ||
        cell.has_loose_text())
      reading.breach(place(table, "cell"));
  }
  if (shown.empty()) reading.breach(place(table, "empty-cell"));
  return shown;
}

// For each column that was asked for, where it stands; empty after a breach.
std::vector<std::size_t> columns_of(const HtmlElement& header, std::initializer_list<Label> columns,
                                    Language language, std::string_view table, Reading& reading) {
  std::vector<std::size_t> places;
  const auto cells = cells_of(header, "th");
  if (!cells || cells->size() != columns.size()) {
    reading.breach(place(table, "header"));
    return {};
  }
  for (const Label label : columns) {
    std::size_t times = 0, at = 0;
    for (std::size_t i = 0; i < cells->size(); ++i)
      if (means((*cells)[i].text(), label, language)) {
        ++times;
        at = i;
      }
    if (times != 1) {
      reading.breach(place(table, name_of(label)));
      return {};
    }
    places.push_back(at);
  }
  return places;
}

Row row_of(const std::vector<HtmlElement>& cells, const std::vector<std::size_t>& places, bool in_span,
           std::string_view table, Reading& reading) {
  Row row;
  std::vector<HtmlElement> links;
  for (const std::size_t at : places) {
    row.cells.push_back(cell_text(cells[at], in_span, table, reading));
    for (const HtmlElement& link : cells[at].all("a")) links.push_back(link);
  }
  if (links.size() > 1) reading.breach(place(table, "link"));
  if (!links.empty()) row.link = links.front().attribute("href").value_or("");
  return row;
}

std::vector<Row> rows_under_header(const HtmlElement& table, std::initializer_list<Label> columns,
                                   Language language, bool in_span, std::string_view name, Reading& reading) {
  std::vector<Row> rows;
  const auto elements = rows_of(table, name, reading);
  if (elements.empty()) {
    reading.breach(place(name, "header"));
    return rows;
  }
  const auto places = columns_of(elements.front(), columns, language, name, reading);
  if (places.empty()) return rows;
  for (std::size_t i = 1; i < elements.size(); ++i) {
    const auto cells = cells_of(elements[i], "td");
    if (!cells || cells->size() != places.size()) {
      reading.breach(place(name, "row"));
      return rows;
    }
    rows.push_back(row_of(*cells, places, in_span, name, reading));
  }
  return rows;
}

std::vector<HtmlElement> tables_called(const Page& page, std::string_view id) {
  auto found = page.body().all("table");
  std::erase_if(found, [&](const HtmlElement& one) { return one.attribute("id") != id; });
  return found;
}

std::vector<HtmlElement> of_class(const Page& page, std::string_view name, std::string_view word) {
  auto found = page.body().all(name);
  std::erase_if(found, [&](const HtmlElement& one) { return !one.has_class(word); });
  return found;
}

// A fact is told once, or twice alike.
void keep_fact(Facts& facts, const std::string& words, std::string value, Language language,
               Reading& reading) {
  if (words.empty() || value.empty()) reading.breach("facts/empty-cell");
  for (int i = 0; i < summary_labels; ++i) {
    const auto label = static_cast<Label>(i);
    if (!means(words, label, language)) continue;
    const auto [at, first] = facts.emplace(label, value);
    if (!first && at->second != value) reading.breach(place("facts", name_of(label)));
  }
}

void read_fact_rows(const HtmlElement& table, Facts& facts, Language language, Reading& reading) {
  for (const HtmlElement& row : rows_of(table, "facts", reading)) {
    const auto cells = row.children();
    if (cells.size() != 2 || !cells[0].is("th") || !cells[1].is("td") || row.has_loose_text()) {
      reading.breach("facts/row");
      return;
    }
    keep_fact(facts, cells[0].text(), cells[1].text(), language, reading);
  }
}

void read_fact_list(const HtmlElement& list, Facts& facts, Language language, Reading& reading) {
  const auto parts = list.children();
  if (parts.size() % 2 != 0 || list.has_loose_text()) reading.breach("facts/row");
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    if (!parts[i].is("dt") || !parts[i + 1].is("dd")) reading.breach("facts/row");
    keep_fact(facts, parts[i].text(), parts[i + 1].text(), language, reading);
  }
}

}  // namespace

std::vector<Row> read_table(const Page& page, const TableNames& names, std::initializer_list<Label> columns,
                            Reading& reading) {
  const auto plain = tables_called(page, names.id);
  auto grids = of_class(page, "table", "grid");
  std::erase_if(grids, [&](const HtmlElement& one) { return one.attribute("data-name") != names.data_name; });
  if (plain.size() + grids.size() != 1) {
    reading.breach(place(names.data_name, "table"));
    return {};
  }
  const bool grid = plain.empty();
  return rows_under_header(grid ? grids.front() : plain.front(), columns, page.language(), grid,
                           names.data_name, reading);
}

std::vector<Row> read_list(const Page& page, const ListNames& names, std::initializer_list<Label> columns,
                           ItemReader read_item, Reading& reading) {
  const auto plain = tables_called(page, names.id);
  const auto lists = of_class(page, "ul", names.list_class);
  if (plain.size() + lists.size() != 1) {
    reading.breach(place(names.id, "table"));
    return {};
  }
  if (!plain.empty())
    return rows_under_header(plain.front(), columns, page.language(), false, names.id, reading);
  std::vector<Row> rows;
  if (lists.front().has_loose_text()) reading.breach(place(names.id, "text"));
  for (const HtmlElement& item : lists.front().children()) {
    if (!item.is("li")) {
      reading.breach(place(names.id, "element"));
      return rows;
    }
    rows.push_back(read_item(item, reading));
    const auto& cells = rows.back().cells;
    if (cells.size() != columns.size() ||
        std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); })) {
      reading.breach(place(names.id, "row"));
      return {};
    }
  }
  return rows;
}

Facts read_facts(const Page& page, Reading& reading) {
  Facts facts;
  const auto tables = of_class(page, "table", "kv");
  const auto lists = of_class(page, "dl", "facts");
  if (tables.size() + lists.size() != 1) {
    reading.breach("facts/table");
    return facts;
  }
  if (!tables.empty())
    read_fact_rows(tables.front(), facts, page.language(), reading);
  else
    read_fact_list(lists.front(), facts, page.language(), reading);
  for (int i = 0; i < summary_labels; ++i)
    if (facts.find(static_cast<Label>(i)) == facts.end())
      reading.breach(place("facts", name_of(static_cast<Label>(i))));
  return facts;
}

void check_empty_mark(const Page& page, bool has_rows, std::string_view what, Reading& reading) {
  int marks = 0;
  for (const HtmlElement& each : page.body().all("p"))
    if (each.attribute("data-empty") == "1") ++marks;
  if (marks != (has_rows ? 0 : 1)) reading.breach(place(what, "data-empty"));
}

Row row_of_bars(const HtmlElement& item, Reading&) {
  Row row;
  const std::string text = item.text();
  std::size_t begin = 0;
  for (std::size_t bar = text.find(" | "); bar != std::string::npos; bar = text.find(" | ", begin)) {
    row.cells.push_back(text.substr(begin, bar - begin));
    begin = bar + 3;
  }
  row.cells.push_back(text.substr(begin));
  return row;
}

}  // namespace casebridge::california_connect
