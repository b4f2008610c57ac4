// The stages of one connection. After anything that was not understood it is closed: what follows cannot be
// trusted.
#include "core/http/connection.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Exception.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>

#include "core/base/limits.hpp"
#include "core/base/secret.hpp"
#include "core/http/head_check.hpp"
#include "core/http/request_id.hpp"

namespace casebridge::http {
namespace {

using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;
constexpr auto overload_ms = 2'000ms;  // a connection too many gets this long for its handshake and its 503
// How long what still comes is read, so that an answer on its way is not torn down by a reset.
constexpr auto goodbye_ms = 500ms;
constexpr std::size_t goodbye_bytes_max = 512 * 1024;

std::string http_date(Instant now) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now.time_since_epoch().count()),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

Poco::Net::Context::Ptr certificate_of(const ConnectionSetting& setting) {
  return setting.certificates ? setting.certificates->current() : nullptr;
}

}  // namespace

Connection::Connection(const Poco::Net::StreamSocket& socket, const ConnectionSetting& setting)
    : setting_(setting),
      place_(setting.count),
      member_(setting.crowd),
      begun_(SteadyClock::now()),
      wire_(socket, certificate_of(setting), setting.signal),
      peer_(peer_of(socket.impl()->sockfd())),
      since_(begun_) {
  peer_is_proxy_ = setting.proxies.trusted.holds(peer_.address);
  if (setting.proxy_header)
    stage_ = Stage::preface;
  else
    enter();
  park();
}

Connection::~Connection() {
  wipe(buffer_);
  wipe(request_.body);
  wipe(unsent_);
}

void Connection::enter() { room_ = member_.enter(peer_is_proxy_ ? std::string() : peer_.address); }

Next Connection::go_on() {
  silent_until_ = 0;
  waits_for_ = WaitsFor::nothing;
  try {
    return advance();
  } catch (const std::exception&) {
    return Next::end;  // the peer vanished between two calls; there is nobody to tell
  }
}

void Connection::end_silence() {
  const bool reader = waits_for_ == WaitsFor::reader;
  silence_ended_ = true;
  if (reader)
    wire_.cut();
  else
    wire_.stop_listening();
}

// Until when it may wait for what it waits for now.
Connection::TimePoint Connection::deadline() const {
  const Timeouts& limits = setting_.timeouts;
  switch (stage_) {
    case Stage::answer: return since_ + limits.write_ms;
    case Stage::farewell: return since_ + goodbye_ms;
    case Stage::body: {
      const auto paid = std::chrono::milliseconds(1'000 * request_.body.size() /
                                                  static_cast<std::size_t>(limits.body_bytes_per_s_min));
      return since_ + std::min(limits.body_ms, limits.body_start_ms + paid);
    }
    case Stage::preface:
    case Stage::head: break;
  }
  if (!place_.granted()) return begun_ + overload_ms;
  return since_ + (requests_ > 0 && !head_begun_ ? limits.idle_ms : limits.head_ms);
}

Next Connection::park() {
  const bool idle = stage_ == Stage::head && !is_half_read();
  waits_for_ = stage_ == Stage::answer ? WaitsFor::reader : (idle ? WaitsFor::request : WaitsFor::rest);
  silent_until_ = deadline().time_since_epoch().count();
  return wire_.wants_to_write() ? Next::writable : Next::readable;
}

Arrival Connection::look() {
  // What has arrived before goes before the end.
  if (silence_ended_ && !wire_.has_octets()) return Arrival::closed;
  if (stage_ == Stage::preface) return wire_.look_below(buffer_, preface_.wanted());
  return stage_ == Stage::farewell ? wire_.look_below(buffer_, goodbye_bytes_max) : wire_.look(buffer_);
}

Next Connection::advance() {
  for (bool looked = false;;) {
    Step wanted = step();
    // A plain socket tells by itself when more arrives; TLS may have read more than it gave.
    const bool rests = looked && !wire_.secure() && stage_ == Stage::head && buffer_.empty();
    if (wanted == Step::octets && !rests) {
      const Arrival arrival = look();
      if (arrival == Arrival::octets) {
        looked = true;
        continue;
      }
      if (arrival != Arrival::nothing) wanted = silence_ended_ ? time_is_over() : Step::end;
    }
    if (wanted == Step::octets || wanted == Step::room)
      wanted = SteadyClock::now() >= deadline() ? time_is_over() : find_room(wanted);
    if (wanted == Step::end) return Next::end;
    if (wanted != Step::on) return park();
  }
}

