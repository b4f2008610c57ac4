// The adapter for Customer Connect style portals: its operations, put together from sign-in, readers and
// writes.
#include "plugins/sdk/adapter.hpp"

#include "plugins/california_connect/case_content.hpp"
#include "plugins/california_connect/exchange.hpp"
#include "plugins/california_connect/sign_in.hpp"
#include "plugins/california_connect/writes.hpp"
#include "plugins/sdk/export.hpp"

namespace casebridge::california_connect {
namespace {

using sdk::Answer;
using sdk::Call;

class CaliforniaConnect final : public sdk::Adapter {
 public:
  Answer<sdk::Done> configure(const sdk::Host&, const sdk::Settings& settings) override {
    endpoint_.base_path = settings.text("base_path").value_or("");
    endpoint_.state = settings.text("state").value_or(endpoint_.state);
    endpoint_.time_zone = settings.text("time_zone").value_or(endpoint_.time_zone);
    endpoint_.zone_mark = settings.text("zone_mark").value_or(endpoint_.zone_mark);
    if (const auto idle = settings.number("idle_s")) endpoint_.idle = std::chrono::seconds{*idle};
    shorten(endpoint_.page_deadline, settings.number("page_deadline_ms"));
    shorten(endpoint_.fetch_deadline, settings.number("fetch_deadline_ms"));
    return sdk::Done{};
  }

  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_session(call, endpoint_, begin);
  }

  Answer<model::AuthStep> auth_continue(Call& call, const SecretBytes& resume,
                                        const model::AuthAnswer& answer) override {
    return continue_session(call, endpoint_, resume, answer);
  }

  Answer<sdk::Done> auth_end(Call& call, const SecretBytes& session) override {
    return with(call, session).leave();
  }

  Answer<model::RecoveryAnswer> recover_credential(Call& call, const model::RecoveryQuery& query) override {
    return request_pin(call, endpoint_, query);
  }

  Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session) override {
    Exchange exchange = with(call, session);
    return fetch_list(exchange);
  }

  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    Exchange exchange = with(call, session);
    return fetch_case(exchange, query);
  }

  Answer<model::DocumentContent> read_document(Call& call, const SecretBytes& session,
                                               const std::string& case_key, const std::string& key) override {
    Exchange exchange = with(call, session);
    return fetch_document(exchange, case_key, key);
  }

  Answer<model::Profile> read_profile(Call& call, const SecretBytes& session) override {
    Exchange exchange = with(call, session);
    return fetch_profile(exchange);
  }

  Answer<model::Receipt> update_contact(Call& call, const SecretBytes& session,
                                        const model::ContactUpdate& order) override {
    Exchange exchange = with(call, session);
    return california_connect::update_contact(exchange, order);
  }

  Answer<model::Receipt> send_message(Call& call, const SecretBytes& session,
                                      const model::MessageOrder& order) override {
    Exchange exchange = with(call, session);
    return california_connect::send_message(exchange, order);
  }

  Answer<model::Receipt> create_request(Call& call, const SecretBytes& session,
                                        const model::RequestOrder& order) override {
    Exchange exchange = with(call, session);
    return california_connect::create_request(exchange, order);
  }

 private:
  static void shorten(std::chrono::milliseconds& deadline, std::optional<std::int64_t> setting_ms) {
    if (setting_ms) deadline = std::chrono::milliseconds{*setting_ms};
  }

  Exchange with(Call& call, const SecretBytes& session) const {
    return Exchange(call, endpoint_, sdk::Cookies(session.clone()));
  }

  Endpoint endpoint_;
};

}  // namespace
}  // namespace casebridge::california_connect

CASEBRIDGE_EXPORT_ADAPTER(casebridge::california_connect::CaliforniaConnect, "california_connect", "1.0.0");
