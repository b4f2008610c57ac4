// Requests as the interface document words them, and which of them may be made twice.
#include "plugins/ohio_csenet/exchange.hpp"

#include <algorithm>
#include <cctype>

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/refusals.hpp"
#include "plugins/ohio_csenet/request.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::Answer;
using sdk::HttpResponse;

constexpr std::string_view transactions_type = "application/x-csenet";
constexpr std::string_view text_type = "text/plain";
constexpr std::string_view jobs_path = "/csenet/jobs/";
constexpr std::size_t job_id_size_max = 64;

// It becomes a path of ours, so its form is checked.
bool is_job_path(std::string_view path, const std::string& base_path) {
  const std::string begin = base_path + std::string(jobs_path);
  if (!path.starts_with(begin)) return false;
  const std::string_view id = path.substr(begin.size());
  return !id.empty() && id.size() <= job_id_size_max &&
         std::all_of(id.begin(), id.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

}  // namespace

struct Exchange::Sending {
  std::string_view method;
  std::string target;
  std::string_view body{};
  std::string_view media_type{};
};

SecretBytes Session::sealed_form() const {
  std::string text = case_number + " ";
  text.reserve(text.size() + token.size());
  text += token.reveal();
  return SecretBytes::take(text);
}

std::optional<Session> Session::open(const SecretBytes& sealed) {
  const std::string_view seen = sealed.reveal();
  const std::size_t blank = seen.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  Session session{std::string(seen.substr(0, blank)), SecretBytes::copy_of(seen.substr(blank + 1))};
  if (case_key_of(session.case_number) != session.case_number || session.token.empty()) return std::nullopt;
  return session;
}

Answer<HttpResponse> Exchange::send(const Sending& sending) const {
  const std::string content_type =
      std::string(sending.media_type) + "; charset=" + std::string(charset_of(endpoint_.writing.page));
  sdk::HttpRequest request{.method = sending.method,
                           .target = sending.target,
                           .body = sending.body,
                           .timeout = endpoint_.deadline};
  if (!sending.body.empty()) request.headers.push_back({"Content-Type", content_type});
  if (session_ != nullptr) request.headers.push_back({"X-Session", session_->token.reveal()});
  return call_.http().send(request);
}

Answer<HttpResponse> Exchange::send_again_once(const Sending& sending) const {
  auto answer = send(sending);
  if (!sdk::was_away(answer) || call_.over()) return answer;
  call_.log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", 2)});
  return send(sending);
}

// 202 sends us to a job, 200 has the transactions. What the state says is refused elsewhere.
Answer<Answered> Exchange::answered(Answer<HttpResponse> response) const {
  if (response->status == 202) {
    const auto path = response->header("Location");
    const auto wait = retry_after(*response);
    if (!path || !wait || !is_job_path(*path, endpoint_.base_path)) return logged(sdk::drift("job"), 202);
    return Answered{{}, std::string(*path), *wait};
  }
  if (auto refusal = wrong_type(*response, transactions_type, endpoint_.writing.page)) {
    wipe(response->body);
    return logged(std::move(*refusal), response->status);
  }
  auto read = read_transactions(response->body, endpoint_.writing);
  if (!read) return logged(read.refusal(), response->status);
  return Answered{std::move(*read), {}, {}};
}

Answer<Answered> Exchange::send_transaction(const std::string& octets) const {
  return taken(send_again_once({"POST", endpoint_.base_path + "/csenet", octets, transactions_type}));
}

Answer<Answered> Exchange::send_transaction_once(const std::string& octets) const {
  return taken(send({"POST", endpoint_.base_path + "/csenet", octets, transactions_type}));
}

Answer<Answered> Exchange::taken(Answer<HttpResponse> response) const {
  if (!response) return logged(response.refusal(), 0);
  if (response->status != 200 && response->status != 202)
    return logged(refusal_of(*response, endpoint_.writing.page, false, call_.now()), response->status);
  return answered(std::move(response));
}

Answer<Answered> Exchange::read_job(const std::string& path) const {
  auto response = send_again_once({"GET", path});
  if (!response) return logged(response.refusal(), 0);
  if (response->status != 200 && response->status != 202)
    return logged(refusal_of(*response, endpoint_.writing.page, true, call_.now()), response->status);
  return answered(std::move(response));
}

Answer<std::vector<Transaction>> Exchange::read_inbox(const std::string& after) const {
  auto response = send_again_once({"GET", endpoint_.base_path + "/csenet/inbox?after=" + after});
  if (!response) return logged(response.refusal(), 0);
  if (response->status != 200)
    return logged(refusal_of(*response, endpoint_.writing.page, false, call_.now()), response->status);
  auto read = answered(std::move(response));
  if (!read) return read.refusal();
  return std::move(read->transactions);
}

Answer<std::string> Exchange::command(const SecretBytes& line) const {
  std::string octets = encode_line(endpoint_.writing.page, line.reveal());
  auto response = send({"POST", endpoint_.base_path + "/auth", octets, text_type});
  wipe(octets);
  if (!response) return logged(response.refusal(), 0);
  if (response->status != 200)
    return logged(refusal_of(*response, endpoint_.writing.page, false, call_.now()), response->status);
  if (auto refusal = wrong_type(*response, text_type, endpoint_.writing.page)) {
    wipe(response->body);
    return logged(refusal->reason == "abend" ? sdk::drift("content-type") : std::move(*refusal), 200);
  }
  auto reply = read_reply(response->body, endpoint_.writing.page);
  if (!reply) return logged(reply.refusal(), 200);
  return reply;
}

}  // namespace casebridge::ohio_csenet
