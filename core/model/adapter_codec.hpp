// JSON of the adapter contract, written and read strictly; schemas/adapter describes the same. UTF-8, no BOM.
// Decoders answer `source_changed` whose `field` is the JSON pointer of the member, never its content.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/adapter_messages.hpp"

namespace casebridge::model {

// Secrets are in these payloads, so they live in SecretBytes from end to end.
SecretBytes encode(const AuthBegin& begin);
SecretBytes encode(const AuthAnswer& answer);
SecretBytes encode(const AuthStep& step);
Result<AuthBegin> decode_auth_begin(std::string_view json);
Result<AuthAnswer> decode_auth_answer(std::string_view json);
Result<AuthStep> decode_auth_step(std::string_view json);

std::string encode(const Refusal& refusal);
Result<Refusal> decode_refusal(std::string_view json);

SecretBytes encode(const Pending& pending);
Result<Pending> decode_pending(std::string_view json);

std::string encode(const CaseList& list);
Result<CaseList> decode_case_list(std::string_view json);
std::string encode(const CaseReadQuery& query);
Result<CaseReadQuery> decode_case_read_query(std::string_view json);
std::string encode(const CaseContent& content);
Result<CaseContent> decode_case_content(std::string_view json);
std::string encode(const DocumentQuery& query);
Result<DocumentQuery> decode_document_query(std::string_view json);
std::string encode(const Profile& profile);
Result<Profile> decode_profile(std::string_view json);

// One record as canonical JSON: members in a fixed order, so that equal content has equal octets.
std::string encode_record(const Records& records, std::size_t index);
std::string encode_obligation(const Obligation& obligation);
Result<Obligation> decode_obligation(std::string_view json);
// The records of one dataset from a JSON array of such records.
Result<Records> decode_records(Dataset dataset, std::string_view json_array);
// The state's own key of a record.
std::string_view key_of(const Records& records, std::size_t index);
std::size_t count_of(const Records& records);
Records no_records(Dataset dataset);

}  // namespace casebridge::model
