// Walks the inbox from its beginning, at most 99 lines at a time.
#include "plugins/ohio_csenet/inbox.hpp"

#include <set>

namespace casebridge::ohio_csenet {
namespace {

constexpr std::size_t inbox_lines_max = 99;
constexpr int walks_max = 100;
constexpr const char* before_all = "000000000000";

}  // namespace

sdk::Answer<std::vector<Transaction>> fetch_inbox(const Exchange& exchange, const Expected& expected) {
  std::vector<Transaction> inbox;
  std::set<std::string> seen;
  std::string last = before_all;
  for (int walk = 0; walk < walks_max; ++walk) {
    if (exchange.call().over()) return sdk::refuse(model::Outcome::timeout, "call_over");
    SDK_TRY(auto lines, exchange.read_inbox(last));
    const std::size_t count = lines.size();
    const std::string before = last;
    for (Transaction& line : lines) {
      if (auto wrong = wrong_address(line, expected)) return std::move(*wrong);
      const std::string serial(line.serial());
      if (!seen.insert(serial).second) continue;
      // Serial numbers have twelve digits, so their order as text is their order.
      if (serial <= last) return sdk::drift("header/Transaction-Serial-Number");
      last = serial;
      inbox.push_back(std::move(line));
    }
    if (count < inbox_lines_max || last == before) return inbox;
  }
  return sdk::drift("inbox without end");
}

}  // namespace casebridge::ohio_csenet
