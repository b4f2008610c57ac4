// Calls into the host's service tables, with text instead of octets.
#include "plugins/sdk/host.hpp"

#include <ctime>
#include <vector>

#include "plugins/sdk/octets.hpp"

namespace casebridge::sdk {
namespace {

struct TextSink {
  casebridge_sink table;
  std::string text;
};

std::int32_t append(casebridge_sink* sink, casebridge_bytes piece) {
  // The table is the first member, so their addresses are the same.
  auto* self = reinterpret_cast<TextSink*>(sink);
  self->text.append(reinterpret_cast<const char*>(piece.data), piece.size);
  return 0;
}

std::int32_t refuse_type(casebridge_sink*, casebridge_bytes) { return 1; }

const char* name_of(Event event) {
  switch (event) {
    case Event::upstream_error: return "upstream_error";
    case Event::upstream_retry: return "upstream_retry";
    case Event::upstream_drift: return "upstream_drift";
    case Event::unknown_code: return "unknown_code";
    case Event::paging_restarted: return "paging_restarted";
    case Event::record_dropped: return "record_dropped";
    case Event::adapter_note: return "adapter_note";
  }
  return "adapter_note";
}

}  // namespace

const void* Host::find(const char* id) const {
  const void* table = host_->get_service(host_, id);
  if (table == nullptr) throw ServiceMissing{};
  return table;
}

Instant Host::now() const {
  const auto& clock = service<casebridge_clock_v1>("clock/1");
  return Instant{std::chrono::seconds{clock.now_unix(&clock)}};
}

bool Host::has_secret(std::string_view name) const {
  const auto& secrets = service<casebridge_secrets_v1>("secrets/1");
  return secrets.exists(&secrets, bytes_of(name)) == 1;
}

std::optional<std::string> Host::wrong_member(const char* schema, std::string_view json) const {
  const auto& model = service<casebridge_model_v1>("model/1");
  TextSink where{{sizeof(casebridge_sink), 0, append, refuse_type}, {}};
  if (model.check(&model, schema, bytes_of(json), &where.table) == 0) return std::nullopt;
  return where.text;
}

std::chrono::milliseconds Call::time_left() const {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto now_ns =
      static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
  if (call_->deadline_ns <= now_ns) return std::chrono::milliseconds{0};
  return std::chrono::milliseconds{static_cast<std::int64_t>((call_->deadline_ns - now_ns) / 1'000'000U)};
}

Http Call::http() const { return Http{&host_.service<casebridge_http_v1>("http/1"), call_}; }

Files Call::files() const { return Files{&host_.service<casebridge_files_v1>("files/1"), call_}; }

Values Call::values() const { return Values{&host_.service<casebridge_kv_v1>("kv/1"), call_}; }

Answer<SecretBytes> Call::assertion(std::string_view audience, std::string_view reference) const {
  const auto& service = host_.service<casebridge_assertion_v1>("assertion/1");
  struct TokenSink {
    casebridge_sink table;
    SecretBytes token;
  } sink{{sizeof(casebridge_sink), 0,
          [](casebridge_sink* self, casebridge_bytes octets) -> std::int32_t {
            reinterpret_cast<TokenSink*>(self)->token = SecretBytes::copy_of(view_of(octets));
            return 0;
          },
          refuse_type},
         {}};
  switch (service.sign(&service, call_, bytes_of(audience), bytes_of(reference), &sink.table)) {
    case CASEBRIDGE_ASSERTION_OK: return std::move(sink.token);
    case CASEBRIDGE_ASSERTION_NOBODY: return refuse(model::Outcome::interaction_needed, "step_up");
    case CASEBRIDGE_ASSERTION_CANCELLED: return refuse(model::Outcome::timeout, "call_over");
    case CASEBRIDGE_ASSERTION_NOT_ALLOWED: return refuse(model::Outcome::bug, "assertion_not_allowed");
    default: return refuse(model::Outcome::bug, "assertion_failed");
  }
}

void Call::log(LogLevel level, Event event, std::initializer_list<Fact> facts) const {
  const auto& log = host_.service<casebridge_log_v1>("log/1");
  std::vector<casebridge_log_field> fields;
  fields.reserve(facts.size());
  for (const Fact& fact : facts)
    fields.push_back({fact.name, fact.kind, 0, fact.number, bytes_of(fact.text)});
  log.write(&log, call_, static_cast<std::uint32_t>(level), name_of(event), fields.data(), fields.size());
}

}  // namespace casebridge::sdk
