// From a dataset to its pages. The summary tells three datasets, and is asked for once.
#include "plugins/california_connect/case_content.hpp"

#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "plugins/california_connect/datasets.hpp"
#include "plugins/california_connect/page_text.hpp"
#include "plugins/california_connect/payment_pages.hpp"
#include "plugins/sdk/adapter.hpp"

namespace casebridge::california_connect {
namespace {

using model::Dataset;
using model::DatasetContent;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::uint32_t document_bytes_max = 10u << 20;

class CaseReader {
 public:
  CaseReader(Exchange& exchange, const std::string& number) : exchange_(exchange), number_(number) {}

  Answer<DatasetContent> fetch(Dataset dataset) {
    switch (dataset) {
      case Dataset::cases:
      case Dataset::orders:
      case Dataset::balances: return from_summary(dataset);
      case Dataset::payments: return fetch_payments(exchange_, number_);
      case Dataset::events:
        return from_page("/appointments", PageKind::appointments, "events",
                         [&](const Page& page, Reading& r) {
                           const Endpoint& endpoint = exchange_.endpoint();
                           return read_appointments(page, endpoint.time_zone, endpoint.zone_mark, r);
                         });
      case Dataset::documents:
        return from_page("/documents", PageKind::documents, "documents", [&](const Page& page, Reading& r) {
          return read_documents(page, exchange_.full(path("/documents")), r);
        });
      case Dataset::contacts: return from_page("/contacts", PageKind::contacts, "contacts", read_contacts);
      case Dataset::disbursements:
      case Dataset::enforcement:
      case Dataset::messages: break;
    }
    return sdk::refuse(Outcome::not_supported);
  }

 private:
  std::string path(std::string_view page) const { return "/case/" + number_ + std::string(page); }

  template <class Read>
  Answer<DatasetContent> from_page(std::string_view name, PageKind kind, std::string_view what, Read&& read) {
    SDK_TRY(const Page page, exchange_.read(path(name), kind));
    Reading reading;
    auto records = read(page, reading);
    SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange_.call(), reading, what));
    return DatasetContent{std::move(records), {}};
  }

  // A refused summary is refused for all that it would have told.
  Answer<DatasetContent> from_summary(Dataset dataset) {
    if (!summary_) summary_ = fetch_summary();
    if (!*summary_) return summary_->refusal();
    const Summary& summary = **summary_;
    if (dataset == Dataset::cases) return DatasetContent{std::vector<model::Case>{summary.record}, {}};
    if (dataset == Dataset::orders) return DatasetContent{summary.orders, {}};
    return DatasetContent{summary.balances, summary.as_of};
  }

  Answer<Summary> fetch_summary() {
    SDK_TRY(const Page page, exchange_.read(path("/summary"), PageKind::summary));
    Reading reading;
    Summary summary = read_summary(page, number_, exchange_.endpoint().state, reading);
    SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange_.call(), reading, "balances"));
    return summary;
  }

  Exchange& exchange_;
  const std::string& number_;
  std::optional<Answer<Summary>> summary_;
};

bool ends_the_call(const Refusal& refusal) {
  return refusal.outcome == Outcome::session_expired || refusal.outcome == Outcome::not_found ||
         refusal.outcome == Outcome::action_needed;
}

// Whole: a PDF has a head and an end.
bool is_whole_pdf(std::string_view octets) {
  return octets.starts_with("%PDF-") && text::trim(octets).ends_with("%%EOF");
}

}  // namespace

Answer<model::CaseList> fetch_list(Exchange& exchange) {
  SDK_TRY(const Page page, exchange.read("/home", PageKind::home));
  Reading reading;
  model::CaseList list;
  for (std::string& number : read_home(page, reading)) list.cases.push_back({std::move(number)});
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "cases"));
  return list;
}

Answer<model::CaseContent> fetch_case(Exchange& exchange, const model::CaseReadQuery& query) {
  if (!is_case_number(query.case_key)) return sdk::refuse(Outcome::not_found);
  CaseReader reader(exchange, query.case_key);
  model::CaseContent content;
  for (const Dataset dataset : query.datasets) {
    auto fetched = reader.fetch(dataset);
    if (fetched) {
      content.datasets.push_back({dataset, std::move(*fetched)});
      continue;
    }
    const Refusal& why = fetched.refusal();
    if (ends_the_call(why)) return why;
    content.datasets.push_back(why.outcome == Outcome::not_supported ? sdk::unsupported(dataset)
                                                                     : sdk::failed(dataset, why));
  }
  return content;
}

Answer<model::DocumentContent> fetch_document(Exchange& exchange, const std::string& case_number,
                                              const std::string& key) {
  if (!is_case_number(case_number) || key.empty() || key.find('/') != std::string::npos)
    return sdk::refuse(Outcome::not_found);
  const std::string path = "/case/" + case_number + "/documents/" + text::percent_encode(key) + ".pdf";
  SDK_TRY(sdk::HttpResponse answer, exchange.read_file(path, document_bytes_max));
  if (answer.status == 200 && answer.media_type() == "application/pdf") {
    if (!is_whole_pdf(answer.body)) return sdk::drift("document/pdf");
    return model::DocumentContent{"application/pdf", std::move(answer.body)};
  }
  const auto page = open_page(std::move(answer), exchange.call().now());
  return page ? refusal_of(*page) : page.refusal();
}

}  // namespace casebridge::california_connect
