// Requests as the portal words them.
#include "plugins/california_connect/exchange.hpp"

#include <algorithm>

#include "plugins/sdk/upstream.hpp"

namespace casebridge::california_connect {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::Answer;
using sdk::HttpResponse;

constexpr std::uint32_t page_bytes_max = 512u << 10;
constexpr std::uint32_t redirects_max = 5;
constexpr int pages_max = 40;

bool is_redirect(const HttpResponse& answer) { return answer.status >= 300 && answer.status < 400; }

}  // namespace

std::chrono::milliseconds Exchange::spare_of(const sdk::Call& call, const Endpoint& endpoint) {
  return std::max(call.time_left() - endpoint.fetch_deadline, std::chrono::milliseconds{0});
}

// Of one request: the least of what it, the fetch and the call may still take.
std::chrono::milliseconds Exchange::patience() const {
  return std::min(endpoint_.page_deadline, call_.time_left() - spare_);
}

Answer<HttpResponse> Exchange::get(const std::string& path, std::uint32_t redirects,
                                   std::uint32_t bytes_max) {
  if (++pages_ > pages_max) return sdk::drift("too many pages");
  const auto timeout = patience();
  if (timeout.count() <= 0) return sdk::refuse(Outcome::timeout, "not_sent");
  const std::string target = full(path);
  sdk::HttpRequest request{.method = "GET", .target = target, .timeout = timeout};
  request.headers = {{"Accept", "text/html, application/pdf"}};
  request.cookies = &cookies_;
  request.redirects_max = redirects;
  request.answer_bytes_max = bytes_max;
  return call_.http().send(request);
}

Answer<HttpResponse> Exchange::get_patiently(const std::string& path, std::uint32_t bytes_max) {
  auto answer = get(path, redirects_max, bytes_max);
  if (sdk::was_away(answer) && !call_.over()) {
    call_.log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", 2)});
    answer = get(path, redirects_max, bytes_max);
  }
  if (!answer) return logged(answer.refusal(), 0);
  return answer;
}

Answer<Page> Exchange::read(const std::string& path, PageKind wanted) {
  SDK_TRY(HttpResponse answer, get_patiently(path, page_bytes_max));
  const int status = answer.status;
  auto page = open_page(std::move(answer), call_.now());
  if (!page) return logged(page.refusal(), status);
  if (page->kind() != wanted) return logged(refusal_of(*page), status);
  if (!page->tells_language()) return logged(sdk::drift("lang"), status);
  return page;
}

Answer<HttpResponse> Exchange::read_file(const std::string& path, std::uint32_t bytes_max) {
  return get_patiently(path, bytes_max);
}

Answer<Posted> Exchange::post_once(const PageForm& form, const sdk::Form& fields) {
  const auto timeout = patience();
  if (timeout.count() <= 0) return sdk::refuse(Outcome::timeout, "not_sent");
  const SecretBytes body = fields.encode();
  sdk::HttpRequest request{
      .method = "POST", .target = form.action, .body = body.reveal(), .timeout = timeout};
  request.headers = {{"Content-Type", sdk::Form::content_type}, {"Accept", "text/html"}};
  request.cookies = &cookies_;
  request.answer_bytes_max = page_bytes_max;
  auto answer = call_.http().send(request);
  if (!answer) return logged(answer.refusal(), 0);
  const int status = answer->status;
  if (is_redirect(*answer)) {
    // Only to a place of the portal itself: no other host, and nothing that could be taken for one.
    const std::string_view place = answer->header("Location").value_or("");
    const std::string base = endpoint_.base_path + "/";
    if (status != 302 || !place.starts_with(base) || place.find("//") != std::string_view::npos ||
        place.find("..") != std::string_view::npos) {
      Refusal refusal = sdk::drift("redirect away from the system");
      refusal.reason = "redirect_refused";
      return logged(std::move(refusal), status);
    }
    return Posted{std::string(place.substr(base.size() - 1)), std::nullopt};
  }
  auto page = open_page(std::move(*answer), call_.now());
  if (!page) return logged(page.refusal(), status);
  return Posted{{}, std::move(*page)};
}

Answer<sdk::Done> Exchange::leave() {
  auto answer = get("/logout", 0, page_bytes_max);
  if (!answer) return logged(answer.refusal(), 0);
  if (is_redirect(*answer)) return sdk::Done{};
  const int status = answer->status;
  const auto page = open_page(std::move(*answer), call_.now());
  if (!page) return logged(page.refusal(), status);
  const Refusal why = refusal_of(*page);
  if (why.outcome == Outcome::session_expired) return sdk::Done{};
  return logged(why, status);
}

sdk::Form fields_of(const PageForm& form) {
  sdk::Form fields;
  fields.add("__cct", form.token).add("__v", form.version);
  return fields;
}

}  // namespace casebridge::california_connect
