// Adapter: the class that an author writes. Override what the system can do; the rest answers not_supported.
#pragma once

#include <string>

#include "core/model/adapter_messages.hpp"
#include "plugins/sdk/answer.hpp"
#include "plugins/sdk/host.hpp"
#include "plugins/sdk/http.hpp"

namespace casebridge::sdk {

// Methods may be called from several threads at once, up to the manifest's concurrency.max; after `configure`
// an adapter should not change itself. They may throw: the border reports a bug, and what() goes nowhere.
class Adapter {
 public:
  virtual ~Adapter() = default;

  // Once, before any call. A refusal keeps the system from being offered.
  virtual Answer<Done> configure(const Host& host, const Settings& settings);

  virtual Answer<model::AuthStep> auth_begin(Call& call, const model::AuthBegin& begin);
  virtual Answer<model::AuthStep> auth_continue(Call& call, const SecretBytes& resume,
                                                const model::AuthAnswer& answer);
  // A session that the state no longer knows is Done.
  virtual Answer<Done> auth_end(Call& call, const SecretBytes& session);

  virtual Answer<model::CaseList> list_cases(Call& call, const SecretBytes& session);
  // One DatasetAnswer for each dataset asked for: a trouble in one does not spoil the others.
  virtual Answer<model::CaseContent> read_case(Call& call, const SecretBytes& session,
                                               const model::CaseReadQuery& query);
  virtual Answer<model::DocumentContent> read_document(Call& call, const SecretBytes& session,
                                                       const std::string& case_key, const std::string& key);
  virtual Answer<model::Profile> read_profile(Call& call, const SecretBytes& session);
};

// For read_case: how one dataset ended.
model::DatasetAnswer content(model::Dataset dataset, model::Records records, Known<model::Date> as_of = {});
model::DatasetAnswer unsupported(model::Dataset dataset);
model::DatasetAnswer failed(model::Dataset dataset, const model::Refusal& why);

}  // namespace casebridge::sdk
