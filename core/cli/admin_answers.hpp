// The answers to operators as tables for a terminal; admin_codec.cpp reads them from JSON.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/cli/api_client.hpp"

namespace casebridge::cli {

SecretBytes write_account_search(const std::string& email);
// Whether the same would be done after the second factor was shown once more.
bool asks_for_confirmation(const ApiAnswer& answer);
Result<std::string> account_id_of(const ApiAnswer& answer);

Result<std::string> show_inspected_account(const ApiAnswer& answer);
Result<std::string> show_inspected_sessions(const ApiAnswer& answer);
Result<std::string> show_inspected_events(const ApiAnswer& answer);
Result<std::string> show_inspected_keys(const ApiAnswer& answer);
Result<std::string> show_inspected_adapters(const ApiAnswer& answer);
Result<std::string> show_inspected_links(const ApiAnswer& answer);
Result<std::string> show_inspected_audit(const ApiAnswer& answer);

}  // namespace casebridge::cli
