// Texas payment accounts: SOAP 1.1, one response element for each operation.
#include <chrono>

#include "plugins/texas_smart/datasets.hpp"
#include "plugins/texas_smart/soap_answer.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {
namespace {

using model::Dataset;
using texas_smart::Record;

const std::string case_number = "0023456789";
constexpr Instant smart_now{std::chrono::seconds{1'773'669'600}};

std::vector<model::Case> cases_of(const Record& answer) {
  std::vector<model::Case> cases;
  for (const auto& listed : texas_smart::read_cases(answer)) cases.push_back(listed.record);
  return cases;
}
std::vector<model::BalanceLine> balance_of(const Record& answer) {
  return texas_smart::read_balance(answer, case_number, "TX").lines;
}
std::vector<model::Payment> payments_of(const Record& answer) {
  return texas_smart::read_payments(answer, case_number, 1).payments;
}

template <class Read>
Told read_smart(std::string octets, const char* operation, Dataset dataset, const Read& read) {
  const auto answer = texas_smart::open_answer({.status = 200,
                                                .headers = {{"Content-Type", "text/xml; charset=utf-8"}},
                                                .body = std::move(octets),
                                                .date = {},
                                                .origin = {},
                                                .target = {}},
                                               operation, smart_now);
  if (!answer) return refused(answer.refusal());
  texas_smart::Reading reading;
  auto records = read(answer->payload(reading));
  if (!reading.followed()) return refused(sdk::drift(reading.where()));
  return told(dataset, std::move(records));
}

template <class Read>
Message message(const char* name, const char* operation, Dataset dataset, Read read) {
  return {name, sample(name), [operation, dataset, read](std::string octets) {
            return read_smart(std::move(octets), operation, dataset, read);
          }};
}

// The operation is the one whose response the octets name; without any, that of the balance.
Told tell_named(std::string octets) {
  const auto names = [&](const char* response) { return octets.find(response) != std::string::npos; };
  if (names("GetCasesResponse")) return read_smart(std::move(octets), "GetCases", Dataset::cases, cases_of);
  if (names("GetPaymentsResponse"))
    return read_smart(std::move(octets), "GetPayments", Dataset::payments, payments_of);
  if (names("GetEnforcementResponse"))
    return read_smart(std::move(octets), "GetEnforcement", Dataset::enforcement,
                      texas_smart::read_enforcement);
  if (names("GetDocumentsResponse"))
    return read_smart(std::move(octets), "GetDocuments", Dataset::documents, texas_smart::read_documents);
  return read_smart(std::move(octets), "GetBalance", Dataset::balances, balance_of);
}

bool try_all(std::string octets) { return must_be_payload(tell_named(std::move(octets))); }

}  // namespace

Format smart() {
  return {"smart",
          {message("smart_cases.xml", "GetCases", Dataset::cases, cases_of),
           message("smart_balance.xml", "GetBalance", Dataset::balances, balance_of),
           message("smart_payments.xml", "GetPayments", Dataset::payments, payments_of),
           message("smart_enforcement.xml", "GetEnforcement", Dataset::enforcement,
                   texas_smart::read_enforcement),
           message("smart_documents.xml", "GetDocuments", Dataset::documents, texas_smart::read_documents)},
          try_all,
          {"<s:Amount kind=\"Fee\">",
           "</s:Amount>",
           "<![CDATA[",
           "]]>",
           "<!--",
           "-->",
           "<!DOCTYPE",
           "&amp;",
           "&#49;",
           "&lt;",
           "xsi:nil=\"true\"",
           "xmlns:s=\"",
           "-",
           "0.001",
           "<soap:Fault>",
           "<s:SmartFault>",
           "<s:Code>S-102</s:Code>",
           "9999-12-31",
           "\xEF\xBB\xBF",
           "<?pi?>"}};
}

}  // namespace casebridge::formats
