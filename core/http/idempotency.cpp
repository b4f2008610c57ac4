// The fingerprint is keyed, because a body may hold a short code that a plain digest would give away.
#include "core/http/idempotency.hpp"

#include <algorithm>

namespace casebridge::http {
namespace {

constexpr std::size_t key_size_min = 8, key_size_max = 128;
// A request that runs longer was cut off by a crash. Its action may be begun again: each one is guarded by a
// sequence number or joins what runs already.
constexpr std::chrono::minutes running_at_most{10};

bool is_key(std::string_view text) {
  return text.size() >= key_size_min && text.size() <= key_size_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// Kept as the place the answer names, a line end, then the body.
std::string packed(const Response& response) {
  return std::string(response.field("location")) + '\n' + response.body();
}

Response unpacked(const ports::StoredAnswer& stored) {
  const std::size_t end = std::min(stored.body.find('\n'), stored.body.size());
  const std::string_view media = stored.status >= 400 ? media_problem : media_json;
  std::string body = end < stored.body.size() ? stored.body.substr(end + 1) : std::string();
  Response response =
      body.empty() ? Response(stored.status) : Response(stored.status, media, std::move(body));
  if (end > 0) response.set("Location", stored.body.substr(0, end));
  response.set("Idempotency-Replayed", "true");
  return response;
}

bool worth_another_try(int status) { return status == 429 || status >= 500; }

}  // namespace

Result<Response> IdempotentAnswers::run(const Request& request, std::string_view account,
                                        const std::function<Response()>& action) {
  const std::string key(request.head.field("idempotency-key").value_or(""));
  if (!is_key(key)) return trouble(TroubleCode::idempotency_key_missing, "8 to 128 visible characters");
  std::string asked =
      std::string(name_of(request.head.method)) + '\n' + request.head.path + '\n' + request.body;
  const std::string fingerprint = vault_.fingerprint("idempotent-request", asked);
  wipe(asked);
  const std::string scope(account);
  CASEBRIDGE_TRY(const auto stored, reserve(scope, key, fingerprint));
  if (stored) {
    if (stored->fingerprint != fingerprint) return trouble(TroubleCode::idempotency_key_reused);
    if (stored->status == 0) return trouble(TroubleCode::idempotency_in_progress);
    return unpacked(*stored);
  }
  Response response = action();
  // What the action did has happened; an answer that cannot be kept is still the answer.
  if (const auto kept = keep(scope, key, response); !kept) response.set("Idempotency-Kept", "false");
  return response;
}

Result<std::optional<ports::StoredAnswer>> IdempotentAnswers::reserve(const std::string& account,
                                                                      const std::string& key,
                                                                      const std::string& fingerprint) {
  std::optional<ports::StoredAnswer> stored;
  CASEBRIDGE_CHECK(store_.write([&](ports::Transaction& transaction) -> Result<void> {
    ports::IdempotencyStore& answers = transaction.idempotency();
    const ports::StoredAnswer running{fingerprint, 0, {}, clock_.now()};
    CASEBRIDGE_TRY(stored, answers.reserve(account, key, running));
    const bool abandoned =
        stored && stored->status == 0 && clock_.now() - stored->created_at > running_at_most;
    if (!abandoned || stored->fingerprint != fingerprint) return {};
    CASEBRIDGE_CHECK(answers.release(account, key));
    CASEBRIDGE_TRY(stored, answers.reserve(account, key, running));
    return {};
  }));
  return stored;
}

Result<void> IdempotentAnswers::keep(const std::string& account, const std::string& key,
                                     const Response& response) {
  return store_.write([&](ports::Transaction& transaction) -> Result<void> {
    if (worth_another_try(response.status())) return transaction.idempotency().release(account, key);
    return transaction.idempotency().complete(account, key, response.status(), packed(response));
  });
}

}  // namespace casebridge::http
