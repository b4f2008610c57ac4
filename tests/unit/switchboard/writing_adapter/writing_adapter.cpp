// Answers orders with what it was told, so that a test sees what came across.
#include "plugins/sdk/adapter.hpp"
#include "plugins/sdk/export.hpp"

namespace casebridge::writing_adapter {
namespace {

using model::Outcome;
using sdk::Answer;
using sdk::Call;

model::AuthStep waits_for(const char* kind, const char* channel, std::optional<Instant> until) {
  model::AuthChallenge step;
  step.challenge.kind = kind;
  step.challenge.prompt_key = "challenge.test";
  step.challenge.channel = channel;
  step.challenge.expires_at = until;
  step.challenge.fields.push_back({.name = "pin", .type = "digits", .length_exact = 6});
  step.resume = SecretBytes::copy_of("resume");
  return model::AuthStep{std::move(step)};
}

class WritingAdapter final : public sdk::Adapter {
 public:
  Answer<model::AuthStep> auth_begin(Call&, const model::AuthBegin&) override {
    return waits_for("new_credential", "", {});
  }
  Answer<model::AuthStep> enrol_begin(Call& call, const model::AuthBegin&) override {
    return waits_for("mailed_code", "post", call.now() + std::chrono::days{40});
  }
  Answer<model::RecoveryAnswer> recover_credential(Call&, const model::RecoveryQuery& query) override {
    if (!query.fields.contains("email")) return sdk::refuse(Outcome::invalid_field);
    return model::RecoveryAnswer{"check_email", "", {}};
  }
  Answer<model::PaymentOptions> payment_options(Call&, const SecretBytes&,
                                                const std::string& case_key) override {
    model::PaymentOptions options;
    options.methods.push_back({case_key, "bank", "usable", "CHECKING", "6789", {}, ""});
    return options;
  }
  // Needs kv/1, which a host may not have.
  Answer<model::Receipt> create_payment(Call& call, const SecretBytes&,
                                        const model::PaymentOrder& order) override {
    SDK_TRY(const auto version, call.values().put(order.write_id, "paid"));
    return model::Receipt{.key = order.write_id, .state = "done", .confirmation = std::to_string(version)};
  }
  Answer<model::Receipt> read_payment(Call&, const SecretBytes& session,
                                      const model::ReceiptQuery& query) override {
    return model::Receipt{.key = query.key, .state = "done", .confirmation = std::string(session.reveal())};
  }
  Answer<model::Receipt> send_message(Call&, const SecretBytes&, const model::MessageOrder& order) override {
    return model::Receipt{
        .key = order.write_id, .state = "taken", .thread_key = order.thread_key, .upstream_text = order.body};
  }
  Answer<model::Receipt> upload_document(Call&, const SecretBytes&,
                                         const model::DocumentUpload& order) override {
    return model::Receipt{.key = std::to_string(order.content.size()), .state = "taken"};
  }
  Answer<model::Receipt> create_request(Call& call, const SecretBytes&, const model::RequestOrder&) override {
    if (call.resume().empty())
      return model::Pending{call.now() + std::chrono::days{1}, SecretBytes::copy_of("ticket")};
    return model::Receipt{.key = std::string(call.resume()), .state = "in_work"};
  }
  Answer<model::Receipt> read_request(Call&, const SecretBytes&, const model::ReceiptQuery&) override {
    return model::Receipt{.key = "x", .state = "splendid"};  // no state of a receipt
  }
};

}  // namespace
}  // namespace casebridge::writing_adapter

CASEBRIDGE_EXPORT_ADAPTER(casebridge::writing_adapter::WritingAdapter, "writing_adapter", "1.0.0");