Connection::Step Connection::step() {
  switch (stage_) {
    case Stage::preface: return read_preface();
    case Stage::head: return read_head();
    case Stage::body: return read_body();
    case Stage::answer: return send_rest();
    case Stage::farewell: return read_farewell();
  }
  return Step::end;
}

// What it keeps while it waits is counted; without room for it there is no waiting.
Connection::Step Connection::find_room(Step wanted) {
  const std::size_t kept = buffer_.size() + request_.body.size() + (unsent_.size() - sent_);
  if (!member_.hold(kept)) {
    if (stage_ == Stage::answer) return Step::end;
    return refuse(trouble(TroubleCode::overloaded, "too much is waiting"), "too_much_waits");
  }
  if (!is_half_read()) return wanted;
  const Crowd::Room room = member_.begin_half();
  if (room == Crowd::Room::yes) return wanted;
  if (room == Crowd::Room::none)
    return refuse(trouble(TroubleCode::overloaded, "too many requests are half sent"), "too_many_half_read");
  return refuse(trouble(TroubleCode::rate_limited, "this address has too many requests half sent"),
                "address_half_read");
}

Connection::Step Connection::time_is_over() {
  if (stage_ == Stage::body)
    return refuse(trouble(TroubleCode::request_timeout, "the body did not arrive in time"), "body_timeout");
  if (stage_ != Stage::head) return Step::end;
  if (!buffer_.empty())
    return refuse(trouble(TroubleCode::request_timeout, "the head did not arrive in time"), "head_timeout");
  return setting_.signal.draining() ? say_goodbye() : Step::end;
}

Connection::Step Connection::read_preface() {
  if (!peer_is_proxy_) return Step::end;
  if (buffer_.empty()) return Step::octets;
  const ProxyHeader::State state = preface_.take(buffer_);
  buffer_.clear();
  if (state == ProxyHeader::State::more) return Step::octets;
  if (state == ProxyHeader::State::refused) return Step::end;
  peer_.loopback = false;
  if (!preface_.source().empty()) {
    peer_.address = preface_.source();
    peer_is_proxy_ = setting_.proxies.trusted.holds(peer_.address);
  }
  enter();
  stage_ = Stage::head;
  return Step::on;
}

Connection::Step Connection::read_head() {
  if (buffer_.empty()) return Step::octets;
  // A request that is not served is not read, but its arrival is awaited: an answer before it would be torn
  // down by a reset.
  if (!place_.granted())
    return refuse(trouble(TroubleCode::overloaded, "all connections are in use"), "too_many_connections");
  if (room_ != Crowd::Room::yes)
    return refuse(trouble(TroubleCode::rate_limited, "this address has too many connections"),
                  "address_connections");
  const HeadReader::State state = head_reader_.look_at(buffer_);
  if (state == HeadReader::State::complete) return take_head(head_reader_.size());
  if (state == HeadReader::State::refused) return refuse(head_reader_.fault());
  if (!head_begun_ && requests_ > 0) since_ = SteadyClock::now();
  head_begun_ = true;
  return Step::octets;
}

Connection::Step Connection::take_head(std::size_t size) {
  CheckedHead checked = check_head(std::string_view(buffer_).substr(0, size));
  drop_front(size);
  head_reader_ = {};
  head_begun_ = false;
  if (checked.fault != HeadFault::none) return refuse(checked.fault, checked.head.method != Method::head);
  request_.head = std::move(checked.head);
  request_.peer = peer_.address;
  request_.peer_is_loopback = peer_.loopback;
  if (peer_is_proxy_) {
    if (auto address = forwarded_address(request_.head, setting_.proxies)) {
      request_.peer = std::move(*address);
      request_.peer_is_loopback = false;  // whatever a proxy tells, it was not asked from this machine
    }
  }
  request_.tls = setting_.certificates != nullptr;
  request_.request_id = request_id_of(request_.head.field("traceparent").value_or(""));
  if (!request_.head.chunked && request_.head.content_length.value_or(0) == 0) return handle();
  stage_ = Stage::body;
  since_ = SteadyClock::now();
  if (request_.head.chunked) chunk_reader_.emplace(limits::request_body_bytes_max);
  std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";
  if (!request_.head.expects_continue || !buffer_.empty()) return Step::on;
  return wire_.push(go_ahead) == Departure::all ? Step::on : Step::end;
}

