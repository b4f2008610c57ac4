// Bounds that are the same everywhere; each has a test. What operators may change is configuration.
#pragma once

#include <cstddef>

namespace casebridge::limits {

constexpr std::size_t request_head_bytes_max = 32 * 1024;
constexpr std::size_t request_target_bytes_max = 4 * 1024;
constexpr std::size_t request_headers_max = 100;
constexpr std::size_t request_body_bytes_max = 256 * 1024;
constexpr std::size_t json_depth_max = 32;
constexpr std::size_t password_code_points_min = 12;
constexpr std::size_t password_code_points_max = 128;
constexpr std::size_t state_answer_bytes_max = 8 * 1024 * 1024;
constexpr std::size_t adapter_output_bytes_max = 16 * 1024 * 1024;
constexpr int page_size_max = 500;
constexpr int page_size_default = 100;

}  // namespace casebridge::limits
