// One exchange for one question; nothing is repeated, nothing is followed.
#include "core/switchboard/key_server_client.hpp"

#include "core/base/text.hpp"
#include "core/switchboard/private_file.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t key_answer_bytes_max = 64 * 1024, token_bytes_max = 8 * 1024;

Result<SecretBytes> read_token(const std::string& file) {
  CASEBRIDGE_TRY(const SecretBytes content, read_private_file(file, token_bytes_max));
  return SecretBytes::copy_of(text::trim(content.reveal().substr(0, content.reveal().find('\n'))));
}

Trouble no_answer() { return trouble(TroubleCode::dependency_failed, "the key server does not answer"); }

}  // namespace

Result<std::unique_ptr<ports::KeyServer>> KeyServerClient::open(const ports::KeyServerSettings& settings) {
  const auto origin = Origin::parse(settings.origin);
  if (!origin || (!origin->tls && !origin->is_loopback()))
    return field_trouble("vault.kms.url", "expected https://HOST[:PORT]; plain http on this machine only");
  HttpRules rules;
  rules.origins = {*origin};
  rules.ca_file = settings.ca_file;
  rules.identity = {settings.certificate_file, settings.key_file};
  rules.connect_timeout = settings.timeout;
  rules.answer_bytes_max = key_answer_bytes_max;
  const bool shows_bearer = !settings.token_file.empty();
  if (shows_bearer) {
    auto token = read_token(settings.token_file);
    if (!token) return field_trouble("vault.kms.token_file", token.error().detail);
    rules.secrets.emplace("bearer", std::move(*token));
  }
  auto client = HttpClient::make(std::move(rules));
  if (!client) return field_trouble("vault.kms", client.error().detail);
  return std::unique_ptr<ports::KeyServer>(
      new KeyServerClient(std::move(*client), shows_bearer, settings.timeout));
}

Result<ports::KeyServerAnswer> KeyServerClient::ask(std::string_view method, std::string_view target,
                                                    const SecretBytes& body) {
  if (breaker_.enter(CircuitBreaker::Moment::clock::now())) return no_answer();
  HttpQuery query;
  query.method = method;
  query.target = target;
  query.body = body.reveal();
  query.timeout = timeout_;
  if (!body.empty()) query.headers.emplace_back("Content-Type", "application/json");
  if (shows_bearer_) query.headers.emplace_back("Authorization", "Bearer ${secret:bearer}");
  query.secrets_in_headers = shows_bearer_;
  HttpAnswer answer;
  const std::int32_t code = client_->exchange(query, Deadline{timeout_}, answer);
  // A server that answers 500 and up, or asks for a slower pace, is as little use as a silent one.
  const bool useful = code == CASEBRIDGE_HTTP_OK && answer.status < 500 && answer.status != 429;
  breaker_.done(useful, CircuitBreaker::Moment::clock::now());
  if (code != CASEBRIDGE_HTTP_OK) return no_answer();
  return ports::KeyServerAnswer{static_cast<int>(answer.status), SecretBytes::take(answer.body)};
}

}  // namespace casebridge::switchboard
