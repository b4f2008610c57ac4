// One row for each status of the document; what it does not name is decided by its hundred.
#include "plugins/ohio_csenet/refusals.hpp"

#include <chrono>

#include "core/base/text.hpp"
#include "core/model/date.hpp"
#include "core/model/time_zone.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;
using model::Refusal;

constexpr std::string_view batch_words = "ERR 503 BATCH UNTIL ";
constexpr std::int64_t wait_seconds_max = 7 * 24 * 3600;
constexpr std::chrono::minutes day{24 * 60};

Refusal until(Outcome outcome, std::optional<Instant> end) {
  Refusal refusal = sdk::refuse(outcome);
  refusal.until = end;
  return refusal;
}

std::optional<Instant> end_of_wait(const sdk::HttpResponse& answer, Instant our_now) {
  const auto wait = retry_after(answer);
  if (!wait) return std::nullopt;
  return state_now(answer, our_now) + *wait;
}

// 503 is the nightly batch only where the body says so.
Refusal refusal_of_503(sdk::HttpResponse& answer, CodePage page, Instant our_now) {
  const auto wait_end = end_of_wait(answer, our_now);
  const bool is_text = answer.media_type() == "text/plain";
  const auto reply = is_text ? read_reply(answer.body, page) : sdk::Answer<std::string>(sdk::drift("type"));
  const auto batch = reply ? batch_end(*reply, state_now(answer, our_now)) : std::nullopt;
  if (batch) return until(Outcome::maintenance, wait_end ? wait_end : batch);
  return until(Outcome::unavailable, wait_end);
}

}  // namespace

Instant state_now(const sdk::HttpResponse& answer, Instant our_now) { return answer.date.value_or(our_now); }

std::optional<std::chrono::seconds> retry_after(const sdk::HttpResponse& answer) {
  const auto value = text::trim(answer.header("Retry-After").value_or(""));
  const auto seconds = text::all_digits(value) ? text::parse_int(value) : std::nullopt;
  if (!seconds || *seconds > wait_seconds_max) return std::nullopt;
  return std::chrono::seconds{*seconds};
}

std::optional<Instant> batch_end(std::string_view reply, Instant state_now) {
  if (!reply.starts_with(batch_words)) return std::nullopt;
  const std::string_view clock = reply.substr(batch_words.size());
  if (clock.size() != 4 || !text::all_digits(clock)) return std::nullopt;
  const std::chrono::minutes wall{*text::parse_int(clock.substr(0, 2)) * 60 +
                                  *text::parse_int(clock.substr(2))};
  const auto found = model::find_time_zone(state_zone);
  if (!found || wall >= day) return std::nullopt;
  const Instant local = state_now + found->offset_at(state_now);
  Instant end = std::chrono::floor<std::chrono::days>(local) + wall;
  if (end <= local) end += day;
  // The window ends at night in winter and summer alike; that the clocks change at 2:00 does not matter here.
  return end - found->offset_at(state_now);
}

std::optional<Refusal> wrong_type(const sdk::HttpResponse& answer, std::string_view media_type,
                                  CodePage page) {
  if (answer.media_type() != media_type) return sdk::refuse(Outcome::unavailable, "abend");
  const std::string type = text::lower_ascii(answer.header("Content-Type").value_or(""));
  const std::size_t at = type.find("charset=");
  if (at == std::string::npos) return std::nullopt;
  std::string_view charset = text::trim(std::string_view(type).substr(at + 8));
  if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"')
    charset = charset.substr(1, charset.size() - 2);
  if (charset != charset_of(page)) return sdk::drift("content-type");
  return std::nullopt;
}

Refusal refusal_of(sdk::HttpResponse& answer, CodePage page, bool is_job, Instant our_now) {
  switch (answer.status) {
    case 401: return sdk::refuse(Outcome::session_expired);
    case 404:
      return sdk::refuse(is_job ? Outcome::not_found : Outcome::source_rejected,
                         is_job ? "job_unknown" : "no_such_path");
    case 415: return sdk::refuse(Outcome::bug, "code_page_refused");
    case 422: return sdk::refuse(Outcome::bug, "transaction_refused");
    case 429: return until(Outcome::rate_limited, end_of_wait(answer, our_now));
    case 503: return refusal_of_503(answer, page, our_now);
    default: break;
  }
  if (answer.status >= 500) return sdk::refuse(Outcome::unavailable, "internal_error");
  if (answer.status >= 400) return sdk::refuse(Outcome::source_rejected);
  return sdk::drift("http-status");
}

}  // namespace casebridge::ohio_csenet
