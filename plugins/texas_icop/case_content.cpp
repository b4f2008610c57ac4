// From a dataset to its requests.
#include "plugins/texas_icop/case_content.hpp"

#include <utility>

#include "core/base/text.hpp"
#include "plugins/sdk/adapter.hpp"
#include "plugins/texas_icop/datasets.hpp"
#include "plugins/texas_icop/paging.hpp"
#include "plugins/texas_icop/wire_dates.hpp"

namespace casebridge::texas_icop {
namespace {

using model::Dataset;
using model::DatasetContent;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr int payment_months = 24;

// A dataset that is one answer.
template <class Read>
Answer<DatasetContent> fetch_list(const Exchange& exchange, const std::string& path, Dataset dataset,
                                  const Read& read) {
  SDK_TRY(const Envelope envelope, exchange.read(path));
  Reading reading;
  auto records = read(WireObject(envelope.root(), "", reading));
  SDK_TRY([[maybe_unused]] const sdk::Done done,
          sdk::end_reading(exchange.call(), reading, model::name_of(dataset)));
  return DatasetContent{std::move(records), {}};
}

// A dataset of many pages. `first` is the path without a page token.
template <class Record>
Answer<DatasetContent> fetch_pages(const Exchange& exchange, const std::string& first, Dataset dataset,
                                   void (*take)(const WireObject&, KeyRing&, std::vector<Record>&)) {
  std::vector<Record> records;
  KeyRing seen;
  int unknown_codes = 0;
  PagedList list;
  list.fetch = [&](const std::string& token) -> Answer<Envelope> {
    if (exchange.call().over()) return sdk::refuse(Outcome::timeout, "call_over");
    if (token.empty()) return exchange.read(first);
    const char joint = first.find('?') == std::string::npos ? '?' : '&';
    return exchange.read(first + joint + "pageToken=" + text::percent_encode(token));
  };
  list.take = [&](const WireObject& page) {
    take(page, seen, records);
    unknown_codes += page.reading().unknown_codes();
  };
  list.start_over = [&] {
    exchange.call().log(LogLevel::info, sdk::Event::paging_restarted,
                        {sdk::word("dataset", model::name_of(dataset))});
    records.clear();
    seen.clear();
    unknown_codes = 0;
  };
  SDK_TRY([[maybe_unused]] const sdk::Done walked, read_pages(list));
  Reading whole;
  for (int i = 0; i < unknown_codes; ++i) whole.unknown_code();
  SDK_TRY([[maybe_unused]] const sdk::Done done,
          sdk::end_reading(exchange.call(), whole, model::name_of(dataset)));
  return DatasetContent{std::move(records), {}};
}

// The range is said rather than left to the state, so that both sides mean the same two years.
Answer<DatasetContent> fetch_payments(const Exchange& exchange, const std::string& case_path) {
  const auto today = model::Date::in_zone(exchange.call().now(), "America/Chicago");
  if (!today) return sdk::refuse(Outcome::bug, "time_zone_missing");
  const std::string from = months_before(*today, payment_months).text();
  return fetch_pages(exchange, case_path + "/payments?from=" + from + "&to=" + today->text(),
                     Dataset::payments, read_payments_page);
}

// The state's own date, where all lines have the same one.
Known<model::Date> date_of_all(const std::vector<model::BalanceLine>& lines) {
  for (const model::BalanceLine& line : lines)
    if (!(line.as_of == lines.front().as_of)) return Missing::not_provided;
  return lines.empty() || !lines.front().as_of ? Known<model::Date>(Missing::not_provided)
                                               : lines.front().as_of;
}

Answer<DatasetContent> fetch_balances(const Exchange& exchange, const std::string& case_path) {
  auto fetched = fetch_list(exchange, case_path + "/balances", Dataset::balances, read_balances);
  if (fetched) fetched->as_of = date_of_all(std::get<std::vector<model::BalanceLine>>(fetched->records));
  return fetched;
}

Answer<DatasetContent> fetch_dataset(const Exchange& exchange, const std::string& number, Dataset dataset) {
  const std::string path = "/cases/" + number;
  switch (dataset) {
    case Dataset::cases:
      return fetch_list(exchange, path, dataset, [&](const WireObject& root) {
        return std::vector<model::Case>{read_case(root, number)};
      });
    case Dataset::orders: return fetch_list(exchange, path + "/orders", dataset, read_orders);
    case Dataset::balances: return fetch_balances(exchange, path);
    case Dataset::payments: return fetch_payments(exchange, path);
    case Dataset::disbursements:
      return fetch_pages(exchange, path + "/disbursements", dataset, read_disbursements_page);
    case Dataset::enforcement: return fetch_list(exchange, path + "/enforcement", dataset, read_enforcement);
    case Dataset::events: return fetch_list(exchange, path + "/events", dataset, read_events);
    case Dataset::documents: return fetch_list(exchange, path + "/documents", dataset, read_documents);
    case Dataset::messages: return fetch_list(exchange, path + "/messages", dataset, read_messages);
    case Dataset::contacts: return fetch_list(exchange, path + "/contacts", dataset, read_contacts);
  }
  return sdk::refuse(Outcome::not_supported);
}

bool ends_the_call(const Refusal& refusal) {
  return refusal.outcome == Outcome::session_expired || refusal.outcome == Outcome::not_found;
}

}  // namespace

Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query) {
  // Another spelling would be another case to the state, which does not pad.
  if (!is_case_number(query.case_key)) return sdk::refuse(Outcome::not_found);
  model::CaseContent content;
  std::optional<Refusal> limited;
  for (const Dataset dataset : query.datasets) {
    if (limited) {
      content.datasets.push_back(sdk::failed(dataset, *limited));
      continue;
    }
    auto fetched = fetch_dataset(exchange, query.case_key, dataset);
    if (fetched) {
      content.datasets.push_back({dataset, std::move(*fetched)});
      continue;
    }
    const Refusal& why = fetched.refusal();
    if (ends_the_call(why)) return why;
    if (why.outcome == Outcome::rate_limited) limited = why;
    content.datasets.push_back(sdk::failed(dataset, why));
  }
  return content;
}

}  // namespace casebridge::texas_icop
