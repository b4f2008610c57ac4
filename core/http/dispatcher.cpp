// The one place where troubles become problems and where exceptions of a broken machine end.
#include "core/http/dispatcher.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>

#include "core/base/text.hpp"
#include "core/http/accept.hpp"
#include "core/http/etag.hpp"
#include "core/http/security_headers.hpp"

namespace casebridge::http {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Whoever asks for another form than there is would not know what to do with it.
Result<void> check_accept(const Request& request, const Route& route) {
  const std::string_view form = answer_media_type(route);
  if (form.empty() || accepts(request.head.field("accept").value_or(""), form)) return {};
  return trouble(TroubleCode::not_acceptable, "this is answered as " + std::string(form));
}

// A row that takes a body takes JSON; a row that takes none is content with an empty object.
Result<void> check_body(const Request& request, const Route& route) {
  if (request.head.field("content-encoding")) {
    return trouble(TroubleCode::unsupported_media_type, "the body must not be encoded");
  }
  if (route.request_schema.empty()) {
    const bool nothing = request.body.empty() || text::trim(request.body) == "{}";
    return nothing ? Result<void>() : trouble(TroubleCode::invalid_request, "this operation takes no body");
  }
  const std::string_view type = request.head.field("content-type").value_or("");
  if (!text::equal_ignoring_case(text::trim(type.substr(0, type.find(';'))), "application/json")) {
    return trouble(TroubleCode::unsupported_media_type, "the body must be application/json");
  }
  return {};
}

// 502 to 504 are about a state or about load; only a mistake of the gateway itself is an error.
LogLevel level_of(int status) {
  if (status == 500) return LogLevel::error;
  return status > 500 ? LogLevel::warn : LogLevel::info;
}

bool is_id(std::string_view segment) {
  const auto all = [](std::string_view text, char from, char to, std::string_view more) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
      return (c >= from && c <= to) || more.find(c) != std::string_view::npos;
    });
  };
  constexpr std::size_t prefix = 3, size = 30;  // lnk_ and 26 characters of a ULID
  if (segment.size() == size && segment[prefix] == '_')
    return all(segment.substr(0, prefix), 'a', 'z', "") &&
           all(segment.substr(prefix + 1), 'A', 'Z', "0123456789");
  return segment == "current" || (segment.size() == 5 && segment.starts_with("us-"));
}

// Empty unless every part is the table's own or an id: people paste numbers and codes anywhere, and a problem
// may end up in somebody's records.
std::string_view instance_of(std::string_view path, const Route* route) {
  if (!route) return {};
  std::string_view form = route->path, rest = path;
  while (!form.empty() && !rest.empty()) {
    const std::string_view expected = form.substr(0, form.find('/', 1)),
                           part = rest.substr(0, rest.find('/', 1));
    const bool named = expected.starts_with("/{");
    if (named ? !is_id(part.substr(1)) : part != expected) return {};
    form.remove_prefix(expected.size());
    rest.remove_prefix(part.size());
  }
  return form.empty() && rest.empty() ? path : std::string_view();
}

// OPTIONS of no resource but of the server (RFC 9110 §9.3.7).
Response methods_of(std::span<const Route> table) {
  std::string allowed = "OPTIONS, HEAD";
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
    const auto has = [method](const Route& route) { return route.method == method; };
    if (std::any_of(table.begin(), table.end(), has)) allowed.append(", ").append(name_of(method));
  }
  Response response(204);
  response.set("Allow", allowed);
  return response;
}

void add_etag(Response& response, const Request& request, const Route& route) {
  const bool get = request.head.method == Method::get || request.head.method == Method::head;
  if (!get || response.status() != 200 || route.caching == Caching::no_store) return;
  if (response.field("etag").empty()) response.set("ETag", strong_etag(response.body()));
  const auto condition = request.head.field("if-none-match");
  if (condition && none_match_holds(*condition, response.field("etag"))) response.become_not_modified();
}

// What cannot be told is not shown.
Result<void> tell_read(const Call& call, const Route& route) {
  constexpr std::string_view one_case = "case_id";
  const bool names_one = route.path.find(one_case) != std::string_view::npos;
  const std::string_view record = names_one ? std::string_view(call.path.at(one_case)) : std::string_view();
  return call.use.reads.saw(call.caller(), route.told, record, call.request.request_id);
}

}  // namespace

model::Origin Call::origin() const {
  constexpr std::size_t user_agent_bytes_max = 200;
  std::string agent(request.head.field("user-agent").value_or("").substr(0, user_agent_bytes_max));
  if (!text::is_utf8(agent)) agent.clear();
  return {request.peer, std::move(agent), request.request_id};
}

Dispatcher::Dispatcher(DispatcherParts parts, std::span<const Route> table)
    : parts_(std::move(parts)),
      table_(table),
      gate_(
          [this](const desk::IdentifyCaller::Request& presented) {
            return parts_.use.identify_caller.run(presented);
          },
          [this](const desk::Identified& who) { return parts_.use.confirm_caller.run(who); }, parts_.clock,
          parts_.gate),
      idempotent_(parts_.use.desk.store, parts_.use.desk.vault, parts_.clock),
      paging_(parts_.use.desk.vault),
      streams_(parts_.streams),
      directory_(parts_.use.desk, parts_.messages) {
  metrics_.add_gauge("casebridge_event_streams", "Event streams that are open.",
                     [this] { return static_cast<double>(streams_.open()); });
}

