// Every column that holds sealed records. A column that is not listed here would keep a key in use unseen.
#pragma once

#include <span>
#include <string_view>

namespace casebridge::storage {

struct SealedColumn {
  std::string_view table, column;
  std::string_view first_key, second_key;  // the second is empty where one is enough
  // SQL of what records of version 1 are bound to; empty where a row does not tell it, as its records live
  // for hours and change by themselves.
  std::string_view purpose{}, account = "''", owner = "''", system = "''", version = "0";
};

std::span<const SealedColumn> sealed_columns();

}  // namespace casebridge::storage
