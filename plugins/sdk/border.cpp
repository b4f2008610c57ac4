// Thunks from the C table into an Adapter: decode, call, encode; whatever is thrown ends here.
#include "plugins/sdk/border.hpp"

#include <string>
#include <variant>

#include "core/model/adapter_codec.hpp"
#include "core/model/write_codec.hpp"
#include "plugins/sdk/octets.hpp"

namespace casebridge::sdk::border {
namespace {

using model::Outcome;

struct Instance {
  casebridge_adapter table{};
  const Identity* identity = nullptr;
  const casebridge_host* host = nullptr;
  std::unique_ptr<Adapter> adapter;
};

bool put(casebridge_sink* out, std::string_view text) { return out->write(out, bytes_of(text)) == 0; }

std::int32_t put_refusal(casebridge_sink* out, const model::Refusal& refusal) {
  return put(out, model::encode(refusal)) ? CASEBRIDGE_REFUSED : CASEBRIDGE_FAULT;
}

bool put_value(casebridge_sink* out, const model::AuthStep& step) {
  return put(out, model::encode(step).reveal());
}
bool put_value(casebridge_sink* out, const model::CaseList& list) { return put(out, model::encode(list)); }
bool put_value(casebridge_sink* out, const model::CaseContent& content) {
  return put(out, model::encode(content));
}
bool put_value(casebridge_sink* out, const model::Profile& profile) {
  return put(out, model::encode(profile));
}
bool put_value(casebridge_sink* out, const model::PaymentOptions& options) {
  return put(out, model::encode(options));
}
bool put_value(casebridge_sink* out, const model::Receipt& receipt) {
  return put(out, model::encode(receipt));
}
bool put_value(casebridge_sink* out, const model::RecoveryAnswer& answer) {
  return put(out, model::encode(answer));
}
bool put_value(casebridge_sink*, const Done&) { return true; }
bool put_value(casebridge_sink* out, const model::DocumentContent& document) {
  return out->media_type(out, bytes_of(document.media_type)) == 0 && put(out, document.bytes);
}

template <class T>
std::int32_t put_answer(casebridge_sink* out, const Answer<T>& answer) {
  if (answer.refused()) return put_refusal(out, answer.refusal());
  if (answer.pending())
    return put(out, model::encode(answer.wait()).reveal()) ? CASEBRIDGE_PENDING : CASEBRIDGE_FAULT;
  return put_value(out, answer.value()) ? CASEBRIDGE_DONE : CASEBRIDGE_FAULT;
}

// A payload that the host made and we cannot read: the two sides disagree, which is a bug of one of them.
model::Refusal unreadable(const Trouble& trouble) {
  model::Refusal bug = refuse(Outcome::bug, "input_unreadable");
  bug.detail = trouble.detail;
  return bug;
}

// Runs the body of a thunk. Nothing thrown by an author may cross the border, and no what() is passed on.
template <class Body>
std::int32_t guarded(casebridge_sink* out, Body&& body) noexcept {
  try {
    try {
      return body();
    } catch (const ServiceMissing&) {
      return put_refusal(out, refuse(Outcome::not_supported, "host_service_missing"));
    }
  } catch (...) {
    return CASEBRIDGE_FAULT;
  }
}

std::int32_t describe(void* self, casebridge_sink* out) noexcept {
  return guarded(out, [&] {
    const Identity& identity = *static_cast<Instance*>(self)->identity;
    std::string json = std::string(R"({"id":")") + identity.id + R"(","version":")" + identity.version +
                       R"(","model_major":)" + std::to_string(CASEBRIDGE_MODEL_MAJOR) + R"(,"operations":[)";
    bool first = true;
    for (std::size_t i = 0; i < std::size(operation_names); ++i) {
      if ((identity.operations & (1U << i)) == 0) continue;
      json += first ? "\"" : ",\"";
      json += operation_names[i];
      json += '"';
      first = false;
    }
    return put(out, json + "]}") ? CASEBRIDGE_DONE : CASEBRIDGE_FAULT;
  });
}

std::int32_t configure(void* self, casebridge_bytes settings, casebridge_sink* out) noexcept {
  return guarded(out, [&] {
    auto& instance = *static_cast<Instance*>(self);
    return put_answer(out, instance.adapter->configure(Host{instance.host}, Settings{view_of(settings)}));
  });
}

std::int32_t auth_begin(void* self, const casebridge_call* raw, casebridge_bytes begin,
                        casebridge_sink* out) noexcept {
  return guarded(out, [&] {
    auto& instance = *static_cast<Instance*>(self);
    Call call{instance.host, raw};
    const auto decoded = model::decode_auth_begin(view_of(begin));
    if (!decoded) return put_refusal(out, unreadable(decoded.error()));
    return put_answer(out, instance.adapter->auth_begin(call, *decoded));
  });
}

std::int32_t auth_continue(void* self, const casebridge_call* raw, casebridge_bytes resume,
                           casebridge_bytes answer, casebridge_sink* out) noexcept {
  return guarded(out, [&] {
    auto& instance = *static_cast<Instance*>(self);
    Call call{instance.host, raw};
    const auto decoded = model::decode_auth_answer(view_of(answer));
    if (!decoded) return put_refusal(out, unreadable(decoded.error()));
    return put_answer(out,
                      instance.adapter->auth_continue(call, SecretBytes::copy_of(view_of(resume)), *decoded));
  });
}

std::int32_t auth_end(void* self, const casebridge_call* raw, casebridge_bytes session,
                      casebridge_sink* out) noexcept {
  return guarded(out, [&] {
    auto& instance = *static_cast<Instance*>(self);
    Call call{instance.host, raw};
    return put_answer(out, instance.adapter->auth_end(call, SecretBytes::copy_of(view_of(session))));
  });
}

// Each kind of order has its own method.
struct Performing {
  Adapter& adapter;
  Call& call;
  const SecretBytes& session;
  Answer<model::Receipt> operator()(const model::ContactUpdate& order) const {
    return adapter.update_contact(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::PaymentOrder& order) const {
    return adapter.create_payment(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::PaymentMethodOrder& order) const {
    return adapter.add_payment_method(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::PaymentMethodRemoval& order) const {
    return adapter.remove_payment_method(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::RecurringOrder& order) const {
    return adapter.create_recurring(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::RecurringCancel& order) const {
    return adapter.cancel_recurring(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::MessageOrder& order) const {
    return adapter.send_message(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::DocumentUpload& order) const {
    return adapter.upload_document(call, session, order);
  }
  Answer<model::Receipt> operator()(const model::RequestOrder& order) const {
    return adapter.create_request(call, session, order);
  }
};

// Decodes the input, and gives it to `method`.
template <class T, class Method>
std::int32_t with_input(casebridge_sink* out, Result<T> decoded, const Method& method) {
  if (!decoded) return put_refusal(out, unreadable(decoded.error()));
  return put_answer(out, method(*decoded));
}

// What is neither a read of records nor a step of a sign-in.
std::int32_t invoke_other(Adapter& adapter, Call& call, std::string_view name, const SecretBytes& session,
                          std::string_view input, casebridge_sink* out) {
  if (model::is_write(name))
    return with_input(out, model::decode_order(name, input), [&](const model::WriteOrder& order) {
      return std::visit(Performing{adapter, call, session}, order);
    });
  if (name == "payment.options")
    return with_input(out, model::decode_case_query(input), [&](const model::CaseQuery& query) {
      return adapter.payment_options(call, session, query.case_key);
    });
  if (name == "payment.read")
    return with_input(out, model::decode_receipt_query(input), [&](const model::ReceiptQuery& query) {
      return adapter.read_payment(call, session, query);
    });
  if (name == "request.read")
    return with_input(out, model::decode_receipt_query(input), [&](const model::ReceiptQuery& query) {
      return adapter.read_request(call, session, query);
    });
  if (name == "enrol.begin")
    return with_input(out, model::decode_auth_begin(input),
                      [&](const model::AuthBegin& begin) { return adapter.enrol_begin(call, begin); });
  if (name == "credential.recover")
    return with_input(out, model::decode_recovery_query(input), [&](const model::RecoveryQuery& query) {
      return adapter.recover_credential(call, query);
    });
  return put_refusal(out, refuse(Outcome::not_supported));
}

std::int32_t invoke(void* self, const casebridge_call* raw, casebridge_bytes operation,
                    casebridge_bytes session, casebridge_bytes input, casebridge_sink* out) noexcept {
  return guarded(out, [&] {
    auto& instance = *static_cast<Instance*>(self);
    Adapter& adapter = *instance.adapter;
    Call call{instance.host, raw};
    const SecretBytes held = SecretBytes::copy_of(view_of(session));
    const std::string_view name = view_of(operation);
    if (name == "case.list") return put_answer(out, adapter.list_cases(call, held));
    if (name == "profile.read") return put_answer(out, adapter.read_profile(call, held));
    if (name == "case.read") {
      const auto query = model::decode_case_read_query(view_of(input));
      if (!query) return put_refusal(out, unreadable(query.error()));
      return put_answer(out, adapter.read_case(call, held, *query));
    }
    if (name == "document.read") {
      const auto query = model::decode_document_query(view_of(input));
      if (!query) return put_refusal(out, unreadable(query.error()));
      return put_answer(out, adapter.read_document(call, held, query->case_key, query->document_key));
    }
    return invoke_other(adapter, call, name, held, view_of(input), out);
  });
}

void destroy(void* self) noexcept {
  try {
    delete static_cast<Instance*>(self);
  } catch (...) {  // an author's destructor threw; there is nobody left to tell
  }
}

}  // namespace

std::int32_t create(const Identity& identity, Maker maker, const casebridge_host* host,
                    const casebridge_adapter** made) noexcept {
  try {
    auto instance = std::make_unique<Instance>();
    instance->identity = &identity;
    instance->host = host;
    instance->adapter = maker();
    instance->table = {sizeof(casebridge_adapter),
                       0,
                       instance.get(),
                       describe,
                       configure,
                       auth_begin,
                       auth_continue,
                       auth_end,
                       invoke,
                       destroy};
    *made = &instance->table;
    instance.release();  // the host ends it with destroy()
    return CASEBRIDGE_DONE;
  } catch (...) {
    return CASEBRIDGE_FAULT;
  }
}

}  // namespace casebridge::sdk::border
