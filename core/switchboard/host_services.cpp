// Callbacks of the C tables. Everything from an adapter is checked; nothing thrown here reaches it.
#include "core/switchboard/host_services.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstring>

#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/switchboard/call_places.hpp"
#include "core/switchboard/log_facts.hpp"
#include "core/switchboard/octets.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t log_fields_max = 4;

}  // namespace

struct HostServices::Tables {
  // One table with its way back; the table comes first, so that its address is the struct's.
  template <class Table>
  struct Offered {
    Table table{};
    Tables* owner = nullptr;
  };

  Parts parts;
  Offered<casebridge_host> host;
  Offered<casebridge_http_v1> http;
  Offered<casebridge_clock_v1> clock;
  Offered<casebridge_log_v1> log;
  Offered<casebridge_secrets_v1> secrets;
  Offered<casebridge_model_v1> model;
  CallPlaces places;
  OpenCalls calls;
  std::optional<OfferedAssertion> assertion;
  std::optional<OfferedFiles> files;
  std::optional<OfferedValues> values;
  std::atomic<std::uint64_t> last_call_id{0};

  template <class Table>
  static Tables& of(const Table* table) {
    return *reinterpret_cast<const Offered<Table>*>(table)->owner;
  }

  void fill_ways_out();
  void fill_answers();

  const void* find(std::string_view id) const {
    if (std::find(parts.offered.begin(), parts.offered.end(), id) == parts.offered.end()) return nullptr;
    if (id == "http/1") return parts.http ? &http.table : nullptr;
    if (id == "clock/1") return &clock.table;
    if (id == "log/1") return &log.table;
    if (id == "secrets/1") return parts.http ? &secrets.table : nullptr;
    if (id == "model/1") return &model.table;
    if (id == "assertion/1") return assertion ? &assertion->table : nullptr;
    if (id == "files/1") return files ? &files->table : nullptr;
    if (id == "kv/1") return values ? &values->table : nullptr;
    return nullptr;
  }

  std::int32_t send(const casebridge_call* call, const casebridge_http_request& request,
                    const casebridge_http_receiver& receiver);
  void write_log(std::uint32_t level, std::string_view event, const casebridge_log_field* fields,
                 std::size_t count) const;
};

namespace {

// Whether the struct that the other side made reaches beyond this member.
#define CASEBRIDGE_HAS(object, member) \
  ((object).struct_size >= offsetof(std::remove_cvref_t<decltype(object)>, member) + sizeof((object).member))

void deliver(const casebridge_http_receiver& receiver, const HttpAnswer& answer) {
  receiver.status(receiver.self, answer.status);
  for (const auto& [name, value] : answer.headers)
    receiver.header(receiver.self, bytes_of(name), bytes_of(value));
  if (CASEBRIDGE_HAS(receiver, place) && receiver.place != nullptr)
    receiver.place(receiver.self, bytes_of(answer.origin), bytes_of(answer.target));
  receiver.body(receiver.self, bytes_of(answer.body));
}

}  // namespace

