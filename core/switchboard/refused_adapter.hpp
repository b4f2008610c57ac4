// RefusedAdapter: stands for a system whose adapter could not be used; the rest of the gateway goes on.
#pragma once

#include "core/ports/state_adapter.hpp"

namespace casebridge::switchboard {

class RefusedAdapter final : public ports::StateAdapter {
 public:
  using Context = ports::CallContext;
  ports::Answer<model::AuthStep> auth_begin(const Context&, const model::AuthBegin&) override {
    return refused();
  }
  ports::Answer<model::AuthStep> auth_continue(const Context&, const SecretBytes&,
                                               const model::AuthAnswer&) override {
    return refused();
  }
  Result<void> auth_end(const Context&, const SecretBytes&) override { return refused(); }
  ports::Answer<model::CaseList> list_cases(const Context&, const SecretBytes&) override { return refused(); }
  ports::Answer<model::CaseContent> read_case(const Context&, const SecretBytes&,
                                              const model::CaseReadQuery&) override {
    return refused();
  }
  ports::Answer<model::DocumentContent> read_document(const Context&, const SecretBytes&, const std::string&,
                                                      const std::string&) override {
    return refused();
  }
  ports::Answer<model::Profile> read_profile(const Context&, const SecretBytes&) override {
    return refused();
  }
  ports::Answer<model::AuthStep> enrol_begin(const Context&, const model::AuthBegin&) override {
    return refused();
  }
  ports::Answer<model::RecoveryAnswer> recover_credential(const Context&,
                                                          const model::RecoveryQuery&) override {
    return refused();
  }
  ports::Answer<model::PaymentOptions> payment_options(const Context&, const SecretBytes&,
                                                       const model::CaseQuery&) override {
    return refused();
  }
  ports::Answer<model::Receipt> perform_write(const Context&, const SecretBytes&,
                                              const model::WriteOrder&) override {
    return refused();
  }
  ports::Answer<model::Receipt> read_receipt(const Context&, const SecretBytes&, ReceiptOf,
                                             const model::ReceiptQuery&) override {
    return refused();
  }

 private:
  // The reason is for operators, in the log and the status; a parent's app learns that it is ours to mend.
  static Trouble refused() {
    return trouble(TroubleCode::adapter_fault, "the adapter of this system was refused");
  }
};

}  // namespace casebridge::switchboard
