// Which question serves which dataset.
#include "plugins/ohio_csenet/case_content.hpp"

#include <algorithm>

#include "plugins/ohio_csenet/datasets.hpp"
#include "plugins/ohio_csenet/dialogue.hpp"
#include "plugins/ohio_csenet/inbox.hpp"
#include "plugins/sdk/adapter.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Dataset;
using model::DatasetAnswer;
using model::DatasetContent;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

bool asks_for(const model::CaseReadQuery& query, std::initializer_list<Dataset> datasets) {
  return std::any_of(datasets.begin(), datasets.end(), [&](Dataset one) {
    return std::find(query.datasets.begin(), query.datasets.end(), one) != query.datasets.end();
  });
}

std::vector<Question> questions_for(const model::CaseReadQuery& query) {
  std::vector<Question> questions;
  if (asks_for(query,
               {Dataset::cases, Dataset::orders, Dataset::balances, Dataset::payments, Dataset::contacts}))
    questions.push_back(Question::case_information);
  if (asks_for(query, {Dataset::cases})) questions.push_back(Question::status);
  if (asks_for(query, {Dataset::balances})) questions.push_back(Question::interest);
  return questions;
}

bool ends_the_call(const Refusal& refusal) {
  return refusal.outcome == Outcome::session_expired || refusal.reason == "case_unknown";
}

// Reads each dataset from what came back. Every answer is opened once, and what was wrong with it is kept.
class Reader {
 public:
  Reader(const Exchange& exchange, const std::string& case_number, Replies replies)
      : exchange_(exchange), case_number_(case_number), replies_(std::move(replies)) {
    file_ = opened<CaseFile>(Question::case_information, [](auto lines, const Expected& expected) {
      return CaseFile::open(std::move(lines), expected);
    });
    status_ = opened<Transaction>(Question::status, [](auto lines, const Expected& expected) {
      return open_notice(std::move(lines), "GSPUD", expected);
    });
    interest_ = opened<InterestNotice>(Question::interest, [&](auto lines, const Expected& expected) {
      return interest_of(std::move(lines), expected);
    });
  }

  // Why nothing at all can be delivered.
  std::optional<Refusal> end() const {
    for (const Refusal* refusal :
         {refusal_in(file_), refusal_in(status_), refusal_in(interest_), refusal_in(inbox_)})
      if (refusal != nullptr && ends_the_call(*refusal)) return *refusal;
    return std::nullopt;
  }

  // A state that is closed, busy or silent is not asked for more.
  void need_inbox() {
    const Refusal* const why = refusal_in(file_);
    if (why != nullptr && (why->outcome == Outcome::rate_limited || why->outcome == Outcome::maintenance ||
                           why->outcome == Outcome::timeout))
      inbox_ = Answer<Inbox>(*why);
    else
      inbox_ = fetch_inbox(exchange_, {case_number_, exchange_.endpoint().gateway_locator, {}});
  }
  bool is_closed_case() const { return file_ && *file_ && is_closed(**file_); }

  Answer<DatasetContent> read(Dataset dataset) {
    switch (dataset) {
      case Dataset::cases: return cases();
      case Dataset::orders: return from_file([](const CaseFile& file) { return read_orders(file); });
      case Dataset::balances: return balances();
      case Dataset::payments: return payments();
      case Dataset::contacts: return from_file([](const CaseFile& file) { return read_contacts(file); });
      case Dataset::enforcement:
        if (!*inbox_) return inbox_->refusal();
        return DatasetContent{read_enforcement(**inbox_), {}};
      case Dataset::events: return events();
      default: return sdk::refuse(Outcome::not_supported);
    }
  }

 private:
  template <class T>
  using Maybe = std::optional<Answer<T>>;  // nothing: not asked for

  template <class T>
  static const Refusal* refusal_in(const Maybe<T>& answer) {
    return answer && answer->refused() ? &answer->refusal() : nullptr;
  }

  template <class T, class Open>
  Maybe<T> opened(Question question, Open open) {
    const auto found = replies_.by_question.find(question);
    if (found == replies_.by_question.end()) return std::nullopt;
    if (const auto* refusal = std::get_if<Refusal>(&found->second)) return Answer<T>(*refusal);
    const Expected expected{case_number_, exchange_.endpoint().gateway_locator,
                            replies_.serials.at(question)};
    auto made = open(std::get<std::vector<Transaction>>(std::move(found->second)), expected);
    if (made.refused() && made.refusal().outcome == Outcome::schema_drift)
      exchange_.call().log(LogLevel::warn, sdk::Event::upstream_drift);
    return Maybe<T>(std::move(made));
  }

