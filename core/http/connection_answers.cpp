// How a connection answers: in one piece, as far as its reader takes it, or as a stream that goes on.
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>

#include <array>
#include <charconv>

#include "core/base/secret.hpp"
#include "core/http/connection.hpp"
#include "core/http/request_id.hpp"
#include "core/http/security_headers.hpp"

namespace casebridge::http {
namespace {

std::string http_date(Instant now) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now.time_since_epoch().count()),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

// An empty one is the last (RFC 9112 §7.1).
void append_chunk(std::string& into, std::string_view octets) {
  std::array<char, 16> size{};
  const auto end = std::to_chars(size.data(), size.data() + size.size(), octets.size(), 16).ptr;
  into.append(size.data(), end).append("\r\n").append(octets).append("\r\n");
}

}  // namespace

Connection::Step Connection::handle() {
  Response response = setting_.handler.handle(request_);
  wipe(request_.body);
  return response.stream() ? begin_stream(response) : answer_request(response);
}

Connection::Step Connection::answer_request(Response& response) {
  const bool close =
      !request_.head.keep_alive || setting_.signal.draining() || ++requests_ >= setting_.requests_max;
  const bool with_body = request_.head.method != Method::head;
  request_ = {};
  const Step next = answer(response, with_body, close);
  response.wipe_body();
  return next;
}

Response Connection::refusal(const Trouble& trouble, std::string_view label, std::string_view request_id) {
  Response response = setting_.handler.refuse(trouble, label, request_id);
  if (setting_.certificates) add_transport_security(response);
  return response;
}

Connection::Step Connection::refuse(HeadFault fault, bool with_body) {
  const HeadFaultRow& row = row_of(fault);
  return refuse(trouble(row.code, std::string(row.detail)), row.name, with_body);
}

Connection::Step Connection::refuse(const Trouble& trouble, std::string_view label, bool with_body) {
  member_.end_half();
  wipe(request_.body);
  return answer(refusal(trouble, label, request_id_of("")), with_body, true);
}

// The text is made once for each second.
const std::string& Connection::date() {
  const Instant now = setting_.clock.now();
  if (date_.empty() || now != dated_) {
    date_ = http_date(now);
    dated_ = now;
  }
  return date_;
}

Connection::Step Connection::answer(const Response& response, bool with_body, bool close) {
  // Over TLS each call makes a record of its own.
  const bool together = with_body && wire_.secure() && response.body().size() <= body_bytes_beside_max;
  std::string octets = response.head_text(date(), close);
  if (together) octets.append(response.body());
  std::string_view left = octets, body = with_body && !together ? response.body() : std::string_view();
  const Departure departure = wire_.push(left, body);
  closing_ = close;
  if (departure == Departure::some) {
    unsent_.assign(left).append(body);
    sent_ = 0;
    stage_ = Stage::answer;
    since_ = std::chrono::steady_clock::now();
  }
  wipe(octets);
  if (departure == Departure::gone) return Step::end;
  return departure == Departure::some ? Step::room : answered();
}

Connection::Step Connection::send_rest() {
  const Step pushed = push_unsent();
  return pushed == Step::on ? answered() : pushed;
}

Connection::Step Connection::push_unsent() {
  std::string_view left = std::string_view(unsent_).substr(sent_);
  const Departure departure = wire_.push(left);
  sent_ = unsent_.size() - left.size();
  if (departure == Departure::gone) return Step::end;
  if (departure == Departure::some) return Step::room;
  wipe(unsent_);
  unsent_ = {};
  sent_ = 0;
  return Step::on;
}

Connection::Step Connection::answered() {
  if (closing_) return say_goodbye();
  stage_ = Stage::head;
  since_ = std::chrono::steady_clock::now();
  return Step::on;
}

Connection::Step Connection::say_goodbye() {
  stage_ = Stage::farewell;
  since_ = std::chrono::steady_clock::now();
  return wire_.stop_sending() ? Step::on : Step::end;
}

// The connection is used for nothing else afterwards. What was asked is forgotten, its token too.
Connection::Step Connection::begin_stream(const Response& response) {
  const bool with_body = request_.head.method != Method::head;
  stream_is_chunked_ = request_.head.minor_version > 0;
  request_ = {};
  unsent_ = response.head_text(date(), true, stream_is_chunked_);
  stream_ = response.shared_stream();
  stage_ = Stage::stream;
  stream_has_ended_ = !with_body;
  since_ = std::chrono::steady_clock::now();
  return with_body ? tell_news() : push_unsent();
}

// Nothing is asked while what was told before is still being fetched, so that a slow reader gets less, and
// not later.
Connection::Step Connection::tell_news() {
  const bool stopping = setting_.signal.draining();
  std::string piece;
  stream_has_ended_ = !stream_->next(piece, stopping) || stopping;
  since_ = std::chrono::steady_clock::now();
  moment_ = since_ + stream_->pause();
  if (stream_is_chunked_ && !piece.empty()) append_chunk(unsent_, piece);
  if (!stream_is_chunked_) unsent_.append(piece);
  if (stream_is_chunked_ && stream_has_ended_) append_chunk(unsent_, {});
  return push_unsent();
}

// What the client sends meanwhile ends the stream.
Connection::Step Connection::go_on_streaming() {
  if (!unsent_.empty()) {
    const Step pushed = push_unsent();
    if (pushed != Step::on) return pushed;
  }
  if (stream_has_ended_) {
    stream_.reset();
    return say_goodbye();
  }
  if (!buffer_.empty()) return Step::end;
  return setting_.signal.draining() || std::chrono::steady_clock::now() >= moment_ ? Step::turn
                                                                                   : Step::octets;
}

}  // namespace casebridge::http
