// Writing a response head. Names come from literals and values from HeaderValue, so nothing is escaped here.
#include "core/http/response.hpp"

#include <algorithm>
#include <array>

#include "core/base/secret.hpp"
#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

constexpr std::size_t head_bytes_usual = 960;
constexpr std::size_t fields_usual = 8;

// The value of a field among whole lines; null when none of them is of that name.
std::string_view value_in(std::string_view lines, std::string_view name) {
  while (!lines.empty()) {
    const std::size_t end = lines.find("\r\n");
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 2);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        text::equal_ignoring_case(line.substr(0, name.size()), name))
      return line.substr(name.size() + 2);
  }
  return {};
}

}  // namespace

HeaderValue::HeaderValue(std::string_view text) : text_(text) {
  for (char& c : text_) {
    if (c < 0x20 || c > 0x7E) c = '?';
  }
}

std::string_view reason_of(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 31> reasons{
      {{100, "Continue"},
       {200, "OK"},
       {201, "Created"},
       {202, "Accepted"},
       {204, "No Content"},
       {303, "See Other"},
       {304, "Not Modified"},
       {400, "Bad Request"},
       {401, "Unauthorized"},
       {403, "Forbidden"},
       {404, "Not Found"},
       {405, "Method Not Allowed"},
       {406, "Not Acceptable"},
       {408, "Request Timeout"},
       {409, "Conflict"},
       {410, "Gone"},
       {412, "Precondition Failed"},
       {413, "Content Too Large"},
       {414, "URI Too Long"},
       {415, "Unsupported Media Type"},
       {417, "Expectation Failed"},
       {422, "Unprocessable Content"},
       {428, "Precondition Required"},
       {429, "Too Many Requests"},
       {431, "Request Header Fields Too Large"},
       {500, "Internal Server Error"},
       {501, "Not Implemented"},
       {502, "Bad Gateway"},
       {503, "Service Unavailable"},
       {504, "Gateway Timeout"},
       {505, "HTTP Version Not Supported"}}};
  const auto found =
      std::find_if(reasons.begin(), reasons.end(), [&](const auto& row) { return row.first == status; });
  return found == reasons.end() ? "Unknown" : found->second;
}

Response::Response(int status, std::string_view media_type, std::string body)
    : status_(status), body_(std::move(body)) {
  set("Content-Type", media_type);
}

Response::Response(int status, std::string_view media_type, std::shared_ptr<BodyStream> stream)
    : status_(status), stream_(std::move(stream)) {
  set("Content-Type", media_type);
}

void Response::share_body() {
  if (shared_body_) return;
  shared_body_ = {new std::string(std::move(body_)), [](const std::string* dropped) {
                    const std::unique_ptr<std::string> owned(const_cast<std::string*>(dropped));
                    wipe(*owned);
                  }};
  body_.clear();
}

void Response::set_lines(std::string_view lines) {
  std::erase_if(fields_, [&](const auto& field) { return value_in(lines, field.first).data() != nullptr; });
  lines_ = lines;
}

Response& Response::set(HeaderName name, HeaderValue value) {
  const auto same = [&](const auto& field) { return text::equal_ignoring_case(field.first, name.text()); };
  const auto found = std::find_if(fields_.begin(), fields_.end(), same);
  if (found != fields_.end() && !text::equal_ignoring_case(name.text(), "set-cookie")) {
    found->second = std::move(value).text();
  } else {
    if (fields_.empty()) fields_.reserve(fields_usual);
    fields_.emplace_back(name.text(), std::move(value).text());
  }
  return *this;
}

std::string_view Response::field(std::string_view name) const {
  for (const auto& [known, value] : fields_) {
    if (text::equal_ignoring_case(known, name)) return value;
  }
  return value_in(lines_, name);
}

void Response::wipe_body() noexcept {
  if (!body_.empty()) wipe(body_);
  shared_body_.reset();
}

void Response::become_not_modified() {
  status_ = 304;
  body_.clear();
  shared_body_.reset();
  std::erase_if(fields_,
                [](const auto& field) { return text::equal_ignoring_case(field.first, "content-type"); });
}

std::string Response::head_text(std::string_view date, bool close, bool chunked) const {
  std::string head;
  head.reserve(head_bytes_usual);
  head.append("HTTP/1.1 ")
      .append(std::to_string(status_))
      .append(" ")
      .append(reason_of(status_))
      .append("\r\n");
  head.append("Date: ").append(date).append("\r\n");
  for (const auto& [name, value] : fields_) head.append(name).append(": ").append(value).append("\r\n");
  head.append(lines_);
  if (stream_) {
    if (chunked) head.append("Transfer-Encoding: chunked\r\n");
  } else if (status_ != 204 && status_ != 304) {
    head.append("Content-Length: ").append(std::to_string(body().size())).append("\r\n");
  }
  head.append("Connection: ").append(close ? "close" : "keep-alive").append("\r\n\r\n");
  return head;
}

}  // namespace casebridge::http