std::int32_t HostServices::Tables::send(const casebridge_call* call, const casebridge_http_request& request,
                                        const casebridge_http_receiver& receiver) {
  const auto facts = calls.find(call);
  if (!facts) return CASEBRIDGE_HTTP_CANCELLED;
  if (!CASEBRIDGE_HAS(request, timeout_ms) || !CASEBRIDGE_HAS(receiver, body) || request.header_count > 50)
    return CASEBRIDGE_HTTP_NOT_ALLOWED;
  HttpQuery query{.origin = view_of(request.origin),
                  .method = view_of(request.method),
                  .target = view_of(request.target),
                  .body = view_of(request.body),
                  .timeout = std::chrono::milliseconds{request.timeout_ms},
                  .secrets_in_headers = (request.flags & CASEBRIDGE_HTTP_SECRETS_IN_HEADERS) != 0,
                  .secrets_in_body = (request.flags & CASEBRIDGE_HTTP_SECRETS_IN_BODY) != 0};
  for (std::size_t i = 0; i < request.header_count; ++i)
    query.headers.emplace_back(view_of(request.headers[i].name), view_of(request.headers[i].value));
  if (CASEBRIDGE_HAS(request, answer_bytes_max)) {
    query.redirects_max = request.redirects_max;
    query.answer_bytes_max = request.answer_bytes_max;
  }
  std::optional<CookieJar> jar;
  if ((request.flags & CASEBRIDGE_HTTP_COOKIES) != 0) {
    if (!CASEBRIDGE_HAS(request, jar) || !CASEBRIDGE_HAS(receiver, jar) || receiver.jar == nullptr)
      return CASEBRIDGE_HTTP_NOT_ALLOWED;
    jar = CookieJar::read(view_of(request.jar));
    if (!jar) return CASEBRIDGE_HTTP_NOT_ALLOWED;
    query.jar = &*jar;
    query.now = parts.clock->now();
  }
  HttpAnswer answer;
  std::int32_t code = parts.http->exchange(query, facts->deadline, answer);
  // The caller may have gone while the answer came; then nobody wants it.
  if (code == CASEBRIDGE_HTTP_OK && !calls.find(call)) code = CASEBRIDGE_HTTP_CANCELLED;
  if (jar && code != CASEBRIDGE_HTTP_CANCELLED) {
    const SecretBytes kept = jar->write();
    receiver.jar(receiver.self, bytes_of(kept.reveal()));
  }
  if (code == CASEBRIDGE_HTTP_OK) deliver(receiver, answer);
  wipe(answer.body);
  for (auto& header : answer.headers) wipe(header.second);
  return code;
}

void HostServices::Tables::write_log(std::uint32_t level, std::string_view event,
                                     const casebridge_log_field* fields, std::size_t count) const {
  if (!is_log_event(event) || level > CASEBRIDGE_LOG_ERROR) return;
  // An initializer_list has a fixed size: unused places say so with an empty name and are told apart by
  // `facts`.
  std::array<LogField, log_fields_max> safe{};
  std::size_t used = 0;
  for (std::size_t i = 0; i < count && used < log_fields_max && fields[i].name != nullptr; ++i) {
    const casebridge_log_field& field = fields[i];
    const std::string_view name = field.name;
    if (field.kind == CASEBRIDGE_FIELD_NUMBER && is_log_number(name)) safe[used++] = {name, field.number};
    if (field.kind == CASEBRIDGE_FIELD_WORD && is_log_word(name, view_of(field.text)))
      safe[used++] = {name, view_of(field.text)};
    if (field.kind == CASEBRIDGE_FIELD_CODE && is_log_code(name, view_of(field.text)))
      safe[used++] = {name, view_of(field.text)};
  }
  const LogField system{"system", std::string_view(parts.system)};
  const std::string text = "adapter." + std::string(event);
  const auto to = static_cast<LogLevel>(level);
  switch (used) {
    case 0: return parts.log.write(to, text, {system});
    case 1: return parts.log.write(to, text, {system, safe[0]});
    case 2: return parts.log.write(to, text, {system, safe[0], safe[1]});
    case 3: return parts.log.write(to, text, {system, safe[0], safe[1], safe[2]});
    default: return parts.log.write(to, text, {system, safe[0], safe[1], safe[2], safe[3]});
  }
}

HostServices::HostServices(Parts parts) : tables_(std::make_unique<Tables>()) {
  Tables& t = *tables_;
  t.parts = std::move(parts);
  t.host.owner = t.http.owner = t.clock.owner = t.log.owner = t.secrets.owner = t.model.owner = &t;
  if (t.parts.signer) t.assertion.emplace(t.calls, *t.parts.clock, std::move(t.parts.signer));
  if (t.parts.folders) t.files.emplace(t.calls, std::move(t.parts.folders));
  if (t.parts.values) t.values.emplace(t.calls, std::move(t.parts.values));
  t.fill_ways_out();
  t.fill_answers();
}

