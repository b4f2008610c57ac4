// The adapter for QUICK-like case queries: its operations, put together from sign-in, readers and requests.
#include "plugins/sdk/adapter.hpp"

#include "plugins/kansas_quick/case_content.hpp"
#include "plugins/kansas_quick/exchange.hpp"
#include "plugins/kansas_quick/sign_in.hpp"
#include "plugins/sdk/export.hpp"

namespace casebridge::kansas_quick {
namespace {

using sdk::Answer;
using sdk::Call;

class KansasQuick final : public sdk::Adapter {
 public:
  Answer<sdk::Done> configure(const sdk::Host&, const sdk::Settings& settings) override {
    endpoint_.path = settings.text("path").value_or("");
    endpoint_.state = settings.text("state").value_or(endpoint_.state);
    endpoint_.time_zone = settings.text("time_zone").value_or(endpoint_.time_zone);
    Asker& asker = endpoint_.asker;
    asker.system_user_id = settings.text("system_user_id").value_or(asker.system_user_id);
    asker.requestor_id = settings.text("requestor_id").value_or(asker.requestor_id);
    asker.fips = settings.text("asking_fips").value_or(asker.fips);
    if (const auto deadline = settings.number("deadline_ms"))
      endpoint_.deadline = std::chrono::milliseconds{*deadline};
    return sdk::Done{};
  }

  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_session(call, endpoint_, begin);
  }

  // The state holds no session that could be ended.
  Answer<sdk::Done> auth_end(Call&, const SecretBytes&) override { return sdk::Done{}; }

  Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session) override {
    SDK_TRY(const Exchange exchange, with_session(call, endpoint_, session));
    return fetch_list(exchange);
  }

  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    SDK_TRY(const Exchange exchange, with_session(call, endpoint_, session));
    return fetch_case(exchange, query);
  }

 private:
  Endpoint endpoint_;
};

}  // namespace
}  // namespace casebridge::kansas_quick

CASEBRIDGE_EXPORT_ADAPTER(casebridge::kansas_quick::KansasQuick, "kansas_quick", "1.0.0");
