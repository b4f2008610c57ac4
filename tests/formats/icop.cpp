// Texas iCOP: JSON, one answer for each dataset.
#include <chrono>

#include "plugins/texas_icop/answer_envelope.hpp"
#include "plugins/texas_icop/datasets.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {
namespace {

using model::Dataset;
using texas_icop::WireObject;

const std::string case_number = "0012345678";
constexpr Instant icop_now{std::chrono::seconds{1'773'669'600}};

sdk::Answer<texas_icop::Envelope> opened(std::string octets) {
  return texas_icop::open_answer({.status = 200,
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = std::move(octets),
                                  .date = {},
                                  .origin = {},
                                  .target = {}},
                                 icop_now);
}

template <class Read>
Told read_from(const texas_icop::Envelope& envelope, Dataset dataset, const Read& read) {
  texas_icop::Reading reading;
  auto records = read(WireObject(envelope.root(), "", reading));
  if (!reading.followed()) return refused(sdk::drift(reading.where()));
  return told(dataset, std::move(records));
}

std::vector<model::Case> one_case(const WireObject& root) {
  return {texas_icop::read_case(root, case_number)};
}
std::vector<model::Payment> page_of_payments(const WireObject& root) {
  texas_icop::KeyRing seen;
  std::vector<model::Payment> payments;
  texas_icop::read_payments_page(root, seen, payments);
  return payments;
}
std::vector<model::Disbursement> page_of_disbursements(const WireObject& root) {
  texas_icop::KeyRing seen;
  std::vector<model::Disbursement> disbursements;
  texas_icop::read_disbursements_page(root, seen, disbursements);
  return disbursements;
}

template <class Read>
Message message(const char* name, Dataset dataset, Read read) {
  return {name, sample(name), [dataset, read](std::string octets) {
            const auto envelope = opened(std::move(octets));
            return envelope ? read_from(*envelope, dataset, read) : refused(envelope.refusal());
          }};
}

bool try_all(std::string octets) {
  const auto envelope = opened(std::move(octets));
  if (!envelope) return false;
  bool told = false;
  const auto attempt = [&](Dataset dataset, const auto& read) {
    told = must_be_payload(read_from(*envelope, dataset, read)) || told;
  };
  attempt(Dataset::cases, one_case);
  attempt(Dataset::orders, texas_icop::read_orders);
  attempt(Dataset::balances, texas_icop::read_balances);
  attempt(Dataset::payments, page_of_payments);
  attempt(Dataset::disbursements, page_of_disbursements);
  attempt(Dataset::enforcement, texas_icop::read_enforcement);
  attempt(Dataset::events, texas_icop::read_events);
  attempt(Dataset::documents, texas_icop::read_documents);
  attempt(Dataset::messages, texas_icop::read_messages);
  attempt(Dataset::contacts, texas_icop::read_contacts);
  texas_icop::Reading others;
  const WireObject root(envelope->root(), "", others);
  (void)texas_icop::read_case_list(root);
  (void)texas_icop::read_profile(root);
  return told;
}

}  // namespace

Format icop() {
  return {
      "icop",
      {message("icop_case.json", Dataset::cases, one_case),
       message("icop_orders.json", Dataset::orders, texas_icop::read_orders),
       message("icop_balances.json", Dataset::balances, texas_icop::read_balances),
       message("icop_payments.json", Dataset::payments, page_of_payments),
       message("icop_disbursements.json", Dataset::disbursements, page_of_disbursements),
       message("icop_enforcement.json", Dataset::enforcement, texas_icop::read_enforcement),
       message("icop_events.json", Dataset::events, texas_icop::read_events),
       message("icop_documents.json", Dataset::documents, texas_icop::read_documents),
       message("icop_messages.json", Dataset::messages, texas_icop::read_messages),
       message("icop_contacts.json", Dataset::contacts, texas_icop::read_contacts)},
      try_all,
      {"\"amount\": ", "\"3,800.00\"", "null", "true", "false", "[]", "{}", "-", "1e9", "0.001", "\\u0000",
       "\\ud800", "\"\"", "00/00/0000", "99999999999999999999", ",", ":", "\"status\": \"ERROR\""}};
}

}  // namespace casebridge::formats
