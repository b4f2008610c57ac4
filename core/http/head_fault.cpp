// The table of refusals of a request head. After each of them the connection is closed.
#include "core/http/head_fault.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace casebridge::http {
namespace {

using enum TroubleCode;
#define ROW(fault, code, detail) \
  HeadFaultRow { HeadFault::fault, #fault, code, detail }

constexpr std::array rows{
    ROW(none, internal, "nothing is wrong"),
    // Octets (RFC 9112 §2.2: a lone LF may be taken for a line end; two parties that differ in it can be
    // played off).
    ROW(bare_lf, invalid_request, "a line ends in LF without CR"),
    ROW(bare_cr, invalid_request, "a CR is not followed by LF"),
    ROW(nul_octet, invalid_request, "the head holds a NUL octet"),
    ROW(head_too_large, headers_too_large, "the head is larger than allowed"),
    ROW(too_many_fields, headers_too_large, "there are more header fields than allowed"),
    // Request line (RFC 9112 §3).
    ROW(request_line_malformed, invalid_request, "the request line is not METHOD SP target SP version"),
    ROW(method_unknown, method_not_implemented, "the method is not known"),
    ROW(target_too_long, uri_too_long, "the request target is longer than allowed"),
    ROW(target_malformed, invalid_request, "the request target has a form that is not read here"),
    ROW(target_other_host, invalid_request, "the request target and Host name different places"),
    ROW(version_malformed, invalid_request, "the HTTP version is not well formed"),
    ROW(version_unsupported, http_version_not_supported, "HTTP/1.1 and HTTP/1.0 are spoken here"),
    // Field lines (RFC 9112 §5).
    ROW(field_line_malformed, invalid_request, "a header line has no colon"),
    ROW(field_name_malformed, invalid_request,
        "a header name is empty or holds an octet that is not a token's"),
    ROW(field_value_malformed, invalid_request, "a header value holds a control octet"),
    ROW(field_folded, invalid_request, "a header line is folded"),
    ROW(field_repeated, invalid_request, "a header that may come once comes twice"),
    ROW(host_missing, invalid_request, "Host is missing"),
    ROW(host_malformed, invalid_request, "Host is not a host with an optional port"),
    // Framing of the body (RFC 9112 §6).
    ROW(length_malformed, invalid_request, "Content-Length is not a plain decimal number"),
    ROW(length_and_coding, invalid_request, "Content-Length and Transfer-Encoding come together"),
    ROW(coding_unknown, invalid_request, "Transfer-Encoding does not end in chunked, said once"),
    ROW(coding_before_chunked, method_not_implemented, "of transfer codings only chunked is known"),
    ROW(coding_before_1_1, invalid_request, "Transfer-Encoding needs HTTP/1.1"),
    ROW(body_not_expected, invalid_request, "this method carries no body here"),
    ROW(body_too_large, payload_too_large, "the body is larger than allowed"),
    ROW(chunk_malformed, invalid_request, "the chunked body is not well formed"),
    ROW(expectation_unknown, expectation_failed, "only 100-continue can be expected"),
};
#undef ROW

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].fault) != i) return false;
  }
  return rows.size() == static_cast<std::size_t>(HeadFault::expectation_unknown) + 1;
}
static_assert(in_order(), "a fault has no row, or rows are swapped");

}  // namespace

const HeadFaultRow& row_of(HeadFault fault) { return rows[static_cast<std::size_t>(fault)]; }

}  // namespace casebridge::http
