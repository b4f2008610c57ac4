// Media type, markup, name of the page, status, language: in this order.
#include "plugins/california_connect/page.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "plugins/sdk/upstream_time.hpp"

namespace casebridge::california_connect {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::HtmlElement;

struct Kind {
  std::string_view id;
  PageKind kind;
  int status = 200;
};

constexpr Kind kinds[] = {{"cc-login", PageKind::login},         {"cc-pin", PageKind::pin_change},
                          {"cc-home", PageKind::home},           {"cc-sum", PageKind::summary},
                          {"cc-pay", PageKind::payments},        {"cc-doc", PageKind::documents},
                          {"cc-appt", PageKind::appointments},   {"cc-cont", PageKind::contacts},
                          {"cc-addr", PageKind::contact_form},   {"cc-msg", PageKind::message_form},
                          {"cc-conf", PageKind::confirmation},   {"cc-expired", PageKind::expired},
                          {"cc-maint", PageKind::maintenance},   {"cc-locked", PageKind::locked},
                          {"cc-noacc", PageKind::not_available}, {"cc-preq", PageKind::pin_requested},
                          {"cc-none", PageKind::none},           {"cc-csrf", PageKind::bad_token, 403},
                          {"cc-dup", PageKind::sent_before},     {"cc-err", PageKind::internal_error, 500}};

const Kind* kind_of(const sdk::HtmlDocument& document) {
  const auto id = document.body().attribute("id");
  const auto* const found =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& one) { return id == one.id; });
  return found == std::end(kinds) ? nullptr : found;
}

bool status_fits(const Kind& kind, int status) {
  return status == kind.status || (kind.kind == PageKind::none && status == 404);
}

// nullopt inside: not said. No answer: said, but nothing we know.
std::optional<std::optional<Language>> language_of(const sdk::HtmlDocument& document) {
  const auto lang = document.root().attribute("lang");
  if (!lang) return std::optional<Language>();
  if (*lang == "en") return std::optional(Language::english);
  if (*lang == "es") return std::optional(Language::spanish);
  return std::nullopt;
}

bool says_utf8(const sdk::HttpResponse& answer) {
  const std::string type = text::lower_ascii(answer.header("Content-Type").value_or(""));
  const std::size_t at = type.find("charset=");
  if (at == std::string::npos) return true;
  const std::string_view charset = std::string_view(type).substr(at + 8);
  return charset.starts_with("utf-8") || charset.starts_with("\"utf-8\"");
}

// The moment that the page's one <time> names.
std::optional<Instant> moment_on(const Page& page) {
  const auto times = page.body().all("time");
  if (times.size() != 1) return std::nullopt;
  const auto moment = times.front().attribute("datetime");
  return moment ? parse_instant(*moment) : std::nullopt;
}

Refusal until(Refusal refusal, std::optional<Instant> moment) {
  refusal.until = moment;
  return refusal;
}

}  // namespace

HtmlElement Page::error() const {
  HtmlElement found;
  for (const char* name : {"p", "div"})
    for (const HtmlElement& each : body().all(name)) {
      const bool marked = each.has_class("err") || each.attribute("role") == "alert";
      if (marked && each.attribute("data-code") && !found) found = each;
    }
  return found;
}

std::string Page::error_code() const { return error().attribute("data-code").value_or(""); }
std::string Page::error_field() const { return error().attribute("data-field").value_or(""); }

Refusal refusal_by_status(const sdk::HttpResponse& answer, Instant our_now, std::string breach) {
  if (answer.status >= 200 && answer.status < 400) return sdk::drift(std::move(breach));
  if (answer.status == 404) return sdk::refuse(Outcome::not_found);
  Refusal refusal = sdk::refuse(answer.status == 429 ? Outcome::rate_limited : Outcome::unavailable,
                                "http_" + std::to_string(answer.status));
  refusal.until = sdk::retry_after(answer, our_now);
  return refusal;
}

sdk::Answer<Page> open_page(sdk::HttpResponse answer, Instant our_now) {
  if (answer.media_type() != "text/html" || !says_utf8(answer))
    return refusal_by_status(answer, our_now, "content-type");
  auto document = sdk::HtmlDocument::parse(answer.body);
  wipe(answer.body);
  if (!document) return refusal_by_status(answer, our_now, "html");
  const Kind* const kind = kind_of(*document);
  if (kind == nullptr) return refusal_by_status(answer, our_now, "body-id");
  if (!status_fits(*kind, answer.status)) return refusal_by_status(answer, our_now, "http-status");
  const auto language = language_of(*document);
  if (!language) return sdk::drift("lang");
  return Page(std::move(*document), kind->kind, *language);
}

Refusal refusal_of(const Page& page) {
  switch (page.kind()) {
    case PageKind::login:
    case PageKind::expired: return sdk::refuse(Outcome::session_expired);
    case PageKind::pin_change: return sdk::refuse(Outcome::action_needed, "password_expired");
    case PageKind::maintenance: return until(sdk::refuse(Outcome::maintenance), moment_on(page));
    case PageKind::locked: return until(sdk::refuse(Outcome::blocked, "locked"), moment_on(page));
    // Safety, no open case or withdrawn access: the state does not say which, and nobody may guess.
    case PageKind::not_available: return sdk::refuse(Outcome::blocked, "account_unavailable");
    case PageKind::none: return sdk::refuse(Outcome::not_found);
    case PageKind::bad_token: return sdk::refuse(Outcome::bug, "form_token");
    case PageKind::internal_error: return sdk::refuse(Outcome::unavailable, "internal_error");
    default: return sdk::drift("wrong-page");
  }
}

}  // namespace casebridge::california_connect
