// One function per part of the head; each answers a fault or none. Whatever two parsers could read
// differently is refused here, so that nothing behind or before the gateway can be played off against it.
#include "core/http/head_check.hpp"

#include <algorithm>
#include <array>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/http/transfer_coding.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view token_marks = "!#$%&'*+-.^_`|~";
// Octets of RFC 3986 paths and queries; '%' is checked apart.
constexpr std::string_view target_marks = "-._~!$&'()*+,;=:@/?%";

// Fields of which a second one would be ambiguous.
constexpr std::array<std::string_view, 13> single_fields{
    "host",          "content-length", "transfer-encoding", "content-type",    "authorization", "cookie",
    "origin",        "expect",         "x-csrf-token",      "idempotency-key", "traceparent",   "user-agent",
    "sec-fetch-site"};

// Fields that are lists: their lines are one list in several pieces (RFC 9110 §5.3). What is in neither table
// is not read by the gateway.
constexpr std::array<std::string_view, 8> list_fields{"accept",        "accept-language", "connection",
                                                      "if-none-match", "if-match",        "content-encoding",
                                                      "forwarded",     "x-forwarded-for"};

constexpr std::array<std::pair<std::string_view, Method>, 9> methods{{{"GET", Method::get},
                                                                      {"HEAD", Method::head},
                                                                      {"POST", Method::post},
                                                                      {"PUT", Method::put},
                                                                      {"PATCH", Method::patch},
                                                                      {"DELETE", Method::del},
                                                                      {"OPTIONS", Method::options},
                                                                      {"TRACE", Method::trace},
                                                                      {"CONNECT", Method::connect}}};

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool target_octets_are_fine(std::string_view target) {
  for (std::size_t i = 0; i < target.size(); ++i) {
    const char c = target[i];
    if (!is_alnum(c) && target_marks.find(c) == std::string_view::npos) return false;
    if (c != '%') continue;
    if (i + 2 >= target.size() || !is_hex(target[i + 1]) || !is_hex(target[i + 2])) return false;
    // An encoded slash, backslash or control would make "one segment" mean two things.
    const std::string code = text::lower_ascii(target.substr(i + 1, 2));
    if (code[0] == '0' || code[0] == '1' || code == "7f") return false;
    const bool in_path = target.substr(0, i).find('?') == std::string_view::npos;
    if (in_path && (code == "2f" || code == "5c" || code == "2e")) return false;
  }
  return true;
}

