// A link ends when its case was not available in three nights in a row; until then the case is only hidden.
#include "plugins/georgia_batch/case_content.hpp"

#include "plugins/georgia_batch/case_shelf.hpp"
#include "plugins/georgia_batch/catch_up.hpp"
#include "plugins/georgia_batch/kept_case.hpp"
#include "plugins/georgia_batch/night.hpp"
#include "plugins/georgia_batch/session.hpp"
#include "plugins/georgia_batch/unknown_codes.hpp"
#include "plugins/sdk/adapter.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::Dataset;
using model::Outcome;
using sdk::Answer;
using sdk::Done;

constexpr std::int64_t nights_until_end = 3;

struct Opened {
  RunLedger ledger;
  Link link{};
  KeptCase kept{};
};

Answer<Link> link_of(const sdk::Call& call, const SecretBytes& session) {
  const auto open = Session::open(session);
  if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
  SDK_TRY(auto link, find_link(call, open->link));
  if (!link || link->ended) return sdk::refuse(Outcome::session_expired);
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

Answer<Opened> open_link(const sdk::Call& call, const SecretBytes& session) {
  SDK_TRY(RunLedger ledger, catch_up(call));
  Opened opened{std::move(ledger), {}, {}};
  SDK_TRY(opened.link, link_of(call, session));
  SDK_TRY(const KeptIndex index, index_of(call, opened.ledger, opened.link));
  const Generation& counting = *index.counting(opened.ledger.newest());
  SDK_TRY(const std::string records, CaseShelf(call).read(opened.link.case_number, counting));
  opened.kept = open_kept(opened.link.case_number, opened.link.person, opened.link.pin, read_rows(records));
  if (opened.kept.is_available() || opened.ledger.nights_from(counting.run) < nights_until_end) return opened;
  opened.link.ended = true;
  SDK_TRY([[maybe_unused]] const Done put, put_link(call, opened.link));
  return sdk::refuse(Outcome::session_expired);
}

model::Records records_of(const Opened& opened, Dataset dataset) {
  const KeptCase& kept = opened.kept;
  switch (dataset) {
    case Dataset::cases: return std::vector<model::Case>{read_case(kept)};
    case Dataset::orders: return read_orders(kept);
    case Dataset::balances: return read_balances(kept);
    case Dataset::payments: return read_payments(kept, opened.ledger);
    case Dataset::disbursements: return read_disbursements(kept);
    case Dataset::enforcement: return read_enforcement(kept);
    case Dataset::events: return read_events(kept);
    default: return read_contacts(kept);
  }
}

// What the host has been given is the newest there is, and a newer one should be there: then there is nothing
// to tell, and what the host shows is stale.
bool is_late(const sdk::Call& call, const Opened& opened) {
  const LoadedRun& newest = *opened.ledger.newest();
  return opened.link.delivered == newest.run.text() && nights_missed(newest, call.now()) > 0;
}

}  // namespace

Answer<model::CaseList> list_linked_case(const sdk::Call& call, const SecretBytes& session) {
  SDK_TRY(const Opened opened, open_link(call, session));
  return model::CaseList{{{opened.link.case_number}}};
}

Answer<model::CaseContent> fetch_case(const sdk::Call& call, const SecretBytes& session,
                                      const model::CaseReadQuery& query) {
  SDK_TRY(Opened opened, open_link(call, session));
  if (query.case_key != opened.link.case_number) return sdk::refuse(Outcome::not_found, "case_unknown");
  if (is_late(call, opened)) return sdk::refuse(Outcome::unavailable, "run_late");
  const LoadedRun& newest = *opened.ledger.newest();
  model::CaseContent content;
  for (const Dataset dataset : query.datasets) {
    if (dataset == Dataset::documents || dataset == Dataset::messages) {
      content.datasets.push_back(sdk::unsupported(dataset));
      continue;
    }
    model::Records records = records_of(opened, dataset);
    if (const int count = unknown_codes(records); count > 0)
      call.log(LogLevel::warn, sdk::Event::unknown_code,
               {sdk::number("count", count), sdk::word("dataset", model::name_of(dataset))});
    content.datasets.push_back(sdk::content(dataset, std::move(records), known_date(newest.data_through)));
  }
  if (opened.link.delivered != newest.run.text()) {
    opened.link.delivered = newest.run.text();
    SDK_TRY([[maybe_unused]] const Done put, put_link(call, opened.link));
  }
  return content;
}

}  // namespace casebridge::georgia_batch
