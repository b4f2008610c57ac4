// One way for every call: copy the input, run the function, look at the status, check the payload, decode.
#include "core/switchboard/native_adapter.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/model/adapter_codec.hpp"
#include "core/model/adapter_messages.hpp"
#include "core/model/write_codec.hpp"
#include "core/switchboard/octets.hpp"

namespace casebridge::switchboard {
namespace {

using ports::CallContext;

Trouble fault(std::string detail) { return trouble(TroubleCode::adapter_fault, std::move(detail)); }

// Output of an adapter; the table comes first, so that its address is the sink's.
struct OutputSink {
  casebridge_sink table{};
  std::string octets;
  std::string media_type;
  bool overflown = false;
  bool typed = false;

  OutputSink() {
    table.struct_size = sizeof table;
    table.write = [](casebridge_sink* sink, casebridge_bytes piece) noexcept -> std::int32_t {
      auto& self = *reinterpret_cast<OutputSink*>(sink);
      try {
        self.overflown = self.overflown || piece.size > limits::adapter_output_bytes_max - self.octets.size();
        if (!self.overflown && piece.size > 0)
          self.octets.append(reinterpret_cast<const char*>(piece.data), piece.size);
      } catch (...) {
        self.overflown = true;
      }
      return self.overflown ? 1 : 0;
    };
    table.media_type = [](casebridge_sink* sink, casebridge_bytes type) noexcept -> std::int32_t {
      auto& self = *reinterpret_cast<OutputSink*>(sink);
      if (self.typed || type.size == 0 || type.size > 100) return 1;
      try {
        self.media_type.assign(reinterpret_cast<const char*>(type.data), type.size);
      } catch (...) {
        return 1;
      }
      self.typed = true;
      return 0;
    };
  }
  ~OutputSink() { wipe(octets); }
  OutputSink(const OutputSink&) = delete;
  OutputSink& operator=(const OutputSink&) = delete;
};

bool is_media_type(std::string_view type) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '+' || c == '.';
  };
  return std::count(type.begin(), type.end(), '/') == 1 && std::all_of(type.begin(), type.end(), allowed);
}

}  // namespace

struct NativeAdapter::Instance {
  const casebridge_adapter* table = nullptr;
  std::string system;
  std::vector<std::string> operations;
  std::shared_ptr<const PayloadSchemas> schemas;
  std::unique_ptr<HostServices> services;

  bool can(std::string_view operation) const {
    return std::find(operations.begin(), operations.end(), operation) != operations.end();
  }
  ~Instance() {
    if (table == nullptr) return;
    try {
      table->destroy(table->self);
    } catch (...) {  // forbidden by the contract; stopped all the same
    }
  }
};

struct NativeAdapter::Exchange {
  // The function of the table, with this exchange's input.
  std::function<std::int32_t(const casebridge_adapter&, const casebridge_call*, casebridge_sink*)> function;
  std::string operation;
  SecretBytes first;   // session, resume or begin
  SecretBytes second;  // answer or input
  SecretBytes resume;  // of an earlier pending
  OutputSink out;
  std::int32_t status = CASEBRIDGE_FAULT;
  bool threw = false;
};

namespace {

using Exchange = NativeAdapter::Exchange;

// The call itself. A library that throws breaks the contract; in this process the exception can still be
// stopped.
void run(const NativeAdapter::Instance& instance, Exchange& exchange, const CallContext& context) noexcept {
  try {
    const HostServices::OpenCall open(*instance.services, context,
                                      exchange.resume.empty() ? nullptr : &exchange.resume);
    exchange.status = exchange.function(*instance.table, open.call(), &exchange.out.table);
  } catch (...) {
    exchange.threw = true;
  }
}

Result<void> check_payload(const PayloadSchemas& schemas, std::string_view schema, std::string_view json) {
  const auto found = schemas.check(schema, json);
  if (found.verdict == PayloadSchemas::Verdict::good) return {};
  return fault("the adapter's answer does not follow " + std::string(schema) + ".json at " + found.where);
}

Trouble decode_refusal(const PayloadSchemas& schemas, const Exchange& exchange) {
  if (auto checked = check_payload(schemas, "refusal", exchange.out.octets); !checked) return checked.error();
  auto refusal = model::decode_refusal(exchange.out.octets);
  if (!refusal) return fault("the adapter's refusal cannot be read: " + refusal.error().detail);
  return model::trouble_of(*refusal);
}

// What an exchange came to: a payload of the schema, a Pending, or a trouble.
template <class T>
ports::Answer<T> answer_of(const PayloadSchemas& schemas, const Exchange& exchange, const char* schema,
                           Result<T> (*decode)(std::string_view)) {
  const std::string& octets = exchange.out.octets;
  if (exchange.status == CASEBRIDGE_REFUSED) return decode_refusal(schemas, exchange);
  if (exchange.status == CASEBRIDGE_PENDING) {
    CASEBRIDGE_CHECK(check_payload(schemas, "pending", octets));
    auto pending = model::decode_pending(octets);
    if (!pending) return fault("the adapter's pending cannot be read: " + pending.error().detail);
    return std::variant<T, model::Pending>{std::in_place_index<1>, std::move(*pending)};
  }
  CASEBRIDGE_CHECK(check_payload(schemas, schema, octets));
  auto decoded = decode(octets);
  if (!decoded) return fault("the adapter's answer cannot be read: " + decoded.error().detail);
  return std::variant<T, model::Pending>{std::in_place_index<0>, std::move(*decoded)};
}

}  // namespace

