// The loop of one connection. After anything that was not understood it is closed: what follows cannot be
// trusted.
#include "core/http/connection.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Exception.h>

#include <array>
#include <charconv>
#include <exception>

#include "core/base/limits.hpp"
#include "core/base/secret.hpp"
#include "core/http/chunk_reader.hpp"
#include "core/http/head_check.hpp"
#include "core/http/head_reader.hpp"
#include "core/http/request_id.hpp"

namespace casebridge::http {
namespace {

using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;
constexpr auto overload_ms = 2'000ms;  // a connection too many gets this long for its handshake and its 503

std::string http_date(Instant now) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now.time_since_epoch().count()),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

}  // namespace

Connection::Connection(const Poco::Net::StreamSocket& socket, const ConnectionSetting& setting)
    : setting_(setting),
      place_(setting.count),
      begun_(SteadyClock::now()),
      wire_(socket, setting.tls, setting.signal),
      peer_(socket.peerAddress().host().toString()),
      peer_is_loopback_(socket.peerAddress().host().isLoopback()) {
  wait_until(begun_ + (place_.granted() ? setting.timeouts.head_ms : overload_ms));
}

Connection::~Connection() { wipe(buffer_); }

Next Connection::go_on() {
  const TimePoint silent_until{TimePoint::duration(silent_until_.exchange(0))};
  try {
    const int before = requests_;
    const Next next = answer_all();
    wait_until(requests_ == before ? silent_until : SteadyClock::now() + setting_.timeouts.idle_ms);
    return next;
  } catch (const std::exception&) {
    return Next::end;  // the peer vanished between two calls; there is nobody to tell
  }
}

void Connection::end_silence() {
  silence_ended_ = true;
  wire_.stop_listening();
}

Next Connection::answer_all() {
  for (;;) {
    // What has arrived before goes before the end.
    const Arrival arrival = silence_ended_ && !wire_.has_octets() ? Arrival::closed : wire_.look(buffer_);
    if (arrival == Arrival::nothing) return wire_.wants_to_write() ? Next::writable : Next::readable;
    if (arrival != Arrival::octets) {
      if (setting_.signal.draining()) wire_.finish();
      return Next::end;
    }
    if (!place_.granted()) {
      // The request is not read, but its arrival was awaited: an answer before it would be torn down by a
      // reset.
      refuse(trouble(TroubleCode::overloaded, "all connections are in use"), "too_many_connections");
      return Next::end;
    }
    while (!buffer_.empty()) {
      if (!exchange()) return Next::end;
    }
    // A plain socket tells by itself when more arrives; TLS may have read more than it gave.
    if (!wire_.secure()) return Next::readable;
  }
}

bool Connection::exchange() {
  const auto size = read_head();
  if (!size) return false;
  CheckedHead checked = check_head(std::string_view(buffer_).substr(0, *size));
  drop_front(*size);
  if (checked.fault != HeadFault::none) {
    refuse(checked.fault, checked.head.method != Method::head);
    return false;
  }
  Request request;
  request.head = std::move(checked.head);
  request.peer = peer_;
  request.peer_is_loopback = peer_is_loopback_;
  request.tls = !setting_.tls.isNull();
  request.request_id = request_id_of(request.head.field("traceparent").value_or(""));
  if (!read_body(request)) {
    wipe(request.body);
    return false;
  }
  Response response = setting_.handler.handle(request);
  wipe(request.body);
  if (response.stream()) {
    send_stream(response, request.head);
    return false;
  }
  const bool close =
      !request.head.keep_alive || setting_.signal.draining() || ++requests_ >= setting_.requests_max;
  const bool sent = send(response, request.head.method != Method::head, close);
  response.wipe_body();
  if (!sent) return false;
  if (close) wire_.finish();
  return !close;
}

// The size of the next head, of which the first octets are in buffer_; nullopt when the connection has ended.
std::optional<std::size_t> Connection::read_head() {
  HeadReader reader;
  const auto until = (requests_ == 0 ? begun_ : SteadyClock::now()) + setting_.timeouts.head_ms;
  for (;;) {
    const HeadReader::State state = reader.look_at(buffer_);
    if (state == HeadReader::State::complete) return reader.size();
    if (state == HeadReader::State::refused) {
      refuse(reader.fault());
      return std::nullopt;
    }
    const Arrival arrival = wire_.receive(buffer_, until);
    if (arrival == Arrival::timed_out) {
      refuse(trouble(TroubleCode::request_timeout, "the head did not arrive in time"), "head_timeout");
    }
    if (arrival != Arrival::octets) return std::nullopt;
  }
}

