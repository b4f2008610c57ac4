// A link ends three nights after its case was last available or its PIN was revoked; never before the host
// was given the empty case, which is what makes it forget what it shows.
#include "plugins/georgia_batch/opened_link.hpp"

#include <algorithm>

#include "plugins/georgia_batch/case_shelf.hpp"
#include "plugins/georgia_batch/catch_up.hpp"
#include "plugins/georgia_batch/csv.hpp"
#include "plugins/georgia_batch/night.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::Outcome;
using sdk::Answer;
using sdk::Done;

constexpr std::int64_t nights_until_end = 3;

Answer<Link> link_of(const sdk::Call& call, const SecretBytes& session) {
  const auto open = Session::open(session);
  if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
  SDK_TRY(auto link, find_link(call, open->link));
  if (!link) return sdk::refuse(Outcome::session_expired);
  return std::move(*link);
}

Answer<KeptIndex> index_of(const sdk::Call& call, const RunLedger& ledger, const Link& link) {
  const CaseShelf shelf(call);
  SDK_TRY(auto index, shelf.open(link.case_number));
  if (!index) return sdk::refuse(Outcome::session_expired);
  if (index->counting(ledger.newest()) != nullptr) return std::move(*index);
  SDK_TRY([[maybe_unused]] const Done fetched, fetch_case_rows(call, ledger, link.case_number));
  SDK_TRY(index, shelf.open(link.case_number));
  if (!index || index->counting(ledger.newest()) == nullptr)
    return sdk::refuse(Outcome::unavailable, "version_conflict");
  return std::move(*index);
}

// What was revoked stays so, whatever later runs say of that PIN.
Answer<Done> note_revocation(const sdk::Call& call, OpenedLink& opened, const Rows& rows) {
  if (!opened.link.revoked_in.empty() || !is_revoked(rows, opened.link.pin)) return Done{};
  opened.link.revoked_in = opened.ledger.newest()->run.text();
  return put_link(call, opened.link);
}

// Given in this very run it may be asked for again: what the host did with it is not known here.
bool has_been_told(const OpenedLink& opened, const std::string& since) {
  const std::string& told = opened.link.delivered;
  return told >= since && told < opened.ledger.newest()->run.text();
}

// From which night on the link has shown nothing. A revocation counts as many nights as a case that is not
// there, because the two shall look the same.
RunId hidden_since(const OpenedLink& opened, const RunId& counting) {
  const auto revoked = RunId::parse(opened.link.revoked_in);
  if (!revoked) return counting;
  return opened.kept.is_available() ? *revoked : std::min(*revoked, counting);
}

Answer<Done> end_link(const sdk::Call& call, const Link& link) {
  SDK_TRY([[maybe_unused]] const Done kept, CaseShelf(call).remove_link(link.case_number, link.id));
  return remove_link(call, link.id);
}

}  // namespace

Answer<OpenedLink> open_link(const sdk::Call& call, const SecretBytes& session) {
  SDK_TRY(RunLedger ledger, catch_up(call));
  OpenedLink opened{std::move(ledger), {}, {}};
  SDK_TRY(opened.link, link_of(call, session));
  SDK_TRY(const KeptIndex index, index_of(call, opened.ledger, opened.link));
  const Generation& counting = *index.counting(opened.ledger.newest());
  SDK_TRY(const std::string records, CaseShelf(call).read(opened.link.case_number, counting));
  auto rows = try_rows(records);
  if (!rows) return sdk::refuse(Outcome::unavailable, "kept_unreadable");
  SDK_TRY([[maybe_unused]] const Done noted, note_revocation(call, opened, *rows));
  opened.kept = open_kept(opened.link.case_number, opened.link.person, opened.link.pin, std::move(*rows));
  const RunId since = hidden_since(opened, counting.run);
  if (!opened.link.revoked_in.empty()) opened.kept.rows.clear();
  const bool over = !opened.kept.is_available() && opened.ledger.nights_from(since) >= nights_until_end &&
                    has_been_told(opened, since.text());
  if (!over) return opened;
  SDK_TRY([[maybe_unused]] const Done ended, end_link(call, opened.link));
  return sdk::refuse(Outcome::session_expired);
}

}  // namespace casebridge::georgia_batch
