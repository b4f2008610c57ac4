// JSON of orders to a state and of its receipts, strict in both directions; schemas/adapter describes the
// same.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/model/write_messages.hpp"

namespace casebridge::model {

// Orders hold what a parent typed, so they live in SecretBytes.
SecretBytes encode(const WriteOrder& order);
// `operation` says which; source_changed for a word that is no write.
Result<WriteOrder> decode_order(std::string_view operation, std::string_view json);
bool is_write(std::string_view operation);

std::string encode(const Receipt& receipt);
Result<Receipt> decode_receipt(std::string_view json);
std::string encode(const CaseQuery& query);
Result<CaseQuery> decode_case_query(std::string_view json);
std::string encode(const ReceiptQuery& query);
Result<ReceiptQuery> decode_receipt_query(std::string_view json);
std::string encode(const PaymentOptions& options);
Result<PaymentOptions> decode_payment_options(std::string_view json);
SecretBytes encode(const RecoveryQuery& query);
Result<RecoveryQuery> decode_recovery_query(std::string_view json);
std::string encode(const RecoveryAnswer& answer);
Result<RecoveryAnswer> decode_recovery_answer(std::string_view json);

}  // namespace casebridge::model
