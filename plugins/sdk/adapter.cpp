// What an adapter answers where its author wrote nothing, and the three ends of a dataset.
#include "plugins/sdk/adapter.hpp"

#include <utility>

#include "core/model/adapter_messages.hpp"

namespace casebridge::sdk {

using model::Outcome;

Answer<Done> Adapter::configure(const Host&, const Settings&) { return Done{}; }

Answer<model::AuthStep> Adapter::auth_begin(Call&, const model::AuthBegin&) {
  return refuse(Outcome::not_supported);
}

Answer<model::AuthStep> Adapter::auth_continue(Call&, const SecretBytes&, const model::AuthAnswer&) {
  return refuse(Outcome::not_supported);
}

Answer<Done> Adapter::auth_end(Call&, const SecretBytes&) { return refuse(Outcome::not_supported); }

Answer<model::CaseList> Adapter::list_cases(Call&, const SecretBytes&) {
  return refuse(Outcome::not_supported);
}

Answer<model::CaseContent> Adapter::read_case(Call&, const SecretBytes&, const model::CaseReadQuery&) {
  return refuse(Outcome::not_supported);
}

Answer<model::DocumentContent> Adapter::read_document(Call&, const SecretBytes&, const std::string&,
                                                      const std::string&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Profile> Adapter::read_profile(Call&, const SecretBytes&) {
  return refuse(Outcome::not_supported);
}

Answer<model::PaymentOptions> Adapter::payment_options(Call&, const SecretBytes&, const std::string&) {
  return refuse(Outcome::not_supported);
}

Answer<model::AuthStep> Adapter::enrol_begin(Call&, const model::AuthBegin&) {
  return refuse(Outcome::not_supported);
}

Answer<model::RecoveryAnswer> Adapter::recover_credential(Call&, const model::RecoveryQuery&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::update_contact(Call&, const SecretBytes&, const model::ContactUpdate&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::create_payment(Call&, const SecretBytes&, const model::PaymentOrder&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::read_payment(Call&, const SecretBytes&, const model::ReceiptQuery&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::add_payment_method(Call&, const SecretBytes&,
                                                   const model::PaymentMethodOrder&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::remove_payment_method(Call&, const SecretBytes&,
                                                      const model::PaymentMethodRemoval&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::create_recurring(Call&, const SecretBytes&, const model::RecurringOrder&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::cancel_recurring(Call&, const SecretBytes&, const model::RecurringCancel&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::send_message(Call&, const SecretBytes&, const model::MessageOrder&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::upload_document(Call&, const SecretBytes&, const model::DocumentUpload&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::create_request(Call&, const SecretBytes&, const model::RequestOrder&) {
  return refuse(Outcome::not_supported);
}

Answer<model::Receipt> Adapter::read_request(Call&, const SecretBytes&, const model::ReceiptQuery&) {
  return refuse(Outcome::not_supported);
}

model::DatasetAnswer content(model::Dataset dataset, model::Records records, Known<model::Date> as_of) {
  return {dataset, model::DatasetContent{std::move(records), std::move(as_of)}};
}

model::DatasetAnswer unsupported(model::Dataset dataset) { return {dataset, model::Unsupported{}}; }

model::DatasetAnswer failed(model::Dataset dataset, const model::Refusal& why) {
  return {dataset, model::trouble_of(why)};
}

}  // namespace casebridge::sdk
