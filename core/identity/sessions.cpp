// Opens and finds sessions; what is stored cannot be turned back into a token.
#include "core/identity/sessions.hpp"

#include <utility>
#include <vector>

#include "core/base/crypto.hpp"
#include "core/identity/network_prefix.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t device_octets_max = 200;

SecretBytes new_token() {
  std::string text = crypto::random_token();
  return SecretBytes::take(text);
}

// Room for one more.
Result<void> end_oldest(ports::SessionStore& sessions, const AccountId& account, std::size_t most) {
  CASEBRIDGE_TRY(const std::vector<ports::Session> newest_first, sessions.list(account));
  for (std::size_t i = most == 0 ? 0 : most - 1; i < newest_first.size(); ++i)
    CASEBRIDGE_CHECK(sessions.remove(account, newest_first[i].id));
  return {};
}

}  // namespace

std::string digest_of(std::string_view token) {
  const crypto::Digest digest = crypto::sha256(token);
  return crypto::hex(digest);
}

SecretBytes csrf_token_of(const SecretBytes& session_token) {
  const crypto::Digest digest = crypto::hmac_sha256(session_token, "casebridge anti-forgery");
  std::string text = crypto::base64url(digest);
  return SecretBytes::take(text);
}

std::string shortened_agent(const std::string& user_agent) {
  if (user_agent.size() <= device_octets_max) return user_agent;
  std::size_t size = device_octets_max;
  while (size > 0 && (static_cast<unsigned char>(user_agent[size]) & 0xC0U) == 0x80U) --size;
  return user_agent.substr(0, size);
}

std::string coarse_address(std::string_view address) { return network_prefix(address, 24, 48); }

std::chrono::seconds idle_of(const ports::Session& session, const SessionSettings& settings) {
  return session.role == ports::role_operator ? settings.operator_idle : settings.idle;
}

bool has_ended(const ports::Session& session, Instant now, const SessionSettings& settings) {
  return now >= session.absolute_end || now >= session.last_seen_at + idle_of(session, settings);
}

Result<SignedIn> open_session(ports::SessionStore& sessions, const ports::Account& account,
                              const std::string& transport, const SessionProof& proof,
                              const model::Origin& origin, Instant now, const SessionSettings& settings) {
  CASEBRIDGE_CHECK(end_oldest(sessions, account.id, settings.per_account_max));
  SecretBytes token = new_token();
  SecretBytes csrf = transport == "cookie" ? csrf_token_of(token) : SecretBytes();
  ports::Session session{.id = SessionId::make(now),
                         .account = account.id,
                         .token_digest = digest_of(token.reveal()),
                         .transport = transport,
                         .csrf_digest = csrf.empty() ? std::string() : digest_of(csrf.reveal()),
                         .assurance = proof.assurance,
                         .created_at = now,
                         .authenticated_at = proof.at,
                         .last_seen_at = now,
                         .absolute_end = proof.absolute_end.value_or(now + settings.absolute),
                         .device = shortened_agent(origin.user_agent),
                         .address = coarse_address(origin.address),
                         .locale = account.locale,
                         .role = account.role};
  CASEBRIDGE_CHECK(sessions.insert(session));
  return SignedIn{std::move(token), std::move(csrf), std::move(session)};
}

Result<std::optional<ports::Session>> session_of(ports::SessionStore& sessions, const model::Caller& caller) {
  CASEBRIDGE_TRY(std::vector<ports::Session> all, sessions.list(caller.account));
  std::optional<ports::Session> found;
  for (ports::Session& session : all)
    if (session.id == caller.session) found = std::move(session);
  return found;
}

Result<ports::FoundSession> find_session(ports::SessionStore& sessions, std::string_view token,
                                         std::string_view transport, Instant now,
                                         const SessionSettings& settings) {
  CASEBRIDGE_TRY(std::optional<ports::FoundSession> found, sessions.find_by_digest(digest_of(token)));
  if (!found || found->session.transport != transport) return trouble(TroubleCode::token_invalid);
  if (has_ended(found->session, now, settings)) return trouble(TroubleCode::token_expired);
  return std::move(*found);
}

}  // namespace casebridge::identity
