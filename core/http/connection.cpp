// The stages of one connection. After anything that was not understood it is closed: what follows cannot be
// trusted.
#include "core/http/connection.hpp"

#include <algorithm>
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

Poco::Net::Context::Ptr certificate_of(const ConnectionSetting& setting) {
  return setting.certificates ? setting.certificates->current() : nullptr;
}

}  // namespace

Connection::Connection(const Poco::Net::StreamSocket& socket, const ConnectionSetting& setting)
    : setting_(setting),
      place_(setting.count),
      place_of_all_(setting.all_count),
      member_(setting.crowd),
      begun_(SteadyClock::now()),
      wire_(socket, certificate_of(setting)),
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

template <class Turn>
Next Connection::safely(Turn turn) {
  silent_until_ = 0;
  waits_for_ = WaitsFor::nothing;
  try {
    return turn();
  } catch (const std::exception&) {
    return Next::end;  // the peer vanished between two calls; there is nobody to tell
  }
}

Next Connection::go_on() {
  return safely([this] { return advance(false, Step::on); });
}

Next Connection::take_turn() {
  return safely([this] { return advance(true, streams() ? tell_news() : handle()); });
}

Next Connection::refuse_turn(TurnClass turn) {
  return safely([&] {
    Trouble busy = trouble(TroubleCode::overloaded, "there are more requests than can be answered");
    busy.retry_at = setting_.clock.now() + retry_after(turn);
    Response response = refusal(busy, refusal_label(turn), request_.request_id);
    wipe(request_.body);
    return advance(true, answer_request(response));
  });
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
    case Stage::stream: return unsent_.empty() ? TimePoint::max() : since_ + limits.write_ms;
    case Stage::preface:
    case Stage::whole:
    case Stage::head: break;
  }
  if (!is_granted()) return begun_ + overload_ms;
  return since_ + (requests_ > 0 && !head_begun_ ? limits.idle_ms : limits.head_ms);
}

Next Connection::park() {
  const bool idle = stage_ == Stage::head && !is_half_read();
  waits_for_ = !unsent_.empty() ? WaitsFor::reader : (idle ? WaitsFor::request : WaitsFor::rest);
  if (stage_ == Stage::stream && unsent_.empty()) return Next::moment;
  silent_until_ = deadline().time_since_epoch().count();
  return wire_.wants_to_write() ? Next::writable : Next::readable;
}

Arrival Connection::look() {
  // What has arrived before goes before the end.
  if (silence_ended_ && !wire_.has_octets()) return Arrival::closed;
  if (stage_ == Stage::preface) return wire_.look_below(buffer_, preface_.wanted());
  return stage_ == Stage::farewell ? wire_.look_below(buffer_, goodbye_bytes_max) : wire_.look(buffer_);
}

Next Connection::advance(bool looked, Step first) {
  for (Step wanted = first;;) {
    if (wanted == Step::on) wanted = step();
    // A plain socket tells by itself when more arrives; TLS may have read more than it gave.
    const bool between = stage_ == Stage::head || stage_ == Stage::stream;
    const bool rests = looked && !wire_.secure() && between && buffer_.empty();
    if (wanted == Step::octets && !rests) {
      const Arrival arrival = look();
      if (arrival == Arrival::octets) {
        looked = true;
        wanted = Step::on;
        continue;
      }
      if (arrival != Arrival::nothing) wanted = silence_ended_ ? time_is_over() : Step::end;
    }
    if (wanted == Step::octets || wanted == Step::room)
      wanted = SteadyClock::now() >= deadline() ? time_is_over() : find_room(wanted);
    if (wanted == Step::end) return Next::end;
    if (wanted == Step::turn) return Next::turn;
    if (wanted != Step::on) return park();
  }
}

Connection::Step Connection::step() {
  switch (stage_) {
    case Stage::preface: return read_preface();
    case Stage::head: return read_head();
    case Stage::body: return read_body();
    case Stage::whole: return Step::turn;
    case Stage::answer: return send_rest();
    case Stage::stream: return go_on_streaming();
    case Stage::farewell: return read_farewell();
  }
  return Step::end;
}

// What it keeps while it waits is counted; without room for it there is no waiting.
Connection::Step Connection::find_room(Step wanted) {
  const std::size_t kept = buffer_.size() + request_.body.size() + (unsent_.size() - sent_);
  if (!member_.hold(kept)) {
    if (stage_ == Stage::answer || stage_ == Stage::stream) return Step::end;
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

bool Connection::is_granted() const {
  return place_of_all_.granted() || place_.number() <= setting_.connections_kept;
}

Connection::Step Connection::read_head() {
  if (buffer_.empty()) return Step::octets;
  // A request that is not served is not read, but its arrival is awaited: an answer before it would be torn
  // down by a reset.
  if (!is_granted())
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
  if (!request_.head.chunked && request_.head.content_length.value_or(0) == 0) return whole();
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
  return body.size() == size ? whole() : Step::octets;
}

Connection::Step Connection::read_chunked_body() {
  std::size_t taken = 0;
  const ChunkReader::State state = chunk_reader_->read(buffer_, request_.body, taken);
  drop_front(taken);
  if (state == ChunkReader::State::more) return Step::octets;
  if (state == ChunkReader::State::refused) return refuse(chunk_reader_->fault());
  return whole();
}

Connection::Step Connection::whole() {
  member_.end_half();
  chunk_reader_.reset();
  stage_ = Stage::whole;
  return Step::turn;
}

Connection::Step Connection::read_farewell() {
  farewell_bytes_ += buffer_.size();
  wipe(buffer_);
  buffer_.clear();
  return farewell_bytes_ < goodbye_bytes_max ? Step::octets : Step::end;
}

// What was taken may have held a password; the octets behind the new end are overwritten, not only forgotten.
void Connection::drop_front(std::size_t octets) {
  constexpr std::size_t kept_bytes_max = 2'048;  // by a connection that waits for its next request
  std::string rest = buffer_.substr(octets);
  wipe(buffer_);
  if (!rest.empty() || buffer_.capacity() > kept_bytes_max) buffer_.swap(rest);
}

}  // namespace casebridge::http
