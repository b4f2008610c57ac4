// The adapter for Texas payment accounts: its operations, put together from sign-in, readers and
// orders.
#include "plugins/sdk/adapter.hpp"

#include "plugins/sdk/export.hpp"
#include "plugins/texas_smart/case_content.hpp"
#include "plugins/texas_smart/exchange.hpp"
#include "plugins/texas_smart/orders.hpp"
#include "plugins/texas_smart/payment_options.hpp"
#include "plugins/texas_smart/payments.hpp"
#include "plugins/texas_smart/sign_in.hpp"

namespace casebridge::texas_smart {
namespace {

using sdk::Answer;
using sdk::Call;

class TexasSmart final : public sdk::Adapter {
 public:
  Answer<sdk::Done> configure(const sdk::Host&, const sdk::Settings& settings) override {
    endpoint_.path = settings.text("path").value_or("");
    endpoint_.password_page = settings.text("password_page").value_or("");
    endpoint_.state = settings.text("state").value_or(endpoint_.state);
    endpoint_.time_zone = settings.text("time_zone").value_or(endpoint_.time_zone);
    shorten(endpoint_.deadline, settings.number("deadline_ms"));
    shorten(endpoint_.payment_deadline, settings.number("payment_deadline_ms"));
    return sdk::Done{};
  }

  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_session(Exchange(call, endpoint_, nullptr), begin);
  }

  Answer<model::AuthStep> auth_continue(Call& call, const SecretBytes& resume,
                                        const model::AuthAnswer& answer) override {
    return continue_session(Exchange(call, endpoint_, nullptr), resume, answer);
  }

  Answer<sdk::Done> auth_end(Call& call, const SecretBytes& session) override {
    return end_session(Exchange(call, endpoint_, &session));
  }

  Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session) override {
    return fetch_list(Exchange(call, endpoint_, &session));
  }

  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    return fetch_case(Exchange(call, endpoint_, &session), query);
  }

  Answer<model::DocumentContent> read_document(Call& call, const SecretBytes& session,
                                               const std::string& case_key, const std::string& key) override {
    return fetch_document(Exchange(call, endpoint_, &session), case_key, key);
  }

  Answer<model::RecoveryAnswer> recover_credential(Call& call, const model::RecoveryQuery& query) override {
    return recover(Exchange(call, endpoint_, nullptr), query);
  }

  Answer<model::PaymentOptions> payment_options(Call& call, const SecretBytes& session,
                                                const std::string& case_key) override {
    return texas_smart::payment_options(Exchange(call, endpoint_, &session), case_key);
  }

  Answer<model::Receipt> update_contact(Call& call, const SecretBytes& session,
                                        const model::ContactUpdate& order) override {
    return texas_smart::update_contact(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> create_payment(Call& call, const SecretBytes& session,
                                        const model::PaymentOrder& order) override {
    return texas_smart::create_payment(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> read_payment(Call& call, const SecretBytes& session,
                                      const model::ReceiptQuery& query) override {
    return texas_smart::read_payment(Exchange(call, endpoint_, &session), query);
  }

  Answer<model::Receipt> add_payment_method(Call& call, const SecretBytes& session,
                                            const model::PaymentMethodOrder& order) override {
    return texas_smart::add_payment_method(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> remove_payment_method(Call& call, const SecretBytes& session,
                                               const model::PaymentMethodRemoval& order) override {
    return texas_smart::remove_payment_method(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> create_recurring(Call& call, const SecretBytes& session,
                                          const model::RecurringOrder& order) override {
    return texas_smart::create_recurring(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> cancel_recurring(Call& call, const SecretBytes& session,
                                          const model::RecurringCancel& order) override {
    return texas_smart::cancel_recurring(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> create_request(Call& call, const SecretBytes& session,
                                        const model::RequestOrder& order) override {
    return texas_smart::create_request(Exchange(call, endpoint_, &session), order);
  }

 private:
  static void shorten(std::chrono::milliseconds& deadline, std::optional<std::int64_t> setting_ms) {
    if (setting_ms) deadline = std::chrono::milliseconds{*setting_ms};
  }

  Endpoint endpoint_;
};

}  // namespace
}  // namespace casebridge::texas_smart

CASEBRIDGE_EXPORT_ADAPTER(casebridge::texas_smart::TexasSmart, "texas_smart", "1.0.0");
