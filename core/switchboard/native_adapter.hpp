// NativeAdapter: one system whose adapter is a library in this process. Encodes, calls on a bounded thread,
// checks, decodes; whatever the library does wrong becomes a trouble of this system alone.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/ports/state_adapter.hpp"
#include "core/switchboard/call_pool.hpp"
#include "core/switchboard/host_services.hpp"
#include "core/switchboard/manifest.hpp"
#include "core/switchboard/payload_schemas.hpp"
#include "core/switchboard/plugin_loader.hpp"

namespace casebridge::switchboard {

struct NativeSetting {
  std::string system;
  std::string settings_json = "{}";
  std::chrono::milliseconds grace{1000};
  HostServices::Parts services;
};

class NativeAdapter final : public ports::StateAdapter {
 public:
  // Makes and configures one instance. Trouble adapter_fault or internal with the reason in words.
  static Result<std::unique_ptr<NativeAdapter>> make(const LoadedPlugin& plugin, const Manifest& manifest,
                                                     NativeSetting setting);
  ~NativeAdapter() override;

  ports::Answer<model::AuthStep> auth_begin(const ports::CallContext&, const model::AuthBegin&) override;
  ports::Answer<model::AuthStep> auth_continue(const ports::CallContext&, const SecretBytes& resume,
                                               const model::AuthAnswer&) override;
  Result<void> auth_end(const ports::CallContext&, const SecretBytes& session) override;
  ports::Answer<model::CaseList> list_cases(const ports::CallContext&, const SecretBytes& session) override;
  ports::Answer<model::CaseContent> read_case(const ports::CallContext&, const SecretBytes& session,
                                              const model::CaseReadQuery&) override;
  ports::Answer<model::DocumentContent> read_document(const ports::CallContext&, const SecretBytes& session,
                                                      const std::string& case_key,
                                                      const std::string& key) override;
  ports::Answer<model::Profile> read_profile(const ports::CallContext&, const SecretBytes& session) override;
  ports::Answer<model::AuthStep> enrol_begin(const ports::CallContext&, const model::AuthBegin&) override;
  ports::Answer<model::RecoveryAnswer> recover_credential(const ports::CallContext&,
                                                          const model::RecoveryQuery&) override;
  ports::Answer<model::PaymentOptions> payment_options(const ports::CallContext&, const SecretBytes& session,
                                                       const model::CaseQuery&) override;
  ports::Answer<model::Receipt> perform_write(const ports::CallContext&, const SecretBytes& session,
                                              const model::WriteOrder&) override;
  ports::Answer<model::Receipt> read_receipt(const ports::CallContext&, const SecretBytes& session, ReceiptOf,
                                             const model::ReceiptQuery&) override;

  struct Instance;  // the library's object and what it uses; outlives this one while a call hangs
  struct Exchange;  // one call: what goes in, what comes out

 private:
  NativeAdapter(std::shared_ptr<Instance> instance, int threads, std::chrono::milliseconds grace)
      : instance_(std::move(instance)), pool_(threads, grace) {}
  // Runs the exchange on a thread of this system; troubles that are the host's own to find.
  Result<void> perform(const ports::CallContext& context, const std::shared_ptr<Exchange>& exchange);
  Result<std::shared_ptr<Exchange>> invoke(const ports::CallContext& context, std::string operation,
                                           const SecretBytes& session, SecretBytes input);

  // An operation by name, its input and its result checked against their schemas.
  struct Question {
    std::string_view operation, input_schema;
    const char* output_schema;
  };
  template <class T>
  ports::Answer<T> ask(const ports::CallContext& context, const Question& question,
                       const SecretBytes& session, SecretBytes input, Result<T> (*decode)(std::string_view));

  std::shared_ptr<Instance> instance_;
  CallPool pool_;
};

}  // namespace casebridge::switchboard
