// Finds the session of a token and keeps it alive.
#include "core/desk/identify_caller.hpp"

#include <optional>
#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::desk {

Result<Identified> IdentifyCaller::run(const Request& request) const {
  if (request.token.empty()) return trouble(TroubleCode::token_missing);
  const Instant now = clock_.now();
  std::optional<ports::FoundSession> found;
  CASEBRIDGE_CHECK(store_.glance([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(found,
                   identity::find_session(tx.sessions(), request.token, request.transport, now, settings_));
    return {};
  }));
  ports::Session* const session = &found->session;
  if (!request.unattended && now >= session->last_seen_at + settings_.touch_every) {
    CASEBRIDGE_CHECK(
        store_.write([&](ports::Transaction& tx) { return tx.sessions().touch(session->id, now); }));
    session->last_seen_at = now;
  }
  SecretBytes csrf = session->csrf_digest.empty()
                         ? SecretBytes()
                         : identity::csrf_token_of(SecretBytes::copy_of(request.token));
  return Identified{
      {session->account, session->id, session->assurance, session->authenticated_at, session->locale},
      session->transport,
      std::move(csrf),
      session->last_seen_at + identity::idle_of(*session, settings_),
      session->absolute_end,
      found->account_version,
      session->role == ports::role_operator};
}

bool IdentifyCaller::csrf_matches(const Identified& identified, std::string_view presented) noexcept {
  if (identified.transport != "cookie") return true;  // no browser adds a bearer token by itself
  return crypto::equal(identified.csrf_token.reveal(), presented);
}

}  // namespace casebridge::desk
