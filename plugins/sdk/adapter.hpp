// Adapter: the class that an author writes. Override what the system can do; the rest answers not_supported.
#pragma once

#include <string>

#include "core/model/adapter_messages.hpp"
#include "core/model/write_messages.hpp"
#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/http.hpp"

namespace casebridge::sdk {

// Methods may be called from several threads at once, up to the manifest's concurrency.max; after `configure`
// an adapter should not change itself. They may throw: the border reports a bug, and what() goes nowhere.
class Adapter {
 public:
  virtual ~Adapter() = default;

  // Once, before any call. A refusal keeps the system from being offered.
  virtual Answer<Done> configure(const Host& host, const Settings& settings);

  virtual Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin);
  virtual Answer<model::AuthStep> auth_continue(Call& call, const SecretBytes& resume,
                                                const model::AuthAnswer& answer);
  // A session that the state no longer knows is Done.
  virtual Answer<Done> auth_end(Call& call, const SecretBytes& session);

  virtual Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session);
  // One DatasetAnswer for each dataset asked for: a trouble in one does not spoil the others.
  virtual Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                               const model::CaseReadQuery& query);
  virtual Answer<model::DocumentContent> read_document(Call& call, const SecretBytes& session,
                                                       const std::string& case_key, const std::string& key);
  virtual Answer<model::Profile> read_profile(Call& call, const SecretBytes& session);
  virtual Answer<model::PaymentOptions> payment_options(Call& call, const SecretBytes& session,
                                                        const std::string& case_key);

  // An account at the state for a person who has none: the first step, others go through auth_continue.
  // `begin` is as in auth_begin, with the fields of the system's enrolment form.
  virtual Answer<model::AuthStep> enrol_begin(Call& call, const model::AuthBegin& begin);
  // The same answer whether the account exists or not.
  virtual Answer<model::RecoveryAnswer> recover_credential(Call& call, const model::RecoveryQuery& query);

  // Writes. Each order has a write_id: send it to the state as its idempotency key, repeat a lost answer once
  // with the same id and the same octets, and answer `unknown` where even then nobody can say.
  virtual Answer<model::Receipt> update_contact(Call& call, const SecretBytes& session,
                                                const model::ContactUpdate& order);
  virtual Answer<model::Receipt> create_payment(Call& call, const SecretBytes& session,
                                                const model::PaymentOrder& order);
  virtual Answer<model::Receipt> read_payment(Call& call, const SecretBytes& session,
                                              const model::ReceiptQuery& query);
  virtual Answer<model::Receipt> add_payment_method(Call& call, const SecretBytes& session,
                                                    const model::PaymentMethodOrder& order);
  virtual Answer<model::Receipt> remove_payment_method(Call& call, const SecretBytes& session,
                                                       const model::PaymentMethodRemoval& order);
  virtual Answer<model::Receipt> create_recurring(Call& call, const SecretBytes& session,
                                                  const model::RecurringOrder& order);
  virtual Answer<model::Receipt> cancel_recurring(Call& call, const SecretBytes& session,
                                                  const model::RecurringCancel& order);
  virtual Answer<model::Receipt> send_message(Call& call, const SecretBytes& session,
                                              const model::MessageOrder& order);
  virtual Answer<model::Receipt> upload_document(Call& call, const SecretBytes& session,
                                                 const model::DocumentUpload& order);
  virtual Answer<model::Receipt> create_request(Call& call, const SecretBytes& session,
                                                const model::RequestOrder& order);
  virtual Answer<model::Receipt> read_request(Call& call, const SecretBytes& session,
                                              const model::ReceiptQuery& query);
};

// For read_case: how one dataset ended.
model::DatasetAnswer content(model::Dataset dataset, model::Records records, Known<model::Date> as_of = {});
model::DatasetAnswer unsupported(model::Dataset dataset);
model::DatasetAnswer failed(model::Dataset dataset, const model::Refusal& why);

}  // namespace casebridge::sdk
