// The adapter for Georgia's nightly files: its operations, put together from sign-in, kept cases and
// requests.
#include "plugins/sdk/adapter.hpp"

#include "plugins/georgia_batch/case_content.hpp"
#include "plugins/georgia_batch/sign_in.hpp"
#include "plugins/georgia_batch/writes.hpp"
#include "plugins/sdk/export.hpp"

namespace casebridge::georgia_batch {
namespace {

using sdk::Answer;
using sdk::Call;

class GeorgiaBatch final : public sdk::Adapter {
 public:
  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_session(call, begin);
  }

  Answer<model::AuthStep> enrol_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_enrolment(call, begin);
  }

  Answer<model::AuthStep> auth_continue(Call& call, const SecretBytes& resume,
                                        const model::AuthAnswer& answer) override {
    return continue_enrolment(call, resume, answer);
  }

  Answer<sdk::Done> auth_end(Call& call, const SecretBytes& session) override {
    return end_session(call, session);
  }

  Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session) override {
    return list_linked_case(call, session);
  }

  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    return fetch_case(call, session, query);
  }

  Answer<model::Receipt> update_contact(Call& call, const SecretBytes& session,
                                        const model::ContactUpdate& order) override {
    return order_contact(call, session, order);
  }

  Answer<model::Receipt> send_message(Call& call, const SecretBytes& session,
                                      const model::MessageOrder& order) override {
    return order_message(call, session, order);
  }

  Answer<model::Receipt> create_request(Call& call, const SecretBytes& session,
                                        const model::RequestOrder& order) override {
    return order_request(call, session, order);
  }

  Answer<model::Receipt> read_request(Call& call, const SecretBytes& session,
                                      const model::ReceiptQuery& query) override {
    return ask_receipt(call, session, query);
  }
};

}  // namespace
}  // namespace casebridge::georgia_batch

CASEBRIDGE_EXPORT_ADAPTER(casebridge::georgia_batch::GeorgiaBatch, "georgia_batch", "1.0.0");
