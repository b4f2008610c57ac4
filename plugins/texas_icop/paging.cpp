// One walk over the pages, and perhaps a second.
#include "plugins/texas_icop/paging.hpp"

#include <set>

namespace casebridge::texas_icop {
namespace {

// The next token; empty at the end of the list.
std::string next_token(const WireObject& page) {
  return page.find("nextPageToken") ? page.key("nextPageToken") : std::string();
}

sdk::Answer<sdk::Done> walk(const PagedList& list) {
  std::set<std::string> seen;
  std::string token;
  for (int number = 1; number <= pages_max; ++number) {
    SDK_TRY(const Envelope envelope, list.fetch(token));
    Reading reading;
    const WireObject page(envelope.root(), "", reading);
    list.take(page);
    token = next_token(page);
    if (!reading.followed()) return sdk::drift(reading.where());
    if (token.empty()) return sdk::Done{};
    if (!seen.insert(token).second) return sdk::drift("/nextPageToken");
  }
  return sdk::drift("/nextPageToken");
}

}  // namespace

sdk::Answer<sdk::Done> read_pages(const PagedList& list) {
  auto walked = walk(list);
  if (!walked.refused() || walked.refusal().reason != "page_token_ended") return walked;
  list.start_over();
  return walk(list);
}

}  // namespace casebridge::texas_icop
