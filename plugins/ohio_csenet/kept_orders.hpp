// What is kept of an order: the line that was sent, until it is known what became of it, and then only that.
#pragma once

#include <optional>
#include <string>

#include "core/model/write_messages.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::ohio_csenet {

struct KeptOrder {
  Instant since{};
  std::string line{};   // empty once it is done
  std::string state{};  // of the receipt, once it is done
  std::string confirmation{};
};

sdk::Answer<std::optional<KeptOrder>> find_kept(const sdk::Call& call, const std::string& write_id);
// Refused, reason version_conflict, when another gateway has kept the same order meanwhile.
sdk::Answer<sdk::Done> keep_line(const sdk::Call& call, const std::string& write_id, const std::string& line);
// A state that has done it has done it, whether or not this can be kept.
void keep_receipt(const sdk::Call& call, const std::string& write_id, const model::Receipt& receipt);
void forget(const sdk::Call& call, const std::string& write_id);

}  // namespace casebridge::ohio_csenet
