// HeadFault: everything that can be wrong with a request head or its framing, one row each.
#pragma once

#include <string_view>

#include "core/base/trouble.hpp"

namespace casebridge::http {

enum class HeadFault {
  none,
  bare_lf,
  bare_cr,
  nul_octet,
  head_too_large,
  too_many_fields,
  request_line_malformed,
  method_unknown,
  target_too_long,
  target_malformed,
  target_other_host,
  version_malformed,
  version_unsupported,
  field_line_malformed,
  field_name_malformed,
  field_value_malformed,
  field_folded,
  field_repeated,
  host_missing,
  host_malformed,
  length_malformed,
  length_and_coding,
  coding_unknown,
  coding_before_chunked,
  coding_before_1_1,
  body_not_expected,
  body_too_large,
  chunk_malformed,
  expectation_unknown,
};

struct HeadFaultRow {
  HeadFault fault;
  std::string_view name;    // label of the counter of refused requests
  TroubleCode code;         // gives the status
  std::string_view detail;  // for developers; fixed text
};

const HeadFaultRow& row_of(HeadFault fault);

}  // namespace casebridge::http