bool has_dot_segment(std::string_view path) {
  for (const std::string& segment : text::split(path, '/')) {
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

// Absolute form (RFC 9112 §3.2.2): taken when it names the same place as Host. Leaves path and query.
HeadFault split_absolute(std::string& target, Method method, std::string& authority) {
  const std::size_t scheme_end = target.find("://");
  if (scheme_end == std::string::npos) return HeadFault::target_malformed;
  const std::string scheme = text::lower_ascii(target.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return HeadFault::target_malformed;
  target.erase(0, scheme_end + 3);
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  authority = text::lower_ascii(target.substr(0, end));
  if (!is_host(authority)) return HeadFault::target_malformed;
  target.erase(0, end);
  if (target.empty() && method == Method::options)
    target = "*";  // RFC 9112 §3.2.4
  else if (!target.starts_with('/'))
    target.insert(0, 1, '/');  // RFC 9110 §4.2.3
  return HeadFault::none;
}

HeadFault check_target(std::string_view sent, Head& head, std::string& authority) {
  if (sent.size() > limits::request_target_bytes_max) return HeadFault::target_too_long;
  if (!target_octets_are_fine(sent) || head.method == Method::connect) return HeadFault::target_malformed;
  std::string target(sent);
  const bool asterisk = target == "*" && head.method == Method::options;
  if (!target.starts_with('/') && !asterisk) {
    const HeadFault fault = split_absolute(target, head.method, authority);
    if (fault != HeadFault::none) return fault;
  }
  const std::size_t mark = target.find('?');
  head.path = target.substr(0, mark);
  if (mark != std::string::npos) head.query = target.substr(mark + 1);
  if (head.path.find("//") != std::string::npos || has_dot_segment(head.path))
    return HeadFault::target_malformed;
  return HeadFault::none;
}

HeadFault check_version(std::string_view version, Head& head) {
  const bool formed = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                      version[6] == '.' && is_digit(version[7]);
  if (!formed) return HeadFault::version_malformed;
  if (version[5] != '1') return HeadFault::version_unsupported;
  head.minor_version = std::min(version[7] - '0', 1);  // a later one is read as this (RFC 9110 §2.5)
  head.keep_alive = head.minor_version == 1;
  return HeadFault::none;
}

HeadFault check_request_line(std::string_view line, Head& head, std::string& authority) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return HeadFault::request_line_malformed;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!is_token(method) || target.empty()) return HeadFault::request_line_malformed;
  if (target.find_first_of(" \t") != std::string_view::npos) return HeadFault::request_line_malformed;
  const auto known = method_of(method);
  if (known) head.method = *known;  // first, so that a refused HEAD gets no body either
  const HeadFault version = check_version(line.substr(last + 1), head);
  if (version != HeadFault::none) return version;
  if (!known) return HeadFault::method_unknown;
  return check_target(target, head, authority);
}

HeadFault check_field_line(std::string_view line, Head& head) {
  if (line.front() == ' ' || line.front() == '\t') return HeadFault::field_folded;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return HeadFault::field_line_malformed;
  const std::string_view name = line.substr(0, colon);
  if (!is_token(name))
    return HeadFault::field_name_malformed;  // "Name :" ends here: a blank is no token octet
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (!is_field_value(value)) return HeadFault::field_value_malformed;
  std::string lower = text::lower_ascii(name);
  const auto known = [&lower](const auto& table) {
    return std::find(table.begin(), table.end(), lower) != table.end();
  };
  const bool list = known(list_fields);
  if (list || known(single_fields)) {
    const auto same = std::find_if(head.fields.begin(), head.fields.end(),
                                   [&lower](const auto& field) { return field.first == lower; });
    if (same != head.fields.end()) {
      if (!list) return HeadFault::field_repeated;
      same->second.append(", ").append(value);
      return HeadFault::none;
    }
  }
  head.fields.emplace_back(std::move(lower), std::string(value));
  return HeadFault::none;
}

HeadFault check_place(Head& head, const std::string& authority) {
  const auto host = head.field("host");
  if (!host) {
    head.host = authority;
    return head.minor_version == 0 ? HeadFault::none : HeadFault::host_missing;
  }
  if (!is_host(*host)) return HeadFault::host_malformed;
  head.host = text::lower_ascii(*host);
  if (!authority.empty() && authority != head.host) return HeadFault::target_other_host;
  return HeadFault::none;
}

// RFC 9112 §6.3, without its repairs.
HeadFault check_framing(Head& head) {
  const auto length = head.field("content-length");
  const auto coding = head.field("transfer-encoding");
  if (length && coding) return HeadFault::length_and_coding;
  if (coding) {
    if (head.minor_version == 0) return HeadFault::coding_before_1_1;
    const HeadFault fault = check_transfer_coding(*coding);
    if (fault != HeadFault::none) return fault;
    head.chunked = true;
  }
  if (length) {
    if (length->empty() || !std::all_of(length->begin(), length->end(), is_digit))
      return HeadFault::length_malformed;
    const std::string_view digits =
        length->substr(std::min(length->find_first_not_of('0'), length->size() - 1));
    const auto number = digits.size() > 18 ? std::nullopt : text::parse_int(digits);
    if (!number) return HeadFault::body_too_large;
    head.content_length = static_cast<std::uint64_t>(*number);
    if (*head.content_length > limits::request_body_bytes_max) return HeadFault::body_too_large;
  }
  const bool has_body = head.chunked || head.content_length.value_or(0) > 0;
  const bool may_have =
      head.method == Method::post || head.method == Method::put || head.method == Method::patch;
  return has_body && !may_have ? HeadFault::body_not_expected : HeadFault::none;
}

HeadFault check_connection(Head& head) {
  if (const auto expect = head.field("expect")) {
    if (!text::equal_ignoring_case(*expect, "100-continue")) return HeadFault::expectation_unknown;
    head.expects_continue = head.minor_version == 1;
  }
  for (const std::string& option : text::split(head.field("connection").value_or(""), ',')) {
    const std::string_view word = trim_blanks(option);
    if (text::equal_ignoring_case(word, "close")) {
      head.keep_alive = false;
      break;
    }
    if (text::equal_ignoring_case(word, "keep-alive")) head.keep_alive = true;
  }
  return HeadFault::none;
}

HeadFault read_lines(std::string_view block, Head& head, std::string& authority) {
  if (block.starts_with("\r\n")) block.remove_prefix(2);  // see HeadReader: one empty line is forgiven
  bool request_line = true;
  for (std::size_t fields = 0;;) {
    const std::size_t end = block.find("\r\n");
    if (end == std::string_view::npos) return HeadFault::request_line_malformed;
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(end + 2);
    if (line.empty())
      return request_line || !block.empty() ? HeadFault::request_line_malformed : HeadFault::none;
    if (!request_line && ++fields > limits::request_headers_max) return HeadFault::too_many_fields;
    const HeadFault fault =
        request_line ? check_request_line(line, head, authority) : check_field_line(line, head);
    if (fault != HeadFault::none) return fault;
    request_line = false;
  }
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::string_view name_of(Method method) {
  for (const auto& [name, value] : methods) {
    if (value == method) return name;
  }
  return "GET";
}

std::optional<Method> method_of(std::string_view token) {
  for (const auto& [name, value] : methods) {
    if (name == token) return value;
  }
  return std::nullopt;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alnum(c) || token_marks.find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\t') || octet == 0x7F;
  });
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 255) return false;
  if (text.front() == '[') {  // IPv6 literal
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    const std::string_view inside = text.substr(1, end - 1);
    if (!std::all_of(inside.begin(), inside.end(),
                     [](char c) { return is_hex(c) || c == ':' || c == '.'; })) {
      return false;
    }
    text.remove_prefix(end + 1);
    return text.empty() || (text.front() == ':' && is_port(text.substr(1)));
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
  const std::string_view name = text.substr(0, colon);
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; });
}

CheckedHead check_head(std::string_view block) {
  CheckedHead checked;
  std::string authority;
  checked.fault = read_lines(block, checked.head, authority);
  if (checked.fault == HeadFault::none) checked.fault = check_place(checked.head, authority);
  if (checked.fault == HeadFault::none) checked.fault = check_framing(checked.head);
  if (checked.fault == HeadFault::none) checked.fault = check_connection(checked.head);
  return checked;
}

}  // namespace casebridge::http
