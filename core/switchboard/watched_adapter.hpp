// WatchedAdapter: counts what becomes of the calls to a system, spares one that does not answer, and knows
// when its silence was announced.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/ports/systems.hpp"
#include "core/switchboard/breaker.hpp"
#include "core/switchboard/maintenance.hpp"

namespace casebridge::switchboard {

class WatchedAdapter final : public ports::StateAdapter {
 public:
  using Context = ports::CallContext;
  // `clock` must outlive this object.
  WatchedAdapter(std::string system, std::unique_ptr<ports::StateAdapter> inner, BreakerRules rules,
                 MaintenancePlan maintenance, const Clock& clock, Log log);

  ports::Answer<model::AuthStep> auth_begin(const Context&, const model::AuthBegin&) override;
  ports::Answer<model::AuthStep> auth_continue(const Context&, const SecretBytes&,
                                               const model::AuthAnswer&) override;
  Result<void> auth_end(const Context&, const SecretBytes&) override;
  ports::Answer<model::CaseList> list_cases(const Context&, const SecretBytes&) override;
  ports::Answer<model::CaseContent> read_case(const Context&, const SecretBytes&,
                                              const model::CaseReadQuery&) override;
  ports::Answer<model::DocumentContent> read_document(const Context&, const SecretBytes&, const std::string&,
                                                      const std::string&) override;
  ports::Answer<model::Profile> read_profile(const Context&, const SecretBytes&) override;
  ports::Answer<model::AuthStep> enrol_begin(const Context&, const model::AuthBegin&) override;
  ports::Answer<model::RecoveryAnswer> recover_credential(const Context&,
                                                          const model::RecoveryQuery&) override;
  ports::Answer<model::PaymentOptions> payment_options(const Context&, const SecretBytes&,
                                                       const model::CaseQuery&) override;
  ports::Answer<model::Receipt> perform_write(const Context&, const SecretBytes&,
                                              const model::WriteOrder&) override;
  ports::Answer<model::Receipt> read_receipt(const Context&, const SecretBytes&, ReceiptOf,
                                             const model::ReceiptQuery&) override;

  // Fills breaker, maintenance and operations; operations that were never called are left out.
  void report(ports::SystemHealth& health) const;
  // Of the planned window in which `now` lies.
  std::optional<Instant> maintenance_end(Instant now) const { return maintenance_.end_of_window(now); }

 private:
  struct Watch {
    explicit Watch(std::string_view operation, BreakerRules rules) : breaker(rules) {
      counters.operation = operation;
    }
    CircuitBreaker breaker;
    ports::OperationHealth counters;  // under mutex_
  };
  enum Operation {
    begin,
    answer,
    end,
    list,
    read,
    document,
    profile,
    enrol,
    recover,
    options,
    write,
    receipt
  };
  template <class Call>
  auto watched(Operation operation, Call&& call) -> decltype(call());
  template <class T>
  Result<T> explained(Result<T> result) const;
  void note(Watch& watch, const Trouble* trouble, std::chrono::milliseconds took);

  const std::string system_;
  const std::unique_ptr<ports::StateAdapter> inner_;
  const MaintenancePlan maintenance_;
  const Clock& clock_;
  const Log log_;
  mutable std::mutex mutex_;
  std::array<Watch, 12> watches_;
  std::optional<Instant> maintenance_until_{};
};

}  // namespace casebridge::switchboard