bool Connection::read_body(Request& request) {
  const Head& head = request.head;
  const std::size_t size = head.content_length.value_or(0);
  if (!head.chunked && size == 0) return true;
  const auto until = SteadyClock::now() + setting_.timeouts.body_ms;
  if (head.expects_continue && buffer_.empty() && !wire_.send("HTTP/1.1 100 Continue\r\n\r\n", until))
    return false;
  return head.chunked ? read_chunked_body(request.body, until) : read_counted_body(request.body, size, until);
}

bool Connection::read_counted_body(std::string& body, std::size_t size, Wire::TimePoint until) {
  body.reserve(size);
  for (;;) {
    const std::size_t some = std::min(size - body.size(), buffer_.size());
    body.append(buffer_, 0, some);
    drop_front(some);
    if (body.size() == size) return true;
    const Arrival arrival = wire_.receive(buffer_, until);
    if (arrival == Arrival::timed_out) {
      refuse(trouble(TroubleCode::request_timeout, "the body did not arrive in time"), "body_timeout");
    }
    if (arrival != Arrival::octets) return false;
  }
}

bool Connection::read_chunked_body(std::string& body, Wire::TimePoint until) {
  ChunkReader reader(limits::request_body_bytes_max);
  for (;;) {
    std::size_t taken = 0;
    const ChunkReader::State state = reader.read(buffer_, body, taken);
    drop_front(taken);
    if (state == ChunkReader::State::done) return true;
    if (state == ChunkReader::State::refused) {
      refuse(reader.fault());
      return false;
    }
    const Arrival arrival = wire_.receive(buffer_, until);
    if (arrival == Arrival::timed_out) {
      refuse(trouble(TroubleCode::request_timeout, "the body did not arrive in time"), "body_timeout");
    }
    if (arrival != Arrival::octets) return false;
  }
}

void Connection::refuse(HeadFault fault, bool with_body) {
  const HeadFaultRow& row = row_of(fault);
  refuse(trouble(row.code, std::string(row.detail)), row.name, with_body);
}

void Connection::refuse(const Trouble& trouble, std::string_view label, bool with_body) {
  if (send(setting_.handler.refuse(trouble, label, request_id_of("")), with_body, true)) wire_.finish();
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

bool Connection::send(const Response& response, bool with_body, bool close) {
  const auto until = SteadyClock::now() + setting_.timeouts.write_ms;
  const bool together = with_body && response.body().size() <= body_bytes_beside_max;
  std::string octets = response.head_text(date(), close);
  if (together) octets.append(response.body());
  bool sent = wire_.send(octets, until);
  if (sent && with_body && !together) sent = wire_.send(response.body(), until);
  wipe(octets);
  return sent;
}

// The connection is used for nothing else afterwards: what the client sends meanwhile ends the stream.
void Connection::send_stream(const Response& response, const Head& asked) {
  const bool chunked = asked.minor_version > 0;
  std::string piece = response.head_text(date(), true, chunked);
  if (!wire_.send(piece, SteadyClock::now() + setting_.timeouts.write_ms)) return;
  bool more = asked.method != Method::head;
  while (more) {
    piece.clear();
    more = response.stream()->next(piece, setting_.signal.draining());
    if (!piece.empty() && !send_piece(piece, chunked)) return;
    if (!more) break;
    const Arrival arrival = wire_.receive(buffer_, SteadyClock::now() + response.stream()->pause(), true);
    if (arrival == Arrival::octets || arrival == Arrival::closed) return;
  }
  piece.clear();
  if (asked.method != Method::head && chunked && !send_piece(piece, chunked)) return;
  wire_.finish();
}

// An empty piece is the last chunk (RFC 9112 §7.1).
bool Connection::send_piece(std::string& piece, bool chunked) {
  if (chunked) {
    std::array<char, 16> size{};
    const auto end = std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16).ptr;
    piece.insert(0, std::string(size.data(), end) + "\r\n").append("\r\n");
  }
  return wire_.send(piece, SteadyClock::now() + setting_.timeouts.write_ms);
}

// What was taken may have held a password; the octets behind the new end are overwritten, not only forgotten.
void Connection::drop_front(std::size_t octets) {
  std::string rest = buffer_.substr(octets);
  wipe(buffer_);
  buffer_ = std::move(rest);
}

}  // namespace casebridge::http