Result<std::unique_ptr<NativeAdapter>> NativeAdapter::make(const LoadedPlugin& plugin,
                                                           const Manifest& manifest, NativeSetting setting) {
  auto instance = std::make_shared<Instance>();
  instance->system = setting.system;
  instance->operations = manifest.operations;
  instance->schemas = setting.services.schemas;
  instance->services = std::make_unique<HostServices>(std::move(setting.services));
  OutputSink described;
  OutputSink configured;
  const casebridge_adapter* made = nullptr;
  try {
    if (plugin.entry->create(instance->services->host(), plugin.abi_minor, &made) != CASEBRIDGE_DONE ||
        made == nullptr)
      return fault("the adapter could not be created");
    if (made->struct_size < sizeof(casebridge_adapter) || made->describe == nullptr ||
        made->configure == nullptr || made->auth_begin == nullptr || made->auth_continue == nullptr ||
        made->auth_end == nullptr || made->invoke == nullptr || made->destroy == nullptr)
      return fault("the adapter's table is incomplete");
    instance->table = made;
    if (made->describe(made->self, &described.table) != CASEBRIDGE_DONE)
      return fault("the adapter does not describe itself");
    CASEBRIDGE_CHECK(check_payload(*instance->schemas, "description", described.octets));
    CASEBRIDGE_TRY(const Description is, decode_description(described.octets));
    if (is.id != manifest.id || is.version != manifest.version ||
        std::set<std::string>(is.operations.begin(), is.operations.end()) !=
            std::set<std::string>(manifest.operations.begin(), manifest.operations.end()))
      return fault("what the adapter says of itself differs from its manifest");
    if (made->configure(made->self, bytes_of(setting.settings_json), &configured.table) != CASEBRIDGE_DONE)
      return fault("the adapter does not accept its settings");
  } catch (...) {
    return fault("the adapter threw an exception while it was started");
  }
  return std::unique_ptr<NativeAdapter>(
      new NativeAdapter(std::move(instance), manifest.concurrency_max, setting.grace));
}

NativeAdapter::~NativeAdapter() { instance_->services->close(); }

Result<void> NativeAdapter::perform(const CallContext& context, const std::shared_ptr<Exchange>& exchange) {
  if (!instance_->can(exchange->operation)) return trouble(TroubleCode::not_supported);
  if (context.resume != nullptr) exchange->resume = context.resume->clone();
  CallContext copy = context;
  copy.resume = nullptr;
  const auto outcome =
      pool_.run([instance = instance_, exchange, copy = std::move(copy)] { run(*instance, *exchange, copy); },
                context.deadline);
  if (outcome == CallPool::Outcome::refused)
    return trouble(TroubleCode::source_unavailable, "all places for this system are taken");
  if (outcome == CallPool::Outcome::abandoned)
    return trouble(TroubleCode::source_timeout, "the adapter did not come back in time");
  if (exchange->threw) return fault("the adapter threw an exception");
  if (exchange->out.overflown) return fault("the adapter's answer is larger than the bound");
  if (exchange->status < CASEBRIDGE_DONE || exchange->status >= CASEBRIDGE_FAULT)
    return fault("the adapter failed");
  return {};
}

