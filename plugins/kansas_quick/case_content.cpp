// From a dataset to its request. Each of the four requests is made once for a case, and answers several
// datasets.
#include "plugins/kansas_quick/case_content.hpp"

#include <optional>
#include <utility>

#include "plugins/kansas_quick/datasets.hpp"
#include "plugins/sdk/adapter.hpp"

namespace casebridge::kansas_quick {
namespace {

using model::Dataset;
using model::DatasetContent;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

Known<model::Date> day_of(const model::Payment& one) { return one.collected ? one.collected : one.posted; }
Known<model::Date> day_of(const model::Disbursement& one) { return one.date; }

// Of a list that was cut, only the oldest are missing: nothing before this day is told, and perhaps not all
// of the day.
template <class Row>
std::optional<model::Date> oldest_day(const std::vector<Row>& rows) {
  std::optional<model::Date> oldest;
  for (const Row& row : rows)
    if (const auto day = day_of(row); day && (!oldest || *day < *oldest)) oldest = *day;
  return oldest;
}

class CaseReader {
 public:
  CaseReader(const Exchange& exchange, Scope scope) : exchange_(exchange), scope_(std::move(scope)) {}

  Answer<DatasetContent> fetch(Dataset dataset) {
    switch (dataset) {
      case Dataset::cases: return fetch_case_record();
      case Dataset::orders: return of_financial(&Financial::orders);
      case Dataset::balances: return of_financial(&Financial::balances);
      case Dataset::payments: return of_history(&Financial::payments, &Financial::payments_cut);
      case Dataset::disbursements:
        return of_history(&Financial::disbursements, &Financial::disbursements_cut);
      case Dataset::enforcement: return fetch_enforcement();
      case Dataset::contacts: return fetch_contacts();
      case Dataset::events:
      case Dataset::documents:
      case Dataset::messages: break;
    }
    return sdk::refuse(Outcome::not_supported);
  }

 private:
  template <class Made>
  Answer<Made> ask(std::string_view operation, Made (*read)(const Record&, const Scope&)) {
    if (exchange_.call().over()) return sdk::refuse(Outcome::timeout, "call_over");
    if (told_to_wait_) return *told_to_wait_;
    Question question{operation, scope_.case_number};
    if (operation == "GetFinancial") {
      question.from = scope_.from;
      question.to = scope_.today;
    }
    auto asked = exchange_.ask(question);
    if (!asked) {
      const Outcome outcome = asked.refusal().outcome;
      if (outcome == Outcome::rate_limited || outcome == Outcome::maintenance)
        told_to_wait_ = asked.refusal();
      return asked.refusal();
    }
    const QuickAnswer answer = std::move(*asked);
    Reading reading;
    Made made = read(answer.payload(reading), scope_);
    SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange_.call(), reading, operation));
    return made;
  }

  // Asked for once, whatever came of it.
  template <class Made>
  const Answer<Made>& kept(std::optional<Answer<Made>>& place, std::string_view operation,
                           Made (*read)(const Record&, const Scope&)) {
    if (!place) place.emplace(ask(operation, read));
    return *place;
  }
  const Answer<Financial>& financial() {
    const bool first = !financial_;
    const auto& told = kept(financial_, "GetFinancial", read_financial);
    if (first && told && told->payments_cut)
      exchange_.call().log(LogLevel::info, sdk::Event::adapter_note,
                           {sdk::word("reason", "history_cut"),
                            sdk::number("count", static_cast<std::int64_t>(told->payments.size()))});
    return told;
  }
  const Answer<Activities>& activities() { return kept(activities_, "GetCaseActivities", read_activities); }

  template <class List>
  Answer<DatasetContent> of_financial(List Financial::*list) {
    const auto& told = financial();
    if (!told) return told.refusal();
    return DatasetContent{(*told).*list, told->as_of};
  }

  template <class Row>
  Answer<DatasetContent> of_history(std::vector<Row> Financial::*list, bool Financial::*cut) {
    const auto& told = financial();
    if (!told) return told.refusal();
    DatasetContent content{(*told).*list, told->as_of};
    if ((*told).*cut) content.history_from = oldest_day((*told).*list);
    return content;
  }

  Answer<DatasetContent> fetch_enforcement() {
    const auto& told = activities();
    if (!told) return told.refusal();
    return DatasetContent{told->enforcement, {}};
  }

