// The adapter for Texas iCOP: its operations, put together from sign-in, readers, orders and requests.
#include "plugins/sdk/adapter.hpp"

#include "core/base/text.hpp"
#include "plugins/sdk/export.hpp"
#include "plugins/texas_icop/case_content.hpp"
#include "plugins/texas_icop/datasets.hpp"
#include "plugins/texas_icop/enrolment.hpp"
#include "plugins/texas_icop/exchange.hpp"
#include "plugins/texas_icop/orders.hpp"
#include "plugins/texas_icop/payments.hpp"
#include "plugins/texas_icop/pdf_check.hpp"
#include "plugins/texas_icop/session.hpp"

namespace casebridge::texas_icop {
namespace {

using model::Outcome;
using sdk::Answer;
using sdk::Call;

constexpr std::string_view pdf_type = "application/pdf";

class TexasIcop final : public sdk::Adapter {
 public:
  Answer<sdk::Done> configure(const sdk::Host&, const sdk::Settings& settings) override {
    endpoint_.base_path = settings.text("base_path").value_or("");
    endpoint_.client_id = settings.text("client_id").value_or("");
    endpoint_.password_page = settings.text("password_page").value_or("");
    shorten(endpoint_.login_deadline, settings.number("login_deadline_ms"));
    shorten(endpoint_.list_deadline, settings.number("list_deadline_ms"));
    shorten(endpoint_.document_deadline, settings.number("document_deadline_ms"));
    shorten(endpoint_.write_deadline, settings.number("write_deadline_ms"));
    return sdk::Done{};
  }

  Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_session(Exchange(call, endpoint_, nullptr), begin);
  }

  Answer<model::AuthStep> auth_continue(Call& call, const SecretBytes& resume,
                                        const model::AuthAnswer& answer) override {
    const Exchange exchange(call, endpoint_, nullptr);
    if (is_enrolment(resume)) return continue_enrolment(exchange, resume, answer);
    return continue_session(exchange, resume, answer);
  }

  Answer<model::AuthStep> enrol_begin(Call& call, const model::AuthBegin& begin) override {
    return begin_enrolment(Exchange(call, endpoint_, nullptr), begin);
  }

  Answer<model::RecoveryAnswer> recover_credential(Call& call, const model::RecoveryQuery& query) override {
    return recover(Exchange(call, endpoint_, nullptr), query);
  }

  Answer<sdk::Done> auth_end(Call& call, const SecretBytes& session) override {
    return Exchange(call, endpoint_, &session).log_out();
  }

  Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session) override {
    return one_record(call, session, "/cases", read_case_list);
  }

  Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                       const model::CaseReadQuery& query) override {
    return fetch_case(Exchange(call, endpoint_, &session), query);
  }

  Answer<model::DocumentContent> read_document(Call& call, const SecretBytes& session,
                                               const std::string& case_key, const std::string& key) override {
    if (!is_case_number(case_key) || key.empty()) return sdk::refuse(Outcome::not_found);
    const std::string path = "/cases/" + case_key + "/documents/" + text::percent_encode(key) + "/content";
    const Exchange exchange(call, endpoint_, &session);
    SDK_TRY(std::string octets, exchange.read_document(path, pdf_type));
    if (!is_whole_pdf(octets)) return sdk::drift("document is not a whole PDF");
    return model::DocumentContent{std::string(pdf_type), std::move(octets)};
  }

  Answer<model::Profile> read_profile(Call& call, const SecretBytes& session) override {
    return one_record(call, session, "/profile", texas_icop::read_profile);
  }

  Answer<model::PaymentOptions> payment_options(Call& call, const SecretBytes& session,
                                                const std::string& case_key) override {
    return texas_icop::payment_options(Exchange(call, endpoint_, &session), case_key);
  }

  Answer<model::Receipt> update_contact(Call& call, const SecretBytes& session,
                                        const model::ContactUpdate& order) override {
    return texas_icop::update_contact(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> create_payment(Call& call, const SecretBytes& session,
                                        const model::PaymentOrder& order) override {
    return texas_icop::create_payment(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> read_payment(Call& call, const SecretBytes& session,
                                      const model::ReceiptQuery& query) override {
    return texas_icop::read_payment(Exchange(call, endpoint_, &session), query);
  }

  Answer<model::Receipt> create_recurring(Call& call, const SecretBytes& session,
                                          const model::RecurringOrder& order) override {
    return texas_icop::create_recurring(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> cancel_recurring(Call& call, const SecretBytes& session,
                                          const model::RecurringCancel& order) override {
    return texas_icop::cancel_recurring(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> send_message(Call& call, const SecretBytes& session,
                                      const model::MessageOrder& order) override {
    return texas_icop::send_message(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> upload_document(Call& call, const SecretBytes& session,
                                         const model::DocumentUpload& order) override {
    return texas_icop::upload_document(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> create_request(Call& call, const SecretBytes& session,
                                        const model::RequestOrder& order) override {
    return texas_icop::create_request(Exchange(call, endpoint_, &session), order);
  }

  Answer<model::Receipt> read_request(Call& call, const SecretBytes& session,
                                      const model::ReceiptQuery& query) override {
    return texas_icop::read_request(Exchange(call, endpoint_, &session), query);
  }

 private:
  static void shorten(std::chrono::milliseconds& deadline, std::optional<std::int64_t> setting_ms) {
    if (setting_ms) deadline = std::chrono::milliseconds{*setting_ms};
  }

  template <class Record>
  Answer<Record> one_record(Call& call, const SecretBytes& session, const std::string& path,
                            Record (*read)(const WireObject&)) const {
    SDK_TRY(const Envelope envelope, Exchange(call, endpoint_, &session).read(path));
    Reading reading;
    Record record = read(WireObject(envelope.root(), "", reading));
    if (!reading.followed()) return sdk::drift(reading.where());
    return record;
  }

  Endpoint endpoint_;
};

}  // namespace
}  // namespace casebridge::texas_icop

CASEBRIDGE_EXPORT_ADAPTER(casebridge::texas_icop::TexasIcop, "texas_icop", "1.0.0");
