// The adapter for Ohio's CSENet access: its operations, put together from sign-in, dialogue,
// readers and orders.
#include "plugins/sdk/adapter.hpp"

#include "plugins/ohio_csenet/case_content.hpp"
#include "plugins/ohio_csenet/orders.hpp"
#include "plugins/ohio_csenet/sign_in.hpp"
#include "plugins/sdk/export.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;
using sdk::Answer;
using sdk::Call;

class OhioCsenet final : public sdk::Adapter {
 public:
  Answer<sdk::Done> configure(const sdk::Host&, const sdk::Settings& settings) override {
    const auto page = code_page_of(settings.text("code_page").value_or(""));
    const auto sign = amount_sign_of(settings.text("amount_sign").value_or(""));
    if (!page || !sign) return sdk::refuse(Outcome::bug, "settings");
    endpoint_.base_path = settings.text("base_path").value_or("");
    endpoint_.gateway_locator = settings.text("gateway_locator").value_or("");
    endpoint_.writing = {*page, *sign};
    if (const auto ms = settings.number("call_deadline_ms"))
      endpoint_.deadline = std::chrono::milliseconds{*ms};
    return sdk::Done{};
  }

  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_session(Exchange(call, endpoint_, nullptr), begin);
  }

  Answer<sdk::Done> auth_end(Call& call, const SecretBytes& session) override {
    const auto open = Session::open(session);
    if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
    return end_session(Exchange(call, endpoint_, &*open));
  }

  // A session is about one case, and the sign-in has said which: nothing needs to be asked.
  Answer<model::CaseList> list_cases(Call&, const SecretBytes& session) override {
    const auto open = Session::open(session);
    if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
    return model::CaseList{{{open->case_number}}};
  }

  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    const auto open = Session::open(session);
    if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
    return fetch_case(Exchange(call, endpoint_, &*open), query);
  }

  Answer<model::Profile> read_profile(Call& call, const SecretBytes& session) override {
    const auto open = Session::open(session);
    if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
    return fetch_profile(Exchange(call, endpoint_, &*open));
  }

  // A PIN is given by a case worker and by nobody else.
  Answer<model::RecoveryAnswer> recover_credential(Call&, const model::RecoveryQuery& query) override {
    if (query.what != "pin") return sdk::refuse(Outcome::not_supported);
    return model::RecoveryAnswer{"contact_agency", "", {}};
  }

  Answer<model::Receipt> update_contact(Call& call, const SecretBytes& session,
                                        const model::ContactUpdate& order) override {
    return in_session(call, session, order, ohio_csenet::update_contact);
  }

  Answer<model::Receipt> send_message(Call& call, const SecretBytes& session,
                                      const model::MessageOrder& order) override {
    return in_session(call, session, order, ohio_csenet::send_message);
  }

  Answer<model::Receipt> create_request(Call& call, const SecretBytes& session,
                                        const model::RequestOrder& order) override {
    return in_session(call, session, order, ohio_csenet::create_request);
  }

  Answer<model::Receipt> read_request(Call& call, const SecretBytes& session,
                                      const model::ReceiptQuery& query) override {
    return in_session(call, session, query, ohio_csenet::read_request);
  }

 private:
  template <class Order>
  Answer<model::Receipt> in_session(Call& call, const SecretBytes& session, const Order& order,
                                    Answer<model::Receipt> (*perform)(const Exchange&, const Order&)) const {
    const auto open = Session::open(session);
    if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
    return perform(Exchange(call, endpoint_, &*open), order);
  }

  Endpoint endpoint_;
};

}  // namespace
}  // namespace casebridge::ohio_csenet

CASEBRIDGE_EXPORT_ADAPTER(casebridge::ohio_csenet::OhioCsenet, "ohio_csenet", "1.0.0");