  Answer<DatasetContent> fetch_contacts() {
    SDK_TRY(auto contacts, ask("GetContactInformation", read_contacts));
    return DatasetContent{std::move(contacts), {}};
  }

  // Status and people are the case; dates and assistance are told elsewhere, and may be missing.
  Answer<DatasetContent> fetch_case_record() {
    SDK_TRY(Participants told, ask("GetCaseParticipants", read_participants));
    model::Case made;
    made.key = scope_.case_number;
    made.number = scope_.case_number;
    made.status = told.status;
    made.locator = Missing::unsupported;
    for (const model::Participant& person : told.people) {
      if (!person.is_self) continue;
      // Without a number, too: an answer about somebody else's view of the case must not become this one.
      if (person.key != exchange_.person()) return sdk::refuse(Outcome::identity_mismatch);
      made.viewer_role = person.role;
    }
    made.participants = std::move(told.people);
    made.intergov = std::move(told.references);
    const auto& done = activities();
    if (!done && ends_the_call(done.refusal())) return done.refusal();
    if (done) {
      made.opened = done->opened;
      made.closed = done->closed;
      made.closure_reason = done->closure_reason;
    }
    const auto& money = financial();
    if (!money && ends_the_call(money.refusal())) return money.refusal();
    if (money) made.assistance = money->assistance;
    return DatasetContent{std::vector<model::Case>{std::move(made)}, {}};
  }

 public:
  static bool ends_the_call(const Refusal& refusal) {
    return refusal.outcome == Outcome::not_found || refusal.outcome == Outcome::needs_enrolment ||
           refusal.outcome == Outcome::interaction_needed || refusal.outcome == Outcome::not_permitted ||
           refusal.outcome == Outcome::identity_mismatch;
  }

 private:
  const Exchange& exchange_;
  Scope scope_;
  std::optional<Answer<Financial>> financial_;
  std::optional<Answer<Activities>> activities_;
  std::optional<Refusal> told_to_wait_;  // by the state, for all that would come after
};

// There is no case to be seen: none at all, or one that is kept from this parent, whose level of safety is
// for the gateway alone. Either answer has the same shape, whatever was read before.
model::CaseContent no_case(const model::CaseReadQuery& query, bool prohibited) {
  model::CaseContent content;
  for (const Dataset dataset : query.datasets) {
    if (dataset != Dataset::cases) {
      content.datasets.push_back(sdk::failed(dataset, sdk::refuse(Outcome::not_found)));
      continue;
    }
    std::vector<model::Case> cases;
    if (prohibited) {
      model::Case& hidden = cases.emplace_back();
      hidden.key = query.case_key;
      hidden.number = query.case_key;
      hidden.safety = model::SafetyLevel::case_blocked;
    }
    content.datasets.push_back(sdk::content(dataset, std::move(cases)));
  }
  return content;
}

}  // namespace

Answer<model::CaseList> fetch_list(const Exchange& exchange) {
  SDK_TRY(const QuickAnswer answer, exchange.ask({"FindCases"}));
  Reading reading;
  model::CaseList list;
  list.cases = read_list(answer.payload(reading));
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "FindCases"));
  return list;
}

Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query) {
  if (!is_number(query.case_key)) return no_case(query, false);
  const auto today = model::Date::in_zone(exchange.call().now(), exchange.endpoint().time_zone);
  if (!today) return sdk::refuse(Outcome::bug, "time_zone_missing");
  CaseReader reader(exchange, {query.case_key, exchange.endpoint().state, history_start(*today), *today});
  model::CaseContent content;
  for (const Dataset dataset : query.datasets) {
    auto fetched = reader.fetch(dataset);
    if (fetched) {
      content.datasets.push_back({dataset, std::move(*fetched)});
      continue;
    }
    const Refusal& why = fetched.refusal();
    if (why.outcome == Outcome::not_found) return no_case(query, why.reason == reason_prohibited);
    if (CaseReader::ends_the_call(why)) return why;
    content.datasets.push_back(why.outcome == Outcome::not_supported ? sdk::unsupported(dataset)
                                                                     : sdk::failed(dataset, why));
  }
  return content;
}

}  // namespace casebridge::kansas_quick
