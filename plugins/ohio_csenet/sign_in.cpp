// Writes the command line and reads the one-line replies.
#include "plugins/ohio_csenet/sign_in.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "plugins/ohio_csenet/refusals.hpp"
#include "plugins/ohio_csenet/request.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::AuthStep;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::size_t ssn_digits = 4;
constexpr std::size_t pin_digits = 8;
constexpr std::size_t token_size = 32;
constexpr std::int64_t session_seconds_max = 7 * 24 * 3600;

Refusal invalid(std::string field) {
  Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = std::move(field);
  return refusal;
}

const SecretBytes* typed(const model::SecretFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? nullptr : &found->second;
}

bool is_digits(const SecretBytes* field, std::size_t count) {
  return field != nullptr && field->size() == count && text::all_digits(field->reveal());
}

// The digits after a word: IDLE=1200.
std::optional<std::int64_t> seconds_after(std::string_view part, std::string_view word) {
  if (!part.starts_with(word)) return std::nullopt;
  part.remove_prefix(word.size());
  const auto value = text::all_digits(part) ? text::parse_int(part) : std::nullopt;
  return value && *value <= session_seconds_max ? value : std::nullopt;
}

bool is_token(std::string_view text) {
  return text.size() == token_size && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

// OK <token> IDLE=<s> ABS=<s>
Answer<AuthStep> signed_in(std::string_view rest, const std::string& case_number, Instant now) {
  const std::string_view token = rest.substr(0, std::min(rest.find(' '), rest.size()));
  const std::string_view ends = token.size() < rest.size() ? rest.substr(token.size() + 1) : "";
  const std::size_t blank = ends.find(' ');
  if (!is_token(token) || blank == std::string_view::npos) return sdk::drift("reply OK");
  const auto idle = seconds_after(ends.substr(0, blank), "IDLE=");
  const auto whole = seconds_after(ends.substr(blank + 1), "ABS=");
  if (!idle || !whole) return sdk::drift("reply OK");
  model::AuthDone done;
  done.session = Session{case_number, SecretBytes::copy_of(token)}.sealed_form();
  done.idle_expires_at = now + std::chrono::seconds{*idle};
  done.absolute_expires_at = now + std::chrono::seconds{*whole};
  return AuthStep{std::move(done)};
}

// CALL <digits>: the phone as a number that can be dialled.
std::optional<std::string> phone_after(std::string_view reply, std::string_view words) {
  const std::string_view digits = reply.substr(words.size());
  if (!text::all_digits(digits) || digits.size() < 5 || digits.size() > 15) return std::nullopt;
  return "+" + std::string(digits);
}

Answer<AuthStep> blocked(std::string_view reply, std::string_view words, std::string reason) {
  auto phone = phone_after(reply, words);
  if (!phone) return sdk::drift("reply CALL");
  Refusal refusal = sdk::refuse(Outcome::blocked, std::move(reason));
  refusal.phone = std::move(phone);
  if (refusal.reason == "locked") refusal.attempts_left = 0;
  return refusal;
}

Answer<AuthStep> read_step(const std::string& reply, const std::string& case_number, Instant now) {
  if (reply.starts_with("OK ")) return signed_in(std::string_view(reply).substr(3), case_number, now);
  if (reply == "NO 2" || reply == "NO 1") {
    Refusal refusal = sdk::refuse(Outcome::credential_rejected);
    refusal.attempts_left = reply.back() - '0';
    return refusal;
  }
  if (reply.starts_with("LOCKED CALL ")) return blocked(reply, "LOCKED CALL ", "locked");
  // Safety or a withdrawal: the state does not say which, and nobody may guess.
  if (reply.starts_with("NOACCESS CALL ")) return blocked(reply, "NOACCESS CALL ", "account_unavailable");
  if (const auto end = batch_end(reply, now)) {
    Refusal refusal = sdk::refuse(Outcome::maintenance);
    refusal.until = end;
    return refusal;
  }
  if (reply.starts_with("ERR 400")) return sdk::refuse(Outcome::bug, "command_refused");
  for (const std::string_view word : {"OK", "NO", "LOCKED", "NOACCESS", "BYE", "ERR"})
    if (reply == word || reply.starts_with(std::string(word) + " ")) return sdk::drift("reply");
  return sdk::refuse(Outcome::unavailable, "abend");
}

// The person is known by what the state knows: the case, and the number's end. Never in clear: a digest.
std::string subject_key(const std::string& case_number, const SecretBytes& ssn4) {
  std::string text = "oh-csenet " + case_number + " ";
  text.reserve(text.size() + ssn4.size());
  text += ssn4.reveal();
  const std::string key = crypto::hex(crypto::sha256(text));
  wipe(text);
  return key;
}

}  // namespace

Answer<AuthStep> begin_session(const Exchange& exchange, const model::AuthBegin& begin) {
  if (begin.credential_kind != "case_ssn4_pin") return sdk::refuse(Outcome::not_supported);
  const SecretBytes* const number = typed(begin.fields, "case_number");
  const std::string case_number = number == nullptr ? std::string() : case_key_of(number->reveal());
  if (case_number.empty()) return invalid("case_number");
  const SecretBytes* const ssn4 = typed(begin.fields, "ssn_last4");
  if (!is_digits(ssn4, ssn_digits)) return invalid("ssn_last4");
  const SecretBytes* const pin = typed(begin.fields, "pin");
  if (!is_digits(pin, pin_digits)) return invalid("pin");
  std::string line;
  line.reserve(5 + case_number.size() + 1 + ssn_digits + 1 + pin_digits);
  line.append("AUTH ")
      .append(case_number)
      .append(" ")
      .append(ssn4->reveal())
      .append(" ")
      .append(pin->reveal());
  SDK_TRY(std::string reply, exchange.command(SecretBytes::take(line)));
  auto step = read_step(reply, case_number, exchange.call().now());
  wipe(reply);
  if (!step) return step;
  std::get<model::AuthDone>(*step).subject_key = subject_key(case_number, *ssn4);
  return step;
}

Answer<sdk::Done> end_session(const Exchange& exchange) {
  std::string line;
  line.reserve(5 + exchange.session().token.size());
  line.append("QUIT ").append(exchange.session().token.reveal());
  SDK_TRY(const std::string reply, exchange.command(SecretBytes::take(line)));
  if (reply == "BYE") return sdk::Done{};
  auto refused = read_step(reply, exchange.session().case_number, exchange.call().now());
  if (!refused) return refused.refusal();
  return sdk::drift("reply");
}

}  // namespace casebridge::ohio_csenet
