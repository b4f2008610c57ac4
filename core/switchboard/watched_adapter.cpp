// One wrapper for every operation: ask the breaker, call, tell the breaker and the counters.
#include "core/switchboard/watched_adapter.hpp"

#include <algorithm>

namespace casebridge::switchboard {
namespace {

// Silence and broken connections count against a system; anything it says does not, however unwelcome.
bool is_silence(TroubleCode code) {
  return code == TroubleCode::source_unavailable || code == TroubleCode::source_timeout;
}

template <class T>
const Trouble* failure_of(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

// A case of which not one dataset could be read is a failed call, although each dataset tells its own
// trouble.
const Trouble* failure_of(const ports::Answer<model::CaseContent>& result) {
  if (!result) return &result.error();
  const auto* content = std::get_if<model::CaseContent>(&*result);
  const Trouble* first = nullptr;
  for (std::size_t i = 0; content != nullptr && i < content->datasets.size(); ++i) {
    const auto& answer = content->datasets[i].answer;
    if (std::holds_alternative<model::DatasetContent>(answer)) return nullptr;
    if (first == nullptr) first = std::get_if<Trouble>(&answer);
  }
  return first;
}

// What went wrong on the state's side with part of an answer that is good otherwise.
template <class T>
const Trouble* lack_of(const Result<T>&) {
  return nullptr;
}

const Trouble* lack_of(const ports::Answer<model::CaseContent>& result) {
  const auto* content = result ? std::get_if<model::CaseContent>(&*result) : nullptr;
  for (std::size_t i = 0; content != nullptr && i < content->datasets.size(); ++i) {
    const auto* lacking = std::get_if<Trouble>(&content->datasets[i].answer);
    if (lacking != nullptr && lacking->row().actor == Actor::state) return lacking;
  }
  return nullptr;
}

}  // namespace

WatchedAdapter::WatchedAdapter(std::string system, std::unique_ptr<ports::StateAdapter> inner,
                               BreakerRules rules, MaintenancePlan maintenance, const Clock& clock, Log log)
    : system_(std::move(system)),
      inner_(std::move(inner)),
      maintenance_(std::move(maintenance)),
      clock_(clock),
      log_(std::move(log)),
      watches_{
          Watch{"auth.begin", rules},      Watch{"auth.continue", rules}, Watch{"auth.end", rules},
          Watch{"case.list", rules},       Watch{"case.read", rules},     Watch{"document.read", rules},
          Watch{"profile.read", rules},    Watch{"enrol.begin", rules},   Watch{"credential.recover", rules},
          Watch{"payment.options", rules}, Watch{"write", rules},         Watch{"receipt.read", rules}} {}

void WatchedAdapter::note(Watch& watch, const Trouble* trouble, std::chrono::milliseconds took) {
  const Instant now = clock_.now();
  {
    const std::scoped_lock lock(mutex_);
    ports::OperationHealth& counters = watch.counters;
    const bool ours = trouble != nullptr && trouble->row().actor == Actor::gateway;
    const bool theirs = trouble != nullptr && trouble->row().actor == Actor::state;
    // What the user has to mend (a wrong password) is a call that worked.
    if (ours) ++counters.failed_gateway;
    if (theirs) ++counters.failed_state;
    if (!ours && !theirs) ++counters.succeeded;
    (ours || theirs ? counters.last_failure : counters.last_success) = now;
    if (trouble == nullptr) maintenance_until_.reset();
    if (trouble != nullptr && trouble->code == TroubleCode::source_maintenance)
      maintenance_until_ = trouble->retry_at;
  }
  const std::string_view outcome = trouble == nullptr ? "ok" : trouble->row().name;
  const LogLevel level = trouble == nullptr ? LogLevel::debug : trouble->row().level;
  log_.write(level, "switchboard.call",
             {{"system", std::string_view(system_)},
              {"operation", std::string_view(watch.counters.operation)},
              {"outcome", outcome},
              {"detail", trouble == nullptr ? std::string_view{} : std::string_view(trouble->detail)},
              {"duration_ms", static_cast<std::int64_t>(took.count())}});
}

// Silence in a planned window is maintenance, and its end is known.
template <class T>
Result<T> WatchedAdapter::explained(Result<T> result) const {
  if (result || !is_silence(result.error().code)) return result;
  const auto end_of_window = maintenance_.end_of_window(clock_.now());
  if (!end_of_window) return result;
  Trouble planned = trouble(TroubleCode::source_maintenance, result.error().detail);
  planned.retry_at = end_of_window;
  return planned;
}

template <class Call>
auto WatchedAdapter::watched(Operation operation, Call&& call) -> decltype(call()) {
  Watch& watch = watches_[operation];
  const auto start = CircuitBreaker::Moment::clock::now();
  if (const auto wait = watch.breaker.enter(start)) {
    Trouble resting =
        trouble(TroubleCode::source_unavailable, "this system did not answer and is given a rest");
    resting.retry_at = clock_.now() + std::chrono::ceil<std::chrono::seconds>(*wait);
    return resting;
  }
  auto result = explained(call());
  const auto finish = CircuitBreaker::Moment::clock::now();
  const Trouble* failed = failure_of(result);
  watch.breaker.done(failed == nullptr || !is_silence(failed->code), finish);
  note(watch, failed != nullptr ? failed : lack_of(result),
       std::chrono::duration_cast<std::chrono::milliseconds>(finish - start));
  return result;
}

ports::Answer<model::AuthStep> WatchedAdapter::auth_begin(const Context& context,
                                                          const model::AuthBegin& in) {
  return watched(begin, [&] { return inner_->auth_begin(context, in); });
}
ports::Answer<model::AuthStep> WatchedAdapter::auth_continue(const Context& context,
                                                             const SecretBytes& resume,
                                                             const model::AuthAnswer& in) {
  return watched(answer, [&] { return inner_->auth_continue(context, resume, in); });
}
Result<void> WatchedAdapter::auth_end(const Context& context, const SecretBytes& session) {
  return watched(end, [&] { return inner_->auth_end(context, session); });
}
ports::Answer<model::CaseList> WatchedAdapter::list_cases(const Context& context,
                                                          const SecretBytes& session) {
  return watched(list, [&] { return inner_->list_cases(context, session); });
}
ports::Answer<model::CaseContent> WatchedAdapter::read_case(const Context& context,
                                                            const SecretBytes& session,
                                                            const model::CaseReadQuery& query) {
  return watched(read, [&] { return inner_->read_case(context, session, query); });
}
ports::Answer<model::DocumentContent> WatchedAdapter::read_document(const Context& context,
                                                                    const SecretBytes& session,
                                                                    const std::string& case_key,
                                                                    const std::string& key) {
  return watched(document, [&] { return inner_->read_document(context, session, case_key, key); });
}
ports::Answer<model::Profile> WatchedAdapter::read_profile(const Context& context,
                                                           const SecretBytes& session) {
  return watched(profile, [&] { return inner_->read_profile(context, session); });
}

ports::Answer<model::AuthStep> WatchedAdapter::enrol_begin(const Context& context,
                                                           const model::AuthBegin& in) {
  return watched(enrol, [&] { return inner_->enrol_begin(context, in); });
}
ports::Answer<model::RecoveryAnswer> WatchedAdapter::recover_credential(const Context& context,
                                                                        const model::RecoveryQuery& query) {
  return watched(recover, [&] { return inner_->recover_credential(context, query); });
}
ports::Answer<model::PaymentOptions> WatchedAdapter::payment_options(const Context& context,
                                                                     const SecretBytes& session,
                                                                     const model::CaseQuery& query) {
  return watched(options, [&] { return inner_->payment_options(context, session, query); });
}
ports::Answer<model::Receipt> WatchedAdapter::perform_write(const Context& context,
                                                            const SecretBytes& session,
                                                            const model::WriteOrder& order) {
  return watched(write, [&] { return inner_->perform_write(context, session, order); });
}
ports::Answer<model::Receipt> WatchedAdapter::read_receipt(const Context& context, const SecretBytes& session,
                                                           ReceiptOf kind, const model::ReceiptQuery& query) {
  return watched(receipt, [&] { return inner_->read_receipt(context, session, kind, query); });
}

void WatchedAdapter::report(ports::SystemHealth& health) const {
  const auto now = CircuitBreaker::Moment::clock::now();
  const Instant today = clock_.now();
  const std::scoped_lock lock(mutex_);
  health.breaker = ports::Breaker::closed;
  for (const Watch& watch : watches_) {
    health.breaker = std::max(health.breaker, watch.breaker.state(now));
    const auto& counters = watch.counters;
    if (counters.last_success || counters.last_failure) health.operations.push_back(counters);
  }
  if (maintenance_until_ && *maintenance_until_ > today) health.maintenance_until = maintenance_until_;
  const bool resting = health.breaker == ports::Breaker::open || health.maintenance_until.has_value();
  health.state = resting ? "resting" : "ready";
}

}  // namespace casebridge::switchboard
