// What answers other than a good one mean: HTTP statuses, the nightly batch, the mainframe's own words.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/model/adapter_messages.hpp"
#include "plugins/ohio_csenet/answer_text.hpp"
#include "plugins/sdk/http.hpp"

namespace casebridge::ohio_csenet {

// An answer whose status is neither 200 nor 202. `is_job`: 404 means that the state has no such job.
model::Refusal refusal_of(sdk::HttpResponse& answer, CodePage page, bool is_job, Instant our_now);

// Why a 200 cannot be read as what it should be: nothing when type and code page are those promised.
std::optional<model::Refusal> wrong_type(const sdk::HttpResponse& answer, std::string_view media_type,
                                         CodePage page);

// `ERR 503 BATCH UNTIL hhmm`: the end of the window, counted from `state_now`; nothing for other texts.
std::optional<Instant> batch_end(std::string_view reply, Instant state_now);

// The state's own clock, or ours when the answer has none.
Instant state_now(const sdk::HttpResponse& answer, Instant our_now);
std::optional<std::chrono::seconds> retry_after(const sdk::HttpResponse& answer);

}  // namespace casebridge::ohio_csenet
