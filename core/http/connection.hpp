// Connection: one client's requests, one after the other. Reads, checks, hands over, writes; keeps what
// follows. Whatever it has to wait for, it waits for without a thread.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/http/certificates.hpp"
#include "core/http/chunk_reader.hpp"
#include "core/http/connection_count.hpp"
#include "core/http/crowd.hpp"
#include "core/http/forwarded.hpp"
#include "core/http/handler.hpp"
#include "core/http/head_reader.hpp"
#include "core/http/peer.hpp"
#include "core/http/proxy_header.hpp"
#include "core/http/stop_signal.hpp"
#include "core/http/wire.hpp"

namespace casebridge::http {

struct Timeouts {
  std::chrono::milliseconds head_ms{
      10'000};  // from the first octet of a head, or from the connection, to its end
  std::chrono::milliseconds body_ms{30'000};
  // A body may begin slowly, but must keep this pace in all; else its time ends before body_ms.
  std::chrono::milliseconds body_start_ms{10'000};
  int body_bytes_per_s_min = 1'024;
  std::chrono::milliseconds idle_ms{30'000};  // between two requests
  std::chrono::milliseconds write_ms{30'000};
};

// What all connections of one server share; outlives them.
struct ConnectionSetting {
  Handler& handler;
  const Clock& clock;
  const StopSignal& signal;
  ConnectionCount& count;      // of this listener
  ConnectionCount& all_count;  // of all that share the connections
  int connections_kept;        // of this listener, whatever the others have
  Crowd& crowd;
  const Certificates* certificates;  // null: plain
  Timeouts timeouts;
  Proxies proxies{};
  bool proxy_header = false;  // trusted proxies begin with it, and nobody else is served
  int requests_max = 1'000;   // of one connection
};

// What a connection waits for: octets of its client, room for what it sends, a turn for what it holds, or for
// octets and a moment. Or it is over.
enum class Next { readable, writable, turn, moment, end };

class Connection {
 public:
  using TimePoint = Wire::TimePoint;

  Connection(const Poco::Net::StreamSocket& socket, const ConnectionSetting& setting);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One thread at a time, when the socket has something to say. Never waits for anything but a processor:
  // what may take longer needs a turn.
  Next go_on();
  // After `turn`, or when the moment has come: answers the request, or tells what is new in a stream.
  Next take_turn();
  // After `turn`: says that there are too many requests, and goes on with the next one.
  Next refuse_turn(TurnClass turn);
  TurnClass turn_class() const { return setting_.handler.turn_class(request_); }
  // An answer that goes on: its turns were granted when it began.
  bool streams() const { return stage_ == Stage::stream; }
  // After `moment`.
  TimePoint moment() const { return moment_; }
  // Held by whoever serves it.
  std::mutex& hand() { return hand_; }
  // Any thread. Whether it waits between two requests.
  bool is_idle() const { return waits_for_ == WaitsFor::request; }
  // Any thread. Whether it waits, and for longer than it may. One look: between two, a worker might take the
  // connection up, and its time seem to be over.
  bool is_overdue(TimePoint now) const {
    const TimePoint::rep until = silent_until_;
    return until != 0 && now >= TimePoint(TimePoint::duration(until));
  }
  int descriptor() const { return wire_.descriptor(); }
  // Any thread. Makes the socket speak, so that whoever serves it finds that its time is over.
  void end_silence();

 private:
  enum class Stage { preface, head, body, whole, answer, stream, farewell };
  enum class WaitsFor { nothing, request, rest, reader };  // nothing: it is being served
  // What a stage comes to: the next one, octets of the peer, room to write, a turn, or the end.
  enum class Step { on, octets, room, turn, end };

  // `looked`: whether all that has arrived was read. `first`: what was done already.
  Next advance(bool looked, Step first);
  template <class Turn>
  Next safely(Turn turn);
  Step step();
  Step read_preface();
  Step read_head();
  Step take_head(std::size_t size);
  Step read_body();
  Step read_counted_body();
  Step read_chunked_body();
  Step whole();
  Step handle();
  Step answer_request(Response& response);
  Step send_rest();
  Step read_farewell();
  Step time_is_over();
  Step find_room(Step wanted);
  Next park();
  Arrival look();
  void enter();
  TimePoint deadline() const;
  bool is_half_read() const { return stage_ == Stage::body || (stage_ == Stage::head && !buffer_.empty()); }

  Response refusal(const Trouble& trouble, std::string_view label, std::string_view request_id);
  Step refuse(HeadFault fault, bool with_body = true);
  Step refuse(const Trouble& trouble, std::string_view label, bool with_body = true);
  Step answer(const Response& response, bool with_body, bool close);
  Step answered();
  Step say_goodbye();
  Step begin_stream(const Response& response);
  Step tell_news();
  Step go_on_streaming();
  Step push_unsent();
  void drop_front(std::size_t octets);
  bool is_granted() const;
  const std::string& date();

  const ConnectionSetting& setting_;
  const ConnectionCount::Place place_;
  const ConnectionCount::Place place_of_all_;
  Crowd::Member member_;
  Crowd::Room room_ = Crowd::Room::yes;
  const TimePoint begun_;
  Wire wire_;
  Peer peer_;
  bool peer_is_proxy_ = false;

  Stage stage_ = Stage::head;
  TimePoint since_;     // when what is waited for began
  std::string buffer_;  // received and not yet taken
  ProxyHeader preface_;
  HeadReader head_reader_;
  bool head_begun_ = false;
  std::optional<ChunkReader> chunk_reader_;
  Request request_;
  std::string unsent_;    // of an answer that its reader does not take
  std::size_t sent_ = 0;  // of it
  std::shared_ptr<BodyStream> stream_;
  bool stream_is_chunked_ = false, stream_has_ended_ = false;
  TimePoint moment_{};  // when there may be more to tell
  std::size_t farewell_bytes_ = 0;
  bool closing_ = false;
  int requests_ = 0;
  Instant dated_{};
  std::string date_;  // of that second, as a header field has it

  std::mutex hand_;
  std::atomic<WaitsFor> waits_for_{WaitsFor::nothing};
  std::atomic<TimePoint::rep> silent_until_{0};  // 0: being served
  std::atomic<bool> silence_ended_{false};
};

}  // namespace casebridge::http
