// Follows page tokens to the end of a list.
#pragma once

#include <functional>
#include <string>

#include "plugins/sdk/answer.hpp"
#include "plugins/texas_icop/answer_envelope.hpp"
#include "plugins/texas_icop/wire_object.hpp"

namespace casebridge::texas_icop {

inline constexpr int pages_max = 200;

struct PagedList {
  std::function<sdk::Answer<Envelope>(const std::string& token)> fetch;  // first page: empty token
  std::function<void(const WireObject& page)> take;
  std::function<void()> start_over;  // forget what was taken: reading begins again at the first page
};

// A token that the state no longer takes starts the list over, once. A token that comes twice, or more than
// pages_max pages, are a breach of the interface: the list would not end. `totalCount` decides nothing.
sdk::Answer<sdk::Done> read_pages(const PagedList& list);

}  // namespace casebridge::texas_icop
