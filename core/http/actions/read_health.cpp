// GET /health/live and /health/ready, for whoever restarts or routes.
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"
#include "core/ports/vault_health.hpp"

namespace casebridge::http::actions {

Result<Response> read_live(const Call&) {
  return json(200, encode::body_of([](JsonText& json) { json.text("status", "live"); }));
}

Result<Response> read_ready(const Call& call) {
  const bool ready = call.use.desk.store.check().has_value();
  const auto* const vault = dynamic_cast<const ports::VaultHealth*>(&call.use.desk.vault);
  const bool opens = vault == nullptr || vault->works();
  return json(ready ? 200 : 503, encode::body_of([&](JsonText& json) {
                json.text("status", ready ? "ready" : "not_ready");
                // Without its keys the gateway still serves what needs none, so it stays ready.
                json.object("checks").text("database", ready ? "ok" : "failed");
                json.text("vault", opens ? "ok" : "failed").end_object();
              }));
}

}  // namespace casebridge::http::actions