Response Dispatcher::handle(const Request& request) noexcept {
  const auto begun = SteadyClock::now();
  const Route* route = nullptr;
  Response response(500);
  try {
    response = answer(request, route);
  } catch (const std::exception&) {
    // Also what an action threw. what() may hold values of a person, so nobody looks at it.
    response = problem_response(trouble(TroubleCode::internal), context_of(request, route, nullptr));
  }
  if (route) add_etag(response, request, *route);
  add_security_headers(response, route ? route->caching : Caching::no_store, request.tls);
  response.set("Request-Id", request.request_id);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - begun);
  const std::string_view path = route ? route->path : "none";
  const std::string_view method = name_of(request.head.method);
  metrics_.count_answer(method, path, response.status(), took);
  const LogLevel level = level_of(response.status());
  parts_.log.write(level, "request",
                   {{"request_id", std::string_view(request.request_id)},
                    {"method", method},
                    {"route", path},
                    {"status", static_cast<std::int64_t>(response.status())},
                    {"took_us", static_cast<std::int64_t>(took.count())}});
  return response;
}

TurnClass Dispatcher::turn_class(const Request& request) noexcept {
  try {
    return turn_class_of(find_route(table_, request.head.method, request.head.path).route);
  } catch (const std::bad_alloc&) {
    return TurnClass::background;
  }
}

Response Dispatcher::refuse(const Trouble& trouble, std::string_view label,
                            std::string_view request_id) noexcept {
  metrics_.count_refused(label);
  const ProblemContext context{parts_.messages, "en", {}, request_id, parts_.clock.now()};
  Response response = problem_response(trouble, context);
  add_security_headers(response, Caching::no_store, false);
  response.set("Request-Id", request_id);
  parts_.log.write(LogLevel::info, "request_refused",
                   {{"request_id", request_id},
                    {"reason", label},
                    {"status", static_cast<std::int64_t>(trouble.row().http_status)}});
  return response;
}

Response Dispatcher::answer(const Request& request, const Route*& route) {
  if (request.head.path == "*") return methods_of(table_);
  Match match = find_route(table_, request.head.method, request.head.path);
  route = match.route;
  if (!route && match.allowed.empty() && parts_.pages) {
    if (auto page = parts_.pages->find(request)) {
      route = page->row;
      return std::move(page->response);
    }
  }
  if (!route) {
    const bool known = !match.allowed.empty();
    Response response =
        problem_response(trouble(known ? TroubleCode::method_not_allowed : TroubleCode::not_found),
                         context_of(request, route, nullptr));
    if (known) response.set("Allow", match.allowed);
    return response;
  }
  auto response = serve(request, *route, match.arguments);
  if (response) return std::move(*response);
  return problem_response(response.error(), context_of(request, route, nullptr));
}

Result<Response> Dispatcher::serve(const Request& request, const Route& route,
                                   const PathArguments& arguments) {
  CASEBRIDGE_TRY(const auto who, gate_.admit(request, route));
  CASEBRIDGE_TRY(const Query query, Query::parse(request.head.query));
  CASEBRIDGE_CHECK(check_accept(request, route));
  CASEBRIDGE_CHECK(check_body(request, route));
  const desk::Identified* session = who ? &*who : nullptr;
  const Call call{request,
                  arguments,
                  query,
                  parts_.use,
                  paging_,
                  metrics_,
                  kept_cases_,
                  streams_,
                  directory_,
                  context_of(request, &route, session),
                  parts_.public_origin,
                  session};
  if (route.idempotency != Idempotency::key) return act(call, route);
  return idempotent_.run(request, session->caller.account.text(), [&] { return act(call, route); });
}

Response Dispatcher::act(const Call& call, const Route& route) {
  try {
    auto response = route.action(call);
    if (response && !route.told.empty() && response->status() == 200) {
      if (auto told = tell_read(call, route); !told) response = std::move(told).error();
    }
    if (response) return std::move(*response);
    return problem_response(response.error(), call.context);
  } catch (const std::exception&) {
    return problem_response(trouble(TroubleCode::internal), call.context);
  }
}

ProblemContext Dispatcher::context_of(const Request& request, const Route* route,
                                      const desk::Identified* who) const {
  return {parts_.messages, language_of(request, who), instance_of(request.head.path, route),
          request.request_id, parts_.clock.now()};
}

// The first language of Accept-Language that there are texts for; else the account's, else English.
std::string_view Dispatcher::language_of(const Request& request, const desk::Identified* who) const {
  const std::string_view accepted = request.head.field("accept-language").value_or("");
  for (std::size_t begin = 0; begin < accepted.size();) {
    const std::size_t end = std::min(accepted.find(',', begin), accepted.size());
    const std::string_view entry = text::trim(accepted.substr(begin, end - begin));
    const std::string_view primary = entry.substr(0, entry.find_first_of("-;"));
    if (!primary.empty() && parts_.messages.has_language(primary)) return primary;
    begin = end + 1;
  }
  if (who && parts_.messages.has_language(who->caller.locale)) return who->caller.locale;
  return "en";
}

}  // namespace casebridge::http
