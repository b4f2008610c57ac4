// KeptAnswers: whole answers that would be made again octet for octet, so that they need not be.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/id.hpp"
#include "core/http/response.hpp"

namespace casebridge::http {

// An answer is good for one version of what its account may see, and until a moment at which the clock alone
// would change it. Who asks gives the version that the database told in the same request, so a commit of any
// node is seen by the next request at every node, and nothing is ever sent from here without asking.
// Any thread. Bounded in octets; what is dropped is overwritten.
class KeptAnswers {
 public:
  explicit KeptAnswers(std::size_t bytes_max = 32 * 1024 * 1024) : bytes_max_(bytes_max) {}

  std::optional<Response> find(const AccountId& account, std::int64_t version, Instant now) const;
  // Made at `from`; one answer of each account, the newest version of them.
  void keep(const AccountId& account, std::int64_t version, const Response& answer, Instant from,
            Instant until);

 private:
  struct Entry {
    std::int64_t version = 0;
    Instant from{}, until{};
    std::shared_ptr<const Response> answer;
  };
  using Entries = std::unordered_map<std::string, Entry>;
  Entries::iterator drop(Entries::iterator place);
  void make_room(std::size_t bytes, Instant now);

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  Entries entries_;  // by account
  std::size_t bytes_ = 0;
  Instant swept_{};
};

}  // namespace casebridge::http
