// Every list of a linked case; a case that is kept back is one without content.
#include "plugins/georgia_batch/case_content.hpp"

#include "plugins/georgia_batch/opened_link.hpp"
#include "plugins/georgia_batch/unknown_codes.hpp"
#include "plugins/sdk/adapter.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::Dataset;
using model::Outcome;
using sdk::Answer;
using sdk::Done;

model::Records records_of(const OpenedLink& opened, Dataset dataset) {
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
// to tell, and what the host shows is stale. That a case is kept back is told at any time.
bool is_late(const sdk::Call& call, const OpenedLink& opened) {
  if (!opened.kept.is_available()) return false;
  const LoadedRun& newest = *opened.ledger.newest();
  return opened.link.delivered == newest.run.text() && nights_missed(newest, call.now()) > 0;
}

}  // namespace

Answer<model::CaseList> list_linked_case(const sdk::Call& call, const SecretBytes& session) {
  SDK_TRY(const OpenedLink opened, open_link(call, session));
  return model::CaseList{{{opened.link.case_number}}};
}

Answer<model::CaseContent> fetch_case(const sdk::Call& call, const SecretBytes& session,
                                      const model::CaseReadQuery& query) {
  SDK_TRY(OpenedLink opened, open_link(call, session));
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