ports::Answer<model::AuthStep> NativeAdapter::auth_begin(const CallContext& context,
                                                         const model::AuthBegin& begin) {
  auto exchange = std::make_shared<Exchange>();
  exchange->operation = "auth.begin";
  exchange->first = model::encode(begin);
  CASEBRIDGE_CHECK(check_payload(*instance_->schemas, "auth_begin", exchange->first.reveal()));
  exchange->function = [raw = exchange.get()](const casebridge_adapter& table, const casebridge_call* call,
                                              casebridge_sink* out) {
    return table.auth_begin(table.self, call, bytes_of(raw->first.reveal()), out);
  };
  CASEBRIDGE_CHECK(perform(context, exchange));
  return answer_of<model::AuthStep>(*instance_->schemas, *exchange, "auth_step", model::decode_auth_step);
}

ports::Answer<model::AuthStep> NativeAdapter::auth_continue(const CallContext& context,
                                                            const SecretBytes& resume,
                                                            const model::AuthAnswer& answer) {
  auto exchange = std::make_shared<Exchange>();
  exchange->operation = "auth.continue";
  exchange->first = resume.clone();
  exchange->second = model::encode(answer);
  CASEBRIDGE_CHECK(check_payload(*instance_->schemas, "auth_answer", exchange->second.reveal()));
  exchange->function = [raw = exchange.get()](const casebridge_adapter& table, const casebridge_call* call,
                                              casebridge_sink* out) {
    return table.auth_continue(table.self, call, bytes_of(raw->first.reveal()),
                               bytes_of(raw->second.reveal()), out);
  };
  CASEBRIDGE_CHECK(perform(context, exchange));
  return answer_of<model::AuthStep>(*instance_->schemas, *exchange, "auth_step", model::decode_auth_step);
}

Result<void> NativeAdapter::auth_end(const CallContext& context, const SecretBytes& session) {
  auto exchange = std::make_shared<Exchange>();
  exchange->operation = "auth.end";
  exchange->first = session.clone();
  exchange->function = [raw = exchange.get()](const casebridge_adapter& table, const casebridge_call* call,
                                              casebridge_sink* out) {
    return table.auth_end(table.self, call, bytes_of(raw->first.reveal()), out);
  };
  CASEBRIDGE_CHECK(perform(context, exchange));
  if (exchange->status == CASEBRIDGE_DONE) return {};
  if (exchange->status == CASEBRIDGE_PENDING) return fault("ending a session cannot be pending");
  Trouble refused = decode_refusal(*instance_->schemas, *exchange);
  if (refused.code == TroubleCode::source_session_ended) return {};
  return refused;
}

Result<std::shared_ptr<NativeAdapter::Exchange>> NativeAdapter::invoke(const CallContext& context,
                                                                       std::string operation,
                                                                       const SecretBytes& session,
                                                                       SecretBytes input) {
  auto exchange = std::make_shared<Exchange>();
  exchange->operation = std::move(operation);
  exchange->first = session.clone();
  exchange->second = std::move(input);
  exchange->function = [raw = exchange.get()](const casebridge_adapter& table, const casebridge_call* call,
                                              casebridge_sink* out) {
    return table.invoke(table.self, call, bytes_of(raw->operation), bytes_of(raw->first.reveal()),
                        bytes_of(raw->second.reveal()), out);
  };
  CASEBRIDGE_CHECK(perform(context, exchange));
  return exchange;
}

ports::Answer<model::CaseList> NativeAdapter::list_cases(const CallContext& context,
                                                         const SecretBytes& session) {
  CASEBRIDGE_TRY(const auto exchange, invoke(context, "case.list", session, SecretBytes::copy_of("{}")));
  return answer_of<model::CaseList>(*instance_->schemas, *exchange, "case_list", model::decode_case_list);
}

ports::Answer<model::CaseContent> NativeAdapter::read_case(const CallContext& context,
                                                           const SecretBytes& session,
                                                           const model::CaseReadQuery& query) {
  std::string input = model::encode(query);
  CASEBRIDGE_CHECK(check_payload(*instance_->schemas, "case_read_query", input));
  CASEBRIDGE_TRY(const auto exchange, invoke(context, "case.read", session, SecretBytes::take(input)));
  auto answer = answer_of<model::CaseContent>(*instance_->schemas, *exchange, "case_content",
                                              model::decode_case_content);
  if (!answer) return answer;
  // Exactly one answer for each dataset asked for: a missing one would look like "nothing there".
  if (const auto* content = std::get_if<model::CaseContent>(&*answer)) {
    std::multiset<model::Dataset> asked(query.datasets.begin(), query.datasets.end());
    std::multiset<model::Dataset> given;
    for (const auto& one : content->datasets) given.insert(one.dataset);
    if (asked != given) return fault("the adapter did not answer each dataset once");
  }
  return answer;
}

