// Statement: one prepared statement with cells of its own for what is bound and what comes back.
#pragma once

#include <soci/soci.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/storage/value.hpp"

namespace casebridge::storage {

using Each = std::function<void(Row&)>;

// One thread at a time. Lives no longer than its session. Cells stay where they are, because SOCI keeps their
// addresses: a temporary given to soci::use would be gone before the statement runs.
class Statement {
 public:
  // Throws soci::soci_error.
  Statement(soci::session& session, const std::string& sql, Values& inputs, const std::vector<Kind>& outputs);

  // Binds, runs and hands every row to `each`. Answers how many rows were written. Throws soci::soci_error.
  // The values must be of the same names and kinds as those given first. False in `readable`: a row was not.
  std::int64_t run(Values& inputs, const Each& each, bool& readable);

 private:
  struct Cell {
    std::string name;
    Value value;
    soci::indicator state = soci::i_ok;
  };
  void use(Cell& cell);
  void into(Cell& cell);
  void bind(Values& inputs);
  std::int64_t step_through(const Each& each, bool& readable);
  void forget();

  std::deque<Cell> inputs_;
  std::deque<Cell> outputs_;
  soci::statement statement_;
};

}  // namespace casebridge::storage
