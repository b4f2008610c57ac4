// Amounts of twelve places. The public layout leaves sign and decimals open; a setting says which form holds.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/money.hpp"

namespace casebridge::ohio_csenet {

enum class AmountSign { leading_minus, overpunch };

// leading_minus or overpunch, as the settings spell them.
std::optional<AmountSign> amount_sign_of(std::string_view name);

// Cents. Blanks are not provided, zeros are zero. Nothing when the field has any other form than the one set:
// the other sign is refused, not guessed.
std::optional<Known<model::Money>> read_amount(std::string_view field, AmountSign sign);
// Whether read_amount() has an answer.
bool is_amount(std::string_view field, AmountSign sign);

}  // namespace casebridge::ohio_csenet
