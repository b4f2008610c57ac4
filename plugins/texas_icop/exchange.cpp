// Requests as the interface document words them, and which of them may be made twice.
#include "plugins/texas_icop/exchange.hpp"

#include "core/model/adapter_messages.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::texas_icop {
using model::Outcome;
using model::Refusal;
using sdk::Answer;
using sdk::HttpResponse;

Answer<HttpResponse> Exchange::send(const Wire& wire) const {
  const std::string target = endpoint_.base_path + std::string(wire.path);
  sdk::HttpRequest request{
      .method = wire.method, .target = target, .body = wire.body, .timeout = wire.deadline};
  request.headers = {{"Accept", "application/json"}, {"X-Icop-Client", endpoint_.client_id}};
  if (!wire.body.empty()) request.headers.push_back({"Content-Type", wire.content_type});
  if (!wire.write_id.empty()) request.headers.push_back({"X-Client-Request-Id", wire.write_id});
  std::string bearer;
  if (session_ != nullptr) {
    bearer.reserve(7 + session_->size());
    bearer.append("Bearer ").append(session_->reveal());
    request.headers.push_back({"Authorization", bearer});
  }
  auto answer = call_.http().send(request);
  wipe(bearer);
  return answer;
}

Answer<HttpResponse> Exchange::send_read(const std::string& path, std::chrono::milliseconds deadline) const {
  const Wire wire{"GET", path, {}, deadline};
  auto answer = send(wire);
  if (!sdk::was_away(answer) || call_.over()) return answer;
  call_.log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", 2)});
  return send(wire);
}

Answer<Envelope> Exchange::read(const std::string& path) const {
  auto answer = send_read(path, endpoint_.list_deadline);
  if (!answer) return logged(answer.refusal(), 0);
  const int status = answer->status;
  auto opened = open_answer(std::move(*answer), call_.now());
  if (!opened) return logged(opened.refusal(), status);
  return opened;
}

Answer<std::string> Exchange::read_document(const std::string& path, std::string_view media_type) const {
  auto answer = send_read(path, endpoint_.document_deadline);
  if (!answer) return logged(answer.refusal(), 0);
  if (answer->status != 200 || answer->media_type() != media_type)
    return logged(refusal_of_other(*answer, call_.now()), answer->status);
  return std::move(answer->body);
}

Answer<Envelope> Exchange::sign_in_step(const std::string& path, std::string_view body,
                                        int good_status) const {
  auto answer = send({"POST", path, body, endpoint_.login_deadline});
  if (!answer) {
    Refusal refusal = logged(answer.refusal(), 0);
    // A sign-in without an answer in time is reported like a lost one: it may have been counted.
    if (refusal.outcome == Outcome::timeout && refusal.reason == "lost_answer")
      refusal.outcome = Outcome::unavailable;
    return refusal;
  }
  const int status = answer->status;
  auto opened = open_answer(std::move(*answer), call_.now(), good_status);
  if (opened) return opened;
  Refusal refusal = logged(opened.refusal(), status);
  // Nor does a "come back later" of a failing server say that the try was not counted.
  if (refusal.outcome == Outcome::unavailable) refusal.until.reset();
  return refusal;
}

Answer<Envelope> Exchange::write(const WireWrite& write) const {
  auto answer = send({write.method, write.path, write.body.reveal(), endpoint_.write_deadline,
                      write.content_type, write.write_id});
  if (!answer) return logged(answer.refusal(), 0);
  const int status = answer->status;
  auto opened = open_answer(std::move(*answer), call_.now(), write.good_status);
  if (!opened) return logged(opened.refusal(), status);
  return opened;
}

Answer<sdk::Done> Exchange::log_out() const {
  auto answer = send({"POST", "/auth/logout", {}, endpoint_.list_deadline});
  if (!answer) return logged(answer.refusal(), 0);
  if (answer->status == 204) return sdk::Done{};
  Refusal refusal = refusal_of_other(*answer, call_.now());
  if (refusal.outcome == Outcome::session_expired) return sdk::Done{};
  return logged(std::move(refusal), answer->status);
}

}  // namespace casebridge::texas_icop
