// What the gateway offers an adapter: time, log, model checks, settings, and the call that is going on.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/trouble.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/files.hpp"
#include "plugins/sdk/http.hpp"
#include "plugins/sdk/values.hpp"

namespace casebridge::sdk {

// Thrown when the host does not offer a service; the border turns it into `not_supported`. Do not catch it.
struct ServiceMissing {};

// The events an operator may see; anything more is in the state's own trace.
enum class Event {
  upstream_error,
  upstream_retry,
  upstream_drift,
  unknown_code,
  paging_restarted,
  record_dropped,
  adapter_note
};

// One safe fact. Names are from the lists in casebridge_adapter_v1.h; others are dropped by the host.
struct Fact {
  const char* name;
  std::uint32_t kind;
  std::int64_t number = 0;
  std::string_view text{};
};
inline Fact number(const char* name, std::int64_t value) {
  return {name, CASEBRIDGE_FIELD_NUMBER, value, {}};
}
inline Fact word(const char* name, std::string_view value) { return {name, CASEBRIDGE_FIELD_WORD, 0, value}; }
inline Fact code(std::string_view value) { return {"upstream_code", CASEBRIDGE_FIELD_CODE, 0, value}; }

// The services of one instance; a light handle. Any thread.
class Host {
 public:
  explicit Host(const casebridge_host* host) : host_(host) {}

  Instant now() const;                           // clock/1
  bool has_secret(std::string_view name) const;  // secrets/1
  // model/1: nullopt when `json` follows schemas/adapter/NAME.json, else the JSON pointer of the first wrong
  // member.
  std::optional<std::string> wrong_member(const char* schema, std::string_view json) const;

  template <class Table>
  const Table& service(const char* id) const {
    return *static_cast<const Table*>(find(id));
  }

 private:
  const void* find(const char* id) const;  // throws ServiceMissing
  const casebridge_host* host_;
};

// One call, made by the gateway; valid until the adapter's method returns.
class Call {
 public:
  Call(const casebridge_host* host, const casebridge_call* call) : host_(host), call_(call) {}

  // False: nothing may be sent to, or asked of, a parent because of this call.
  bool interactive() const { return (call_->flags & CASEBRIDGE_CALL_INTERACTIVE) != 0; }
  std::string_view locale() const { return view(call_->locale); }
  std::string_view request_id() const { return view(call_->request_id); }
  // The `resume` of the Pending that this call answered before; empty at the first time.
  std::string_view resume() const { return view(call_->resume); }
  bool over() const { return call_->is_over(call_) != 0; }
  std::chrono::milliseconds time_left() const;

  Http http() const;
  Files files() const;
  Values values() const;
  // A new token that vouches for the parent of this call; the host says who that is. `reference` is the
  // state's own number of the parent. Ask for one for each exchange; never keep one. Refusals:
  // interaction_needed, reason step_up (nobody there, or not signed in strongly or recently enough); bug,
  // reason assertion_not_allowed (audience or reference not configured).
  Answer<SecretBytes> assertion(std::string_view audience, std::string_view reference) const;
  Instant now() const { return host_.now(); }
  void log(LogLevel level, Event event, std::initializer_list<Fact> facts = {}) const;
  const Host& host() const { return host_; }

 private:
  static std::string_view view(casebridge_bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data), bytes.size};
  }
  Host host_;
  const casebridge_call* call_;
};

// The system's settings from states/<xx>/systems.yaml, already checked against the manifest's settings
// schema.
class Settings {
 public:
  explicit Settings(std::string_view json);  // throws std::invalid_argument for anything but an object
  ~Settings();
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

  std::optional<std::string> text(std::string_view name) const;
  std::optional<std::int64_t> number(std::string_view name) const;
  std::optional<bool> flag(std::string_view name) const;

 private:
  struct Values;
  std::unique_ptr<const Values> values_;
};

}  // namespace casebridge::sdk
