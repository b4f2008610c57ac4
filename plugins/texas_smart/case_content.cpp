// From a dataset to its requests. The list of cases also answers what a case is, and is asked for once.
#include "plugins/texas_smart/case_content.hpp"

#include <optional>
#include <set>
#include <utility>

#include "plugins/sdk/adapter.hpp"
#include "plugins/texas_smart/datasets.hpp"
#include "plugins/texas_smart/submit.hpp"
#include "plugins/texas_smart/wire_values.hpp"

namespace casebridge::texas_smart {
namespace {

using model::Dataset;
using model::DatasetContent;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

// As far back as the state's case account shows payments without being asked for more.
constexpr int payment_days = 2 * 365 + 1;
constexpr int pages_max = 200;

Answer<std::vector<ListedCase>> fetch_cases(const Exchange& exchange) {
  SDK_TRY(const SoapAnswer answer, exchange.read(exchange.request("GetCases")));
  Reading reading;
  auto cases = read_cases(answer.payload(reading));
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "cases"));
  return cases;
}

// One request about a case whose answer is the whole dataset.
template <class Records>
Answer<Records> fetch_about(const Exchange& exchange, std::string_view operation, const std::string& number,
                            Dataset dataset, Records (*read)(const Record&)) {
  SoapRequest request = exchange.request(operation);
  request.attribute("case", number);
  SDK_TRY(const SoapAnswer answer, exchange.read(std::move(request)));
  Reading reading;
  Records records = read(answer.payload(reading));
  SDK_TRY([[maybe_unused]] const sdk::Done done,
          sdk::end_reading(exchange.call(), reading, model::name_of(dataset)));
  return records;
}

class CaseReader {
 public:
  CaseReader(const Exchange& exchange, const std::string& number) : exchange_(exchange), number_(number) {}

  Answer<DatasetContent> fetch(Dataset dataset) {
    switch (dataset) {
      case Dataset::cases: return fetch_case_record();
      case Dataset::orders: return fetch_orders();
      case Dataset::balances: return fetch_balance();
      case Dataset::payments: return fetch_payments();
      case Dataset::enforcement:
        return content(fetch_about(exchange_, "GetEnforcement", number_, dataset, read_enforcement));
      case Dataset::documents:
        return content(fetch_about(exchange_, "GetDocuments", number_, dataset, read_documents));
      case Dataset::disbursements:
      case Dataset::events:
      case Dataset::messages:
      case Dataset::contacts: break;
    }
    return sdk::refuse(Outcome::not_supported);
  }

 private:
  template <class Records>
  static Answer<DatasetContent> content(Answer<Records> fetched) {
    if (!fetched) return fetched.refusal();
    return DatasetContent{std::move(*fetched), {}};
  }

  Answer<const ListedCase*> listed() {
    if (!cases_) {
      SDK_TRY(auto cases, fetch_cases(exchange_));
      cases_ = std::move(cases);
    }
    for (const ListedCase& each : *cases_)
      if (each.record.number == number_) return &each;
    return sdk::refuse(Outcome::not_found);
  }

  Answer<DatasetContent> fetch_case_record() {
    SDK_TRY(const ListedCase* const found, listed());
    return DatasetContent{std::vector<model::Case>{found->record}, {}};
  }

  Answer<DatasetContent> fetch_orders() {
    SDK_TRY(const ListedCase* const found, listed());
    std::vector<model::Order> orders;
    if (found->order) orders.push_back(*found->order);
    return DatasetContent{std::move(orders), {}};
  }

  Answer<DatasetContent> fetch_balance() {
    SoapRequest request = exchange_.request("GetBalance");
    request.attribute("case", number_);
    SDK_TRY(const SoapAnswer answer, exchange_.read(std::move(request)));
    Reading reading;
    Balance balance = read_balance(answer.payload(reading), number_, exchange_.endpoint().state);
    SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange_.call(), reading, "balances"));
    return DatasetContent{std::move(balance.lines), balance.as_of};
  }

  // The page count of the newest answer decides: a list may grow by a page while it is read.
  Answer<DatasetContent> fetch_payments() {
    const auto today = model::Date::in_zone(exchange_.call().now(), exchange_.endpoint().time_zone);
    if (!today) return sdk::refuse(Outcome::bug, "time_zone_missing");
    std::vector<model::Payment> payments;
    std::set<std::string> seen;
    for (int page = 1, pages = 1; page <= pages; ++page) {
      if (exchange_.call().over()) return sdk::refuse(Outcome::timeout, "call_over");
      SDK_TRY(PaymentsPage read, fetch_page(*today, page));
      pages = read.pages;
      if (pages > pages_max) return sdk::drift("GetPaymentsResponse/pages");
      for (model::Payment& payment : read.payments)
        if (seen.insert(payment.key).second) payments.push_back(std::move(payment));
    }
    return DatasetContent{std::move(payments), {}};
  }

  Answer<PaymentsPage> fetch_page(model::Date today, int page) {
    SoapRequest request = exchange_.request("GetPayments");
    request.attribute("case", number_)
        .attribute("from", today.plus_days(-payment_days).text())
        .attribute("to", today.text())
        .attribute("page", std::to_string(page));
    SDK_TRY(const SoapAnswer answer, exchange_.read(std::move(request)));
    Reading reading;
    PaymentsPage made = read_payments(answer.payload(reading), number_, page);
    SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange_.call(), reading, "payments"));
    return made;
  }

  const Exchange& exchange_;
  const std::string& number_;
  std::optional<std::vector<ListedCase>> cases_;
};

bool ends_the_call(const Refusal& refusal) {
  return refusal.outcome == Outcome::session_expired || refusal.outcome == Outcome::not_found;
}

}  // namespace

Answer<model::CaseList> fetch_list(const Exchange& exchange) {
  SDK_TRY(const auto cases, fetch_cases(exchange));
  model::CaseList list;
  for (const ListedCase& each : cases) list.cases.push_back({each.record.number});
  return list;
}

Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query) {
  if (!is_case_number(query.case_key)) return sdk::refuse(Outcome::not_found);
  CaseReader reader(exchange, query.case_key);
  model::CaseContent content;
  std::optional<Refusal> limited;
  for (const Dataset dataset : query.datasets) {
    if (limited) {
      content.datasets.push_back(sdk::failed(dataset, *limited));
      continue;
    }
    auto fetched = reader.fetch(dataset);
    if (fetched) {
      content.datasets.push_back({dataset, std::move(*fetched)});
      continue;
    }
    const Refusal& why = fetched.refusal();
    if (ends_the_call(why)) return why;
    if (why.outcome == Outcome::rate_limited) limited = why;
    content.datasets.push_back(why.outcome == Outcome::not_supported ? sdk::unsupported(dataset)
                                                                     : sdk::failed(dataset, why));
  }
  return content;
}

Answer<model::DocumentContent> fetch_document(const Exchange& exchange, const std::string& case_number,
                                              const std::string& key) {
  if (!is_case_number(case_number) || key.empty() || !sdk::fits_xml(key))
    return sdk::refuse(Outcome::not_found);
  SoapRequest request = exchange.request("GetDocument");
  request.attribute("case", case_number).attribute("id", key);
  SDK_TRY(const SoapAnswer answer, exchange.read(std::move(request)));
  Reading reading;
  model::DocumentContent document = read_document(answer.payload(reading), key);
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "documents"));
  return document;
}

}  // namespace casebridge::texas_smart
