// Fields: from one list of a row's columns, the statements that write it and the code that reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/connection.hpp"
#include "core/storage/value.hpp"

namespace casebridge::storage {

// What a list F says about a table:
//   using Row                       the struct that is kept
//   table, keys                     its name, and how many of the first columns identify a row
//   blank()                         any Row, to be overwritten
//   visit(row, column)              column("name", row.member) for every column, in one order
template <class F>
std::vector<std::string> column_names() {
  std::vector<std::string> names;
  const auto row = F::blank();
  F::visit(row, [&](std::string_view name, const auto&) { names.emplace_back(name); });
  return names;
}

template <class F>
std::string columns(std::string_view prefix = {}) {
  std::string list;
  for (const std::string& name : column_names<F>()) {
    if (!list.empty()) list += ", ";
    list.append(prefix).append(name);
  }
  return list;
}

template <class F>
std::string select_sql(std::string_view rest) {
  return "SELECT " + columns<F>() + " FROM " + std::string(F::table) + " " + std::string(rest);
}

// A row that is there already stays as it is; the caller sees that nothing was written.
template <class F>
std::string insert_sql(std::string_view on_conflict = "ON CONFLICT DO NOTHING") {
  return "INSERT INTO " + std::string(F::table) + " (" + columns<F>() + ") VALUES (" + columns<F>(":") +
         ") " + std::string(on_conflict);
}

template <class F>
std::string assignments(std::string_view from) {
  std::string list;
  const auto names = column_names<F>();
  for (std::size_t i = F::keys; i < names.size(); ++i) {
    if (!list.empty()) list += ", ";
    list.append(names[i]).append(" = ").append(from).append(names[i]);
  }
  return list;
}

template <class F>
std::string upsert_sql() {
  std::string key;
  const auto names = column_names<F>();
  for (std::size_t i = 0; i < F::keys; ++i) key += (i == 0 ? "" : ", ") + names[i];
  return insert_sql<F>("ON CONFLICT (" + key + ") DO UPDATE SET " + assignments<F>("excluded."));
}

template <class F>
std::string update_sql(std::string_view where) {
  return "UPDATE " + std::string(F::table) + " SET " + assignments<F>(":") + " " + std::string(where);
}

template <class F>
Values values_of(const typename F::Row& row) {
  Values values;
  F::visit(row, [&](std::string_view name, const auto& member) { values.with(name, member); });
  return values;
}

template <class F>
std::vector<Kind> shape_of() {
  std::vector<Kind> shape;
  const auto row = F::blank();
  F::visit(row, [&](std::string_view, const auto& member) { shape.push_back(kind_of(member)); });
  return shape;
}

// `sql` selects exactly the columns of F, in their order.
template <class F>
Result<std::vector<typename F::Row>> select_all(Connection& connection, const std::string& sql,
                                                Values values) {
  static const std::vector<Kind> shape = shape_of<F>();
  std::vector<typename F::Row> rows;
  CASEBRIDGE_CHECK(connection.select(sql, std::move(values), shape, [&](Row& cells) {
    rows.push_back(F::blank());
    F::visit(rows.back(), [&](std::string_view, auto& member) { cells.read(member); });
  }));
  return rows;
}

template <class F>
Result<std::optional<typename F::Row>> select_one(Connection& connection, const std::string& sql,
                                                  Values values) {
  CASEBRIDGE_TRY(auto rows, select_all<F>(connection, sql, std::move(values)));
  std::optional<typename F::Row> found;
  if (!rows.empty()) found = std::move(rows.front());
  return found;
}

// The single column of type T of every row.
template <class T>
Result<std::vector<T>> select_column(Connection& connection, const std::string& sql, Values values,
                                     T blank = T{}) {
  std::vector<T> found;
  CASEBRIDGE_CHECK(connection.select(sql, std::move(values), {kind_of(blank)}, [&](Row& cells) {
    found.push_back(blank);
    cells.read(found.back());
  }));
  return found;
}

}  // namespace casebridge::storage
