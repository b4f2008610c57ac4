// FaultRow: one line of the table operation × fault → outcome. The last two columns are written by hand from
// the interface documents, and nothing computes them.
#pragma once

#include <set>
#include <span>
#include <string>

namespace casebridge::fault {

struct FaultRow {
  const char* calls_of;  // what the parent or the gateway wants: a group of calls that must end alike
  const char* kind;      // of the simulated state's faults
  const char* params;    // JSON
  // "ok", "action" (something to do at the state), or the code of a trouble.
  const char* outcome;
  // How often the state is asked: 2 where a read is made again once. 0: not counted, the operation asks
  // several times by itself.
  int times_asked;
};

inline std::set<std::string> kinds_in(std::span<const FaultRow> rows) {
  std::set<std::string> kinds;
  for (const FaultRow& row : rows) kinds.insert(row.kind);
  return kinds;
}

}  // namespace casebridge::fault
