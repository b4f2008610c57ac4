// PlainHandler: answers with what it was given, so that a test sees exactly which requests got through.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "core/http/handler.hpp"

namespace casebridge::tests {

class PlainHandler final : public http::Handler {
 public:
  http::Response handle(const http::Request& request) noexcept override {
    ++handled;
    if (request.head.path == "/slow") std::this_thread::sleep_for(slow);
    if (request.head.path == "/large")
      return http::Response(200, "text/plain", std::string(large_bytes, 'a'));
    std::string body =
        std::string(http::name_of(request.head.method)) + ' ' + request.head.path + ' ' + request.body;
    http::Response response(200, "text/plain", std::move(body));
    response.set("Request-Id", request.request_id);
    response.set("Peer", request.peer + (request.peer_is_loopback ? " here" : ""));
    return response;
  }
  http::Response refuse(const Trouble& trouble, std::string_view label, std::string_view) noexcept override {
    ++refused;
    return http::Response(trouble.row().http_status, "text/plain", std::string(label));
  }

  std::atomic<int> handled{0};
  std::atomic<int> refused{0};
  std::chrono::milliseconds slow{300};
  // More than sockets on one machine hold between them.
  static constexpr std::size_t large_bytes = 24 * 1024 * 1024;
};

}  // namespace casebridge::tests