ports::Answer<model::DocumentContent> NativeAdapter::read_document(const CallContext& context,
                                                                   const SecretBytes& session,
                                                                   const std::string& case_key,
                                                                   const std::string& key) {
  std::string input = model::encode(model::DocumentQuery{case_key, key});
  CASEBRIDGE_CHECK(check_payload(*instance_->schemas, "document_query", input));
  CASEBRIDGE_TRY(const auto exchange, invoke(context, "document.read", session, SecretBytes::take(input)));
  if (exchange->status == CASEBRIDGE_DONE) {
    if (!is_media_type(exchange->out.media_type)) return fault("the adapter gave a document without a type");
    return std::variant<model::DocumentContent, model::Pending>{
        model::DocumentContent{exchange->out.media_type, std::move(exchange->out.octets)}};
  }
  // Pending or refused: the decoder for the result is never reached.
  return answer_of<model::DocumentContent>(
      *instance_->schemas, *exchange, "refusal",
      [](std::string_view) -> Result<model::DocumentContent> { return fault("no document"); });
}

ports::Answer<model::Profile> NativeAdapter::read_profile(const CallContext& context,
                                                          const SecretBytes& session) {
  CASEBRIDGE_TRY(const auto exchange, invoke(context, "profile.read", session, SecretBytes::copy_of("{}")));
  return answer_of<model::Profile>(*instance_->schemas, *exchange, "profile", model::decode_profile);
}

template <class T>
ports::Answer<T> NativeAdapter::ask(const CallContext& context, const Question& question,
                                    const SecretBytes& session, SecretBytes input,
                                    Result<T> (*decode)(std::string_view)) {
  if (!instance_->can(question.operation)) return trouble(TroubleCode::not_supported);
  CASEBRIDGE_CHECK(check_payload(*instance_->schemas, question.input_schema, input.reveal()));
  CASEBRIDGE_TRY(const auto exchange,
                 invoke(context, std::string(question.operation), session, std::move(input)));
  return answer_of<T>(*instance_->schemas, *exchange, question.output_schema, decode);
}

ports::Answer<model::AuthStep> NativeAdapter::enrol_begin(const CallContext& context,
                                                          const model::AuthBegin& begin) {
  return ask<model::AuthStep>(context, {"enrol.begin", "auth_begin", "auth_step"}, {}, model::encode(begin),
                              model::decode_auth_step);
}

ports::Answer<model::RecoveryAnswer> NativeAdapter::recover_credential(const CallContext& context,
                                                                       const model::RecoveryQuery& query) {
  return ask<model::RecoveryAnswer>(context, {"credential.recover", "recovery_query", "recovery_answer"}, {},
                                    model::encode(query), model::decode_recovery_answer);
}

ports::Answer<model::PaymentOptions> NativeAdapter::payment_options(const CallContext& context,
                                                                    const SecretBytes& session,
                                                                    const model::CaseQuery& query) {
  return ask<model::PaymentOptions>(context, {"payment.options", "case_query", "payment_options"}, session,
                                    SecretBytes::copy_of(model::encode(query)),
                                    model::decode_payment_options);
}

ports::Answer<model::Receipt> NativeAdapter::perform_write(const CallContext& context,
                                                           const SecretBytes& session,
                                                           const model::WriteOrder& order) {
  return ask<model::Receipt>(context, {model::operation_of(order), model::schema_of(order), "receipt"},
                             session, model::encode(order), model::decode_receipt);
}

ports::Answer<model::Receipt> NativeAdapter::read_receipt(const CallContext& context,
                                                          const SecretBytes& session, ReceiptOf kind,
                                                          const model::ReceiptQuery& query) {
  const std::string_view operation = kind == ReceiptOf::payment ? "payment.read" : "request.read";
  return ask<model::Receipt>(context, {operation, "receipt_query", "receipt"}, session,
                             SecretBytes::copy_of(model::encode(query)), model::decode_receipt);
}

}  // namespace casebridge::switchboard
