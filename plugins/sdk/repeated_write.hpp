// A write that may be sent twice, because the state does a thing once for one idempotency key.
#pragma once

#include <functional>

#include "core/model/write_messages.hpp"
#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::sdk {

// Whether a refusal leaves open what became of a write: the answer was lost, cannot be read, or is that of a
// server that failed. A state that says when to come back has not taken it.
bool leaves_open(const model::Refusal& refusal);
// Whether the state has said of the order itself that it does not take it.
bool is_settled(const model::Refusal& refusal);

// `send` makes one request with the order's id and reads its answer; each time with the same octets. It is
// called a second time when nothing was sent or the outcome is open. Where even then nobody can say whether
// the state took the order, the receipt's state is unknown.
Answer<model::Receipt> perform_once(const Call& call, const std::function<Answer<model::Receipt>()>& send);

}  // namespace casebridge::sdk
