// Tries: wrong PINs of a case, counted for each PIN in the system's memory. The fifth voids the PIN. A case
// without a PIN is counted in the same way, so that nobody can tell the two apart.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugins/sdk/host.hpp"

namespace casebridge::georgia_batch {

inline constexpr int tries_max = 5;

class Tries {
 public:
  static sdk::Answer<Tries> open(const sdk::Call& call, const std::string& case_number);

  bool is_void(const std::string& pin_id) const;
  // Until when nothing is looked at while the case has no PIN that is good.
  std::optional<Instant> blocked_until(Instant now) const;

  struct Counted {
    int left = 0;
    std::vector<std::string> voided{};  // by this try
  };
  // A try at these PINs as a wrong one; none of them: at a case without a PIN. Counted before it is looked
  // at, so that two gateways never look at one more. version_conflict: open again.
  sdk::Answer<Counted> count(const sdk::Call& call, const std::vector<std::string>& pin_ids);
  // That try at these PINs was right, by that one of them.
  sdk::Answer<sdk::Done> give_back(const sdk::Call& call, const std::vector<std::string>& pin_ids,
                                   const std::string& right);

 private:
  sdk::Answer<sdk::Done> save(const sdk::Call& call);

  std::string key_;
  std::map<std::string, int> wrong_{};
  int blank_ = 0;
  Instant last_{};
  std::int64_t version_ = 0;
};

}  // namespace casebridge::georgia_batch
