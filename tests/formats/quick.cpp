// Kansas: QUICK-like case queries over SOAP, one response for each.
#include <chrono>

#include "plugins/kansas_quick/datasets.hpp"
#include "plugins/kansas_quick/quick_answer.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {
namespace {

using kansas_quick::Record;
using kansas_quick::Scope;
using model::Dataset;

constexpr Instant quick_now{std::chrono::seconds{1'773'669'600}};

const Scope& scope() {
  static const Scope one{"0078901234", "KS", *model::Date::of(2024, 3, 16), *model::Date::of(2026, 3, 16)};
  return one;
}

template <class Records>
void put(Told& made, Dataset dataset, Records records) {
  made.content.datasets.push_back({dataset, model::DatasetContent{std::move(records), {}}});
}

Told financial_of(const Record& answer) {
  auto told = kansas_quick::read_financial(answer, scope());
  Told made;
  put(made, Dataset::orders, std::move(told.orders));
  put(made, Dataset::balances, std::move(told.balances));
  put(made, Dataset::payments, std::move(told.payments));
  put(made, Dataset::disbursements, std::move(told.disbursements));
  return made;
}

Told activities_of(const Record& answer) {
  return told(Dataset::enforcement, kansas_quick::read_activities(answer, scope()).enforcement);
}

Told participants_of(const Record& answer) {
  auto people = kansas_quick::read_participants(answer, scope());
  model::Case made;
  made.key = made.number = scope().case_number;
  made.status = people.status;
  made.participants = std::move(people.people);
  made.intergov = std::move(people.references);
  return told(Dataset::cases, std::vector<model::Case>{std::move(made)});
}

Told contacts_of(const Record& answer) {
  return told(Dataset::contacts, kansas_quick::read_contacts(answer, scope()));
}

Told read_quick(std::string octets, const char* operation, Told (*read)(const Record&)) {
  const auto answer = kansas_quick::open_answer({.status = 200,
                                                 .headers = {{"Content-Type", "text/xml; charset=utf-8"}},
                                                 .body = std::move(octets),
                                                 .date = {},
                                                 .origin = {},
                                                 .target = {}},
                                                operation, quick_now);
  if (!answer) return refused(answer.refusal());
  kansas_quick::Reading reading;
  Told made = read(answer->payload(reading));
  if (!reading.followed()) return refused(sdk::drift(reading.where()));
  return made;
}

struct Operation {
  const char* name;
  const char* sample;
  Told (*read)(const Record&);
};
constexpr Operation operations[] = {{"GetFinancial", "quick_financial.xml", financial_of},
                                    {"GetCaseActivities", "quick_caseactivities.xml", activities_of},
                                    {"GetCaseParticipants", "quick_caseparticipants.xml", participants_of},
                                    {"GetContactInformation", "quick_contactinformation.xml", contacts_of}};

// The operation is the one whose response the octets name; without any, the first.
bool try_all(std::string octets) {
  const Operation* chosen = &operations[0];
  for (const Operation& one : operations)
    if (octets.find(std::string(one.name) + "Response") != std::string::npos) chosen = &one;
  return must_be_payload(read_quick(std::move(octets), chosen->name, chosen->read));
}

// The state's sums: of a month, and of what is owed.
std::vector<std::size_t> digits_of_sums(const std::string& octets) {
  std::vector<std::size_t> places;
  for (const char* begin :
       {"<q:MonthlySupportAmount>", "<hs:ChildSupportArrearsPaymentAmount>", "<q:OtherMonthlyAmount>",
        "<q:TotalMonthlyAmount>", "<hs:ChildSupportTotalArrearsAmount>", "<q:TotalInterestOwed>",
        "<hs:ChildSupportFeesAmount>", "<q:TotalJudgmentAmount>", "<q:TotalOwedAmount>"})
    for (const std::size_t place : digits_between(octets, begin, "<")) places.push_back(place);
  return places;
}

}  // namespace

Format quick() {
  Format made{"quick", {}, try_all, {}};
  for (const Operation& one : operations)
    made.messages.push_back(
        {one.sample, sample(one.sample),
         [one](std::string octets) { return read_quick(std::move(octets), one.name, one.read); }, '0',
         digits_of_sums(sample(one.sample))});
  made.words = {"<q:DataResponseCode>",
                "<q:QuickFault>",
                "<q:Code>",
                "</q:Code>",
                "<![CDATA[",
                "<!--",
                "-->",
                "<!DOCTYPE",
                "&amp;",
                "&#49;",
                "xsi:nil=\"true\"",
                "-",
                "0.001",
                "1,000.00",
                "2026-03-16",
                "<nc:Date>",
                "</nc:Date>",
                "<nc:Amount>",
                "</nc:Amount>",
                "0078901234"};
  return made;
}

}  // namespace casebridge::formats
