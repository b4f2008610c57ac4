// StateAdapter: the door to one system of one state. Whether it is code in this process, another process or a
// machine far away, callers cannot tell. Every call may come from any thread and blocks until its deadline at
// most.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/model/adapter_messages.hpp"
#include "core/model/write_messages.hpp"

namespace casebridge::ports {

// The parent behind a call, for systems that take the gateway's word instead of a password.
struct AssertedPerson {
  std::string subject;           // our name for the person, of this system only
  Instant authenticated_at{};    // when the parent last signed in to the gateway
  int authentication_level = 1;  // AAL of NIST SP 800-63B
  int identity_level = 1;        // IAL of NIST SP 800-63A
};

struct CallContext {
  Deadline deadline;
  std::string request_id;
  std::string locale = "en";
  // False: nothing may be asked of, or sent to, a parent because of this call.
  bool interactive = false;
  // What an earlier Pending answer to the same call gave; nullptr for a first call. Lives as long as the
  // call.
  const SecretBytes* resume = nullptr;
  std::optional<AssertedPerson> person{};
};

// A call that fails answers a Trouble whose code is of the categories link, challenge, source, data or
// platform; attempts_left, retry_at and field are filled as the state reported them.
template <class T>
using Answer = Result<std::variant<T, model::Pending>>;

class StateAdapter {
 public:
  virtual ~StateAdapter() = default;
  virtual Answer<model::AuthStep> auth_begin(const CallContext&, const model::AuthBegin&) = 0;
  virtual Answer<model::AuthStep> auth_continue(const CallContext&, const SecretBytes& resume,
                                                const model::AuthAnswer&) = 0;
  // Ends the session at the state. A state that no longer knows it counts as success.
  virtual Result<void> auth_end(const CallContext&, const SecretBytes& session) = 0;
  virtual Answer<model::CaseList> list_cases(const CallContext&, const SecretBytes& session) = 0;
  virtual Answer<model::CaseContent> read_case(const CallContext&, const SecretBytes& session,
                                               const model::CaseReadQuery&) = 0;
  virtual Answer<model::DocumentContent> read_document(const CallContext&, const SecretBytes& session,
                                                       const std::string& case_key,
                                                       const std::string& key) = 0;
  virtual Answer<model::Profile> read_profile(const CallContext&, const SecretBytes& session) = 0;

  // What not every system can do; those that cannot answer not_supported.
  // The first step towards an account of the state's; others go through auth_continue.
  virtual Answer<model::AuthStep> enrol_begin(const CallContext&, const model::AuthBegin&) {
    return trouble(TroubleCode::not_supported);
  }
  virtual Answer<model::RecoveryAnswer> recover_credential(const CallContext&, const model::RecoveryQuery&) {
    return trouble(TroubleCode::not_supported);
  }
  virtual Answer<model::PaymentOptions> payment_options(const CallContext&, const SecretBytes&,
                                                        const model::CaseQuery&) {
    return trouble(TroubleCode::not_supported);
  }
  // Has one effect for one write_id, however often it is called.
  virtual Answer<model::Receipt> perform_write(const CallContext&, const SecretBytes&,
                                               const model::WriteOrder&) {
    return trouble(TroubleCode::not_supported);
  }
  enum class ReceiptOf { payment, request };
  virtual Answer<model::Receipt> read_receipt(const CallContext&, const SecretBytes&, ReceiptOf,
                                              const model::ReceiptQuery&) {
    return trouble(TroubleCode::not_supported);
  }
};

}  // namespace casebridge::ports
