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

model::DatasetAnswer content(model::Dataset dataset, model::Records records, Known<model::Date> as_of) {
  return {dataset, model::DatasetContent{std::move(records), std::move(as_of)}};
}

model::DatasetAnswer unsupported(model::Dataset dataset) { return {dataset, model::Unsupported{}}; }

model::DatasetAnswer failed(model::Dataset dataset, const model::Refusal& why) {
  return {dataset, model::trouble_of(why)};
}

}  // namespace casebridge::sdk
