// Coverage: what each source contributed to an answer, by its clocks and its last attempt, never by the
// absence of one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/desk/record_view.hpp"
#include "core/desk/shelf.hpp"

namespace casebridge::desk {

// What of a link an answer is made of.
struct Interest {
  std::vector<std::string> datasets;      // besides the list of cases, which always counts
  std::optional<std::string> case_key{};  // one case, or all of them
  bool with_list = true;
};

SourceView source_of(const ShelvedLink& shelved, const Interest& interest, int records, Instant now);
Coverage coverage_of(const Shelf& shelf, std::vector<SourceView> sources);
// Whether this link would profit from a refresh that a read may start: stale, idle, a live session, not just
// tried.
bool wants_refresh(const Desk& desk, const ShelvedLink& shelved, const SourceView& source);
// Queues at most one refresh for each; a failure is logged, because the read it belongs to has its answer
// already.
void refresh(const Desk& desk, const AccountId& account, const std::vector<LinkId>& links);

}  // namespace casebridge::desk