Connection::Step Connection::read_body() {
  return request_.head.chunked ? read_chunked_body() : read_counted_body();
}

Connection::Step Connection::read_counted_body() {
  const std::size_t size = *request_.head.content_length;
  std::string& body = request_.body;
  if (body.capacity() < size) body.reserve(size);
  const std::size_t some = std::min(size - body.size(), buffer_.size());
  body.append(buffer_, 0, some);
  drop_front(some);
  return body.size() == size ? handle() : Step::octets;
}

Connection::Step Connection::read_chunked_body() {
  std::size_t taken = 0;
  const ChunkReader::State state = chunk_reader_->read(buffer_, request_.body, taken);
  drop_front(taken);
  if (state == ChunkReader::State::more) return Step::octets;
  if (state == ChunkReader::State::refused) return refuse(chunk_reader_->fault());
  return handle();
}

Connection::Step Connection::handle() {
  member_.end_half();
  chunk_reader_.reset();
  Response response = setting_.handler.handle(request_);
  wipe(request_.body);
  if (response.stream()) return send_stream(response);
  const bool close =
      !request_.head.keep_alive || setting_.signal.draining() || ++requests_ >= setting_.requests_max;
  const bool with_body = request_.head.method != Method::head;
  request_ = {};
  const Step next = answer(response, with_body, close);
  response.wipe_body();
  return next;
}

Connection::Step Connection::refuse(HeadFault fault, bool with_body) {
  const HeadFaultRow& row = row_of(fault);
  return refuse(trouble(row.code, std::string(row.detail)), row.name, with_body);
}

Connection::Step Connection::refuse(const Trouble& trouble, std::string_view label, bool with_body) {
  member_.end_half();
  wipe(request_.body);
  return answer(setting_.handler.refuse(trouble, label, request_id_of("")), with_body, true);
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
  const bool together = with_body && response.body().size() <= body_bytes_beside_max;
  std::string octets = response.head_text(date(), close);
  if (together) octets.append(response.body());
  std::string_view left = octets, body = with_body && !together ? response.body() : std::string_view();
  Departure departure = wire_.push(left);
  if (departure == Departure::all) departure = wire_.push(body);
  closing_ = close;
  if (departure == Departure::some) {
    unsent_.assign(left).append(body);
    sent_ = 0;
    stage_ = Stage::answer;
    since_ = SteadyClock::now();
  }
  wipe(octets);
  if (departure == Departure::gone) return Step::end;
  return departure == Departure::some ? Step::room : answered();
}

Connection::Step Connection::send_rest() {
  std::string_view left = std::string_view(unsent_).substr(sent_);
  const Departure departure = wire_.push(left);
  sent_ = unsent_.size() - left.size();
  if (departure == Departure::gone) return Step::end;
  if (departure == Departure::some) return Step::room;
  wipe(unsent_);
  unsent_ = {};
  sent_ = 0;
  return answered();
}

Connection::Step Connection::answered() {
  if (closing_) return say_goodbye();
  stage_ = Stage::head;
  since_ = SteadyClock::now();
  return Step::on;
}

Connection::Step Connection::say_goodbye() {
  stage_ = Stage::farewell;
  since_ = SteadyClock::now();
  return wire_.stop_sending() ? Step::on : Step::end;
}

Connection::Step Connection::read_farewell() {
  farewell_bytes_ += buffer_.size();
  wipe(buffer_);
  buffer_.clear();
  return farewell_bytes_ < goodbye_bytes_max ? Step::octets : Step::end;
}

// The connection is used for nothing else afterwards: what the client sends meanwhile ends the stream.
Connection::Step Connection::send_stream(const Response& response) {
  const bool chunked = request_.head.minor_version > 0;
  std::string piece = response.head_text(date(), true, chunked);
  if (!wire_.send(piece, SteadyClock::now() + setting_.timeouts.write_ms)) return Step::end;
  bool more = request_.head.method != Method::head;
  while (more) {
    piece.clear();
    more = response.stream()->next(piece, setting_.signal.draining());
    if (!piece.empty() && !send_piece(piece, chunked)) return Step::end;
    if (!more) break;
    const Arrival arrival = wire_.receive(buffer_, SteadyClock::now() + response.stream()->pause(), true);
    if (arrival == Arrival::octets || arrival == Arrival::closed) return Step::end;
  }
  piece.clear();
  if (request_.head.method != Method::head && chunked && !send_piece(piece, chunked)) return Step::end;
  return say_goodbye();
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
