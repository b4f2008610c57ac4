// Load that does not wait for answers: requests leave at a given rate whatever becomes of earlier ones. Ends
// with one JSON line. With rate 0 each connection asks again as soon as it is answered.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;
using Nanoseconds = std::chrono::nanoseconds;

struct Peer {
  int descriptor = -1;
  SteadyClock::time_point sent;  // its latest request
  std::string buffer;
};

// The status of the answer at the front, which is taken off; 0 when it is not whole. `last`: the server ends
// the connection behind it.
int take_answer(std::string& buffer, bool& last) {
  const std::size_t end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  constexpr std::string_view name = "\r\nContent-Length: ";
  const std::size_t place = buffer.find(name);
  std::size_t size = 0;
  if (place < end) std::from_chars(buffer.data() + place + name.size(), buffer.data() + end, size);
  if (buffer.size() < end + 4 + size) return 0;
  last = buffer.find("\r\nConnection: close") < end;
  int status = 0;
  std::from_chars(buffer.data() + 9, buffer.data() + 12, status);
  buffer.erase(0, end + 4 + size);
  return status;
}

class Load {
 public:
  Load(std::uint16_t port, std::string request, std::size_t connections)
      : request_(std::move(request)), port_(port), epoll_(::epoll_create1(0)) {
    for (std::size_t i = 0; i < connections; ++i) {
      peers_.push_back(std::make_unique<Peer>());
      connect(*peers_.back());
      free_.push_back(peers_.back().get());
    }
  }

  bool ready() const { return !broken_; }

  void run(double per_second, std::chrono::duration<double> length) {
    const auto begun = SteadyClock::now();
    const auto end = begun + std::chrono::duration_cast<Nanoseconds>(length);
    std::uint64_t scheduled = 0;
    if (per_second <= 0)
      while (!free_.empty()) ask();
    for (auto now = begun; now < end && !broken_; now = SteadyClock::now()) {
      const std::chrono::duration<double> passed = now - begun;
      for (; per_second > 0 && static_cast<double>(scheduled) < passed.count() * per_second; ++scheduled) {
        if (free_.empty())
          ++not_sent_;
        else
          ask();
      }
      // Asleep until the next one is due: the processors are for who is measured.
      const std::chrono::duration<double> due(per_second > 0 ? static_cast<double>(scheduled) / per_second
                                                             : passed.count() + 0.01);
      listen(begun + std::chrono::duration_cast<Nanoseconds>(due), per_second <= 0);
    }
    seconds_ = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    const auto patience = SteadyClock::now() + std::chrono::seconds(5);
    while (free_.size() < peers_.size() && SteadyClock::now() < patience && !broken_)
      listen(SteadyClock::now() + 10ms, false);
  }

  void print() {
    std::printf("{\"seconds\":%.4f,\"not_sent\":%llu,\"unanswered\":%zu,\"broken\":%s,\"by_status\":{",
                seconds_, static_cast<unsigned long long>(not_sent_), peers_.size() - free_.size(),
                broken_ ? "true" : "false");
    const char* between = "";
    for (auto& [status, took] : by_status_) {
      std::sort(took.begin(), took.end());
      const auto at = [&](double part) {
        return static_cast<double>(
                   took[static_cast<std::size_t>(part * static_cast<double>(took.size() - 1))]) /
               1e6;
      };
      std::printf("%s\"%d\":{\"count\":%zu,\"p50_ms\":%.4f,\"p90_ms\":%.4f,\"p99_ms\":%.4f,\"max_ms\":%.4f}",
                  between, status, took.size(), at(0.5), at(0.9), at(0.99), at(1));
      between = ",";
    }
    std::printf("}}\n");
  }

 private:
  void connect(Peer& peer) {
    if (peer.descriptor >= 0) ::close(peer.descriptor);
    peer.descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(peer.descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(peer.descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) broken_ = true;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &peer;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, peer.descriptor, &event);
  }

  void ask() {
    // In turn, so that none is silent for long.
    Peer& peer = *free_.front();
    free_.pop_front();
    peer.sent = SteadyClock::now();
    const auto sent = ::send(peer.descriptor, request_.data(), request_.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request_.size())) broken_ = true;
  }

  void listen(SteadyClock::time_point until, bool ask_again) {
    std::array<epoll_event, 64> events;
    const Nanoseconds left = std::max(Nanoseconds(until - SteadyClock::now()), Nanoseconds(0));
    const timespec patience{left / 1s, (left % 1s).count()};
    const int count =
        ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &patience, nullptr);
    for (int i = 0; i < count; ++i) {
      read(*static_cast<Peer*>(events[static_cast<std::size_t>(i)].data.ptr));
      while (ask_again && !free_.empty()) ask();
    }
  }

  void read(Peer& peer) {
    std::array<char, 65536> octets;
    const auto count = ::recv(peer.descriptor, octets.data(), octets.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      broken_ = true;
      return;
    }
    peer.buffer.append(octets.data(), static_cast<std::size_t>(count));
    bool last = false;
    const int status = take_answer(peer.buffer, last);
    if (status == 0) return;
    const Nanoseconds took = SteadyClock::now() - peer.sent;
    by_status_[status].push_back(took.count());
    if (last) connect(peer);
    free_.push_back(&peer);
  }

  const std::string request_;
  const std::uint16_t port_;
  const int epoll_;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::deque<Peer*> free_;
  std::map<int, std::vector<std::int64_t>> by_status_;
  std::uint64_t not_sent_ = 0;
  double seconds_ = 0;
  bool broken_ = false;
};

}  // namespace

// PORT PATH TOKEN CONNECTIONS PER_SECOND SECONDS
int main(int argc, char** argv) {
  if (argc != 7) return 64;
  const std::string request = "GET " + std::string(argv[2]) +
                              " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + argv[3] + "\r\n\r\n";
  Load load(static_cast<std::uint16_t>(std::atoi(argv[1])), request,
            static_cast<std::size_t>(std::atoi(argv[4])));
  if (!load.ready()) return 69;
  load.run(std::atof(argv[5]), std::chrono::duration<double>(std::atof(argv[6])));
  load.print();
  return 0;
}
