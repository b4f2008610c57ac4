// One thread, one connection, then the end.
#include "tests/unit/mail/scripted_server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

namespace casebridge::mail::testing {
namespace {

// Puts what was heard up to `end` into `out`; false when the other side is gone.
bool hear(Poco::Net::StreamSocket& stream, std::string& pending, const std::string& end, std::string& out) {
  while (pending.find(end) == std::string::npos) {
    char block[1024];
    const int size = stream.receiveBytes(block, sizeof block);
    if (size <= 0) return false;
    pending.append(block, static_cast<std::size_t>(size));
  }
  out = pending.substr(0, pending.find(end));
  pending.erase(0, out.size() + end.size());
  return true;
}

}  // namespace

ScriptedServer::ScriptedServer(std::vector<std::string> replies)
    : replies_(std::move(replies)),
      socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
      port_(socket_.address().port()) {
  thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
  if (thread_.joinable()) thread_.join();
}

const std::vector<std::string>& ScriptedServer::heard() {
  if (thread_.joinable()) thread_.join();
  return heard_;
}

void ScriptedServer::serve() {
  try {
    if (!socket_.poll(Poco::Timespan(5, 0), Poco::Net::Socket::SELECT_READ)) return;
    Poco::Net::StreamSocket stream = socket_.acceptConnection();
    stream.setReceiveTimeout(Poco::Timespan(5, 0));
    std::string pending;
    for (const std::string& reply : replies_) {
      stream.sendBytes(reply.data(), static_cast<int>(reply.size()));
      std::string command;
      if (!hear(stream, pending, reply.starts_with("354") ? "\r\n.\r\n" : "\r\n", command)) return;
      heard_.push_back(command);
    }
  } catch (const Poco::Exception&) {
    // The client went away: what was heard so far is what the test looks at.
  }
}

}  // namespace casebridge::mail::testing
