// Leaves a thread behind that goes on using its call. What the host answered it is the next call's answer.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "tests/broken_plugins/table.hpp"

CASEBRIDGE_NOTE(PLUGIN_ID, "1.0.0");

namespace {

const casebridge_host* host = nullptr;
std::atomic<std::int32_t> answered_later{-1};

std::int32_t invoke(void*, const casebridge_call* call, casebridge_bytes, casebridge_bytes, casebridge_bytes,
                    casebridge_sink* out) {
  const std::string answer = R"({"cases":[{"key":")" + std::to_string(answered_later) + R"("}]})";
  if (answered_later < 0) {
    std::thread([call] {
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
      const auto* http = static_cast<const casebridge_http_v1*>(host->get_service(host, "http/1"));
      constexpr std::string_view method = "GET";
      constexpr std::string_view target = "/after";
      casebridge_http_request request{};
      request.struct_size = sizeof request;
      request.method = {reinterpret_cast<const std::uint8_t*>(method.data()), method.size()};
      request.target = {reinterpret_cast<const std::uint8_t*>(target.data()), target.size()};
      const casebridge_http_receiver receiver{sizeof receiver,
                                              0,
                                              nullptr,
                                              [](void*, std::uint32_t) {},
                                              [](void*, casebridge_bytes, casebridge_bytes) {},
                                              [](void*, casebridge_bytes) {},
                                              nullptr,
                                              nullptr};
      answered_later = http->send(http, call, &request, &receiver);
    }).detach();
  }
  broken::say(out, answer);
  return CASEBRIDGE_DONE;
}

std::int32_t create(const casebridge_host* given, std::uint32_t, const casebridge_adapter** made) {
  static const casebridge_adapter table = broken::with_invoke(invoke);
  host = given;
  *made = &table;
  return CASEBRIDGE_DONE;
}

}  // namespace

BROKEN_EXPORT_CREATE(create);