  Answer<InterestNotice> interest_of(std::vector<Transaction> lines, const Expected& expected) const {
    SDK_TRY(const Transaction notice, open_notice(std::move(lines), "GSTAI", expected));
    return read_interest(notice, exchange_.endpoint().writing.sign);
  }

  template <class Read>
  Answer<DatasetContent> from_file(Read read) const {
    if (!*file_) return file_->refusal();
    return DatasetContent{read(**file_), {}};
  }

  Answer<DatasetContent> cases() const {
    if (!*file_) return file_->refusal();
    if (!*status_) return status_->refusal();
    if (inbox_ && !*inbox_ && is_closed_case()) return inbox_->refusal();
    SDK_TRY(model::Case made, read_case(**file_, **status_, is_closed_case() ? &**inbox_ : nullptr));
    return DatasetContent{std::vector<model::Case>{std::move(made)}, {}};
  }

  Answer<DatasetContent> balances() const {
    if (!*file_) return file_->refusal();
    // Without the interest the sum would look smaller than it is.
    if (!*interest_) return interest_->refusal();
    SDK_TRY(auto lines, read_balances(**file_, **interest_));
    return DatasetContent{std::move(lines), ledger_date(**file_, **interest_)};
  }

  Answer<DatasetContent> payments() const {
    if (!*file_) return file_->refusal();
    if (!*inbox_) return inbox_->refusal();
    SDK_TRY(auto payments, read_payments(**file_, **inbox_));
    return DatasetContent{std::move(payments), {}};
  }

  Answer<DatasetContent> events() const {
    if (!*inbox_) return inbox_->refusal();
    const bool guarded = file_ && *file_ && !(**file_).is_empty() && (**file_).is_guarded();
    SDK_TRY(auto events, read_events(**inbox_, guarded));
    return DatasetContent{std::move(events), {}};
  }

  const Exchange& exchange_;
  const std::string& case_number_;
  Replies replies_;
  Maybe<CaseFile> file_;
  Maybe<Transaction> status_;
  Maybe<InterestNotice> interest_;
  Maybe<Inbox> inbox_;
};

model::Pending waiting(const model::Pending& pending) { return {pending.not_before, pending.resume.clone()}; }

bool is_supported(Dataset dataset) {
  return dataset != Dataset::disbursements && dataset != Dataset::documents && dataset != Dataset::messages;
}

DatasetAnswer answer_for(Reader& reader, Dataset dataset, const Exchange& exchange) {
  if (!is_supported(dataset)) return sdk::unsupported(dataset);
  auto read = reader.read(dataset);
  if (!read) return sdk::failed(dataset, read.refusal());
  if (const int count = unknown_codes(read->records); count > 0)
    exchange.call().log(LogLevel::warn, sdk::Event::unknown_code,
                        {sdk::number("count", count), sdk::word("dataset", model::name_of(dataset))});
  return {dataset, std::move(*read)};
}

}  // namespace

Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query) {
  const std::string case_number = case_key_of(query.case_key);
  if (case_number.empty()) return sdk::refuse(Outcome::not_found, "case_unknown");
  auto replies = ask(exchange, questions_for(query), case_number);
  if (replies.pending()) return waiting(replies.wait());
  if (replies.refused()) return replies.refusal();
  Reader reader(exchange, case_number, std::move(*replies));
  if (auto end = reader.end()) return std::move(*end);
  const bool needs_inbox = asks_for(query, {Dataset::payments, Dataset::enforcement, Dataset::events}) ||
                           (asks_for(query, {Dataset::cases}) && reader.is_closed_case());
  if (needs_inbox) reader.need_inbox();
  if (auto end = reader.end()) return std::move(*end);
  model::CaseContent content;
  content.datasets.reserve(query.datasets.size());
  for (const Dataset dataset : query.datasets)
    content.datasets.push_back(answer_for(reader, dataset, exchange));
  return content;
}

Answer<model::Profile> fetch_profile(const Exchange& exchange) {
  const std::string& case_number = exchange.session().case_number;
  auto replies = ask(exchange, {Question::case_information}, case_number);
  if (replies.pending()) return waiting(replies.wait());
  if (replies.refused()) return replies.refusal();
  Reply& reply = replies->by_question.at(Question::case_information);
  if (const auto* refusal = std::get_if<Refusal>(&reply)) return *refusal;
  SDK_TRY(const CaseFile file, CaseFile::open(std::get<std::vector<Transaction>>(std::move(reply)),
                                              {case_number, exchange.endpoint().gateway_locator,
                                               replies->serials.at(Question::case_information)}));
  return read_profile(file);
}

}  // namespace casebridge::ohio_csenet
