// MemoryHost: a clock and a memory of values for parts of the adapter that need no files; other gateways may
// write in between.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "plugins/sdk/host.hpp"
#include "plugins/sdk/octets.hpp"

namespace casebridge::georgia_batch {

class MemoryHost {
 public:
  MemoryHost() {
    host_.get_service = [](const casebridge_host* host, const char* id) -> const void* {
      const MemoryHost& self = *static_cast<const HostTable*>(host)->self;
      if (std::string(id) == "kv/1") return &self.values_;
      if (std::string(id) == "clock/1") return &self.clock_;
      return nullptr;
    };
    host_.self = this;
    values_.self = this;
    clock_.self = this;
    values_.get = [](const casebridge_kv_v1* kv, const casebridge_call*, casebridge_bytes key,
                     casebridge_sink* value, std::int64_t* version) -> std::int32_t {
      const MemoryHost& self = of(kv);
      const auto found = self.kept.find(text_of(key));
      if (found == self.kept.end()) return CASEBRIDGE_KV_NOT_FOUND;
      *version = found->second.version;
      return value->write(value, sdk::bytes_of(found->second.octets)) == 0 ? CASEBRIDGE_KV_OK
                                                                           : CASEBRIDGE_KV_FAILED;
    };
    values_.put = [](const casebridge_kv_v1* kv, const casebridge_call*, casebridge_bytes key,
                     casebridge_bytes octets, std::int64_t expected, std::int64_t* version) -> std::int32_t {
      MemoryHost& self = of(kv);
      const std::string name = text_of(key);
      if (auto first = std::exchange(self.before_put, nullptr)) first();
      if (name.starts_with(self.full_for) && !self.full_for.empty()) return CASEBRIDGE_KV_FULL;
      const auto found = self.kept.find(name);
      const std::int64_t is = found == self.kept.end() ? 0 : found->second.version;
      if (expected != CASEBRIDGE_KV_ANY_VERSION && expected != is) return CASEBRIDGE_KV_CONFLICT;
      self.kept[name] = {text_of(octets), *version = is + 1};
      return CASEBRIDGE_KV_OK;
    };
    values_.remove = [](const casebridge_kv_v1* kv, const casebridge_call*, casebridge_bytes key,
                        std::int64_t expected) -> std::int32_t {
      const auto found = of(kv).kept.find(text_of(key));
      const std::int64_t is = found == of(kv).kept.end() ? 0 : found->second.version;
      if (expected != CASEBRIDGE_KV_ANY_VERSION && expected != is) return CASEBRIDGE_KV_CONFLICT;
      if (is != 0) of(kv).kept.erase(found);
      return CASEBRIDGE_KV_OK;
    };
    values_.list = [](const casebridge_kv_v1* kv, const casebridge_call*, casebridge_bytes prefix, void* self,
                      void (*key)(void* self, casebridge_bytes key)) -> std::int32_t {
      for (const auto& [name, value] : of(kv).kept)
        if (name.starts_with(text_of(prefix))) key(self, sdk::bytes_of(name));
      return CASEBRIDGE_KV_OK;
    };
    clock_.now_unix = [](const casebridge_clock_v1* clock) -> std::int64_t {
      return static_cast<const ClockTable*>(clock)->self->now.time_since_epoch().count();
    };
  }
  MemoryHost(const MemoryHost&) = delete;
  MemoryHost& operator=(const MemoryHost&) = delete;

  sdk::Call call() const { return sdk::Call(&host_, &call_); }
  std::string all_octets() const {
    std::string all;
    for (const auto& [name, value] : kept) all += name + value.octets;
    return all;
  }

  struct Value {
    std::string octets{};
    std::int64_t version = 0;
  };
  std::map<std::string, Value> kept{};
  std::function<void()> before_put{};  // once
  std::string full_for{};              // keys that begin so find no room
  Instant now{std::chrono::seconds{1'773'700'000}};

 private:
  // The table is the base, so their addresses are the same.
  struct HostTable : casebridge_host {
    MemoryHost* self = nullptr;
  };
  struct ValuesTable : casebridge_kv_v1 {
    MemoryHost* self = nullptr;
  };
  struct ClockTable : casebridge_clock_v1 {
    MemoryHost* self = nullptr;
  };
  static MemoryHost& of(const casebridge_kv_v1* kv) { return *static_cast<const ValuesTable*>(kv)->self; }
  static std::string text_of(casebridge_bytes octets) {
    return {reinterpret_cast<const char*>(octets.data), octets.size};
  }

  HostTable host_{};
  ValuesTable values_{};
  ClockTable clock_{};
  casebridge_call call_{};
};

}  // namespace casebridge::georgia_batch