void HostServices::Tables::fill_ways_out() {
  host.table = {sizeof(casebridge_host), CASEBRIDGE_ABI_MINOR,
                [](const casebridge_host* self, const char* id) -> const void* {
                  if (id == nullptr) return nullptr;
                  return of(self).find({id, ::strnlen(id, 64)});
                }};
  http.table = {sizeof(casebridge_http_v1), 0,
                [](const casebridge_http_v1* self, const casebridge_call* call,
                   const casebridge_http_request* request, const casebridge_http_receiver* receiver) {
                  return contained(std::int32_t{CASEBRIDGE_HTTP_NOT_SENT},
                                   [&] { return of(self).send(call, *request, *receiver); });
                }};
  clock.table = {sizeof(casebridge_clock_v1), 0, [](const casebridge_clock_v1* self) -> std::int64_t {
                   const Tables& tables = of(self);
                   if (tables.calls.closed()) return 0;
                   return tables.parts.clock->now().time_since_epoch().count();
                 }};
  log.table = {sizeof(casebridge_log_v1), 0,
               [](const casebridge_log_v1* self, const casebridge_call* call, std::uint32_t level,
                  const char* event, const casebridge_log_field* fields, std::size_t count) {
                 contained(0, [&] {
                   Tables& tables = of(self);
                   if (event != nullptr && tables.calls.find(call))
                     tables.write_log(level, {event, ::strnlen(event, 64)}, fields, count);
                   return 0;
                 });
               }};
}

void HostServices::Tables::fill_answers() {
  secrets.table = {sizeof(casebridge_secrets_v1), 0,
                   [](const casebridge_secrets_v1* self, casebridge_bytes name) {
                     return contained(std::int32_t{0},
                                      [&] { return of(self).parts.http->has_secret(view_of(name)) ? 1 : 0; });
                   }};
  model.table = {
      sizeof(casebridge_model_v1), 0,
      [](const casebridge_model_v1* self, const char* schema, casebridge_bytes json, casebridge_sink* where) {
        return contained(std::int32_t{2}, [&]() -> std::int32_t {
          if (schema == nullptr) return 2;
          const auto found = of(self).parts.schemas->check({schema, ::strnlen(schema, 64)}, view_of(json));
          if (found.verdict == PayloadSchemas::Verdict::good) return 0;
          if (found.verdict == PayloadSchemas::Verdict::no_such_schema) return 2;
          if (where != nullptr) where->write(where, bytes_of(found.where));
          return 1;
        });
      },
      [](const casebridge_model_v1*, casebridge_bytes text, std::int64_t* cents) {
        const auto money = contained(std::optional<model::Money>{},
                                     [&] { return model::Money::parse_grouped(view_of(text)); });
        if (!money) return 1;
        *cents = money->cents;
        return 0;
      },
      [](const casebridge_model_v1*, casebridge_bytes text) {
        return contained(std::int32_t{0}, [&] { return model::Date::parse(view_of(text)) ? 1 : 0; });
      }};
}

HostServices::~HostServices() = default;

const casebridge_host* HostServices::host() const { return &tables_->host.table; }

void HostServices::close() { tables_->calls.close(); }

struct HostServices::OpenCall::Record {
  Deadline deadline;
  std::string request_id;
  std::string locale;
  CallPlace* place = nullptr;
};

HostServices::OpenCall::OpenCall(HostServices& services, const ports::CallContext& context,
                                 const SecretBytes* resume)
    : record_(new Record{context.deadline, context.request_id, context.locale}), services_(services) {
  record_->place = services.tables_->places.take();
  record_->place->deadline = &record_->deadline;
  casebridge_call& call = record_->place->call;
  call.struct_size = sizeof call;
  call.flags = context.interactive ? std::uint32_t{CASEBRIDGE_CALL_INTERACTIVE} : 0U;
  call.call_id = ++services.tables_->last_call_id;
  // CLOCK_MONOTONIC is what libstdc++'s steady clock reads.
  call.deadline_ns = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(context.deadline.at().time_since_epoch()).count());
  call.request_id = bytes_of(record_->request_id);
  call.locale = bytes_of(record_->locale);
  if (resume != nullptr) call.resume = bytes_of(resume->reveal());
  call.is_over = [](const casebridge_call* one) {
    return reinterpret_cast<const CallPlace*>(one)->deadline->over() ? 1 : 0;
  };
  services_.tables_->calls.begin(&call, {context.deadline, context.person});
}

HostServices::OpenCall::~OpenCall() {
  Tables& tables = *services_.tables_;
  tables.calls.end(call());
  if (tables.files) tables.files->end(call());
  tables.places.give_back(record_->place);
}

const casebridge_call* HostServices::OpenCall::call() const { return &record_->place->call; }

}  // namespace casebridge::switchboard
