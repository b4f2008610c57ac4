// Response: status, header fields and a body with its media type. What comes before and after is the
// connection's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/http/body_stream.hpp"
#include "core/http/header.hpp"

namespace casebridge::http {

inline constexpr std::string_view media_json = "application/json";
inline constexpr std::string_view media_problem = "application/problem+json";
inline constexpr std::string_view media_html = "text/html; charset=utf-8";
inline constexpr std::string_view media_svg = "image/svg+xml";
inline constexpr std::string_view media_events = "text/event-stream";
inline constexpr std::string_view media_metrics = "text/plain; version=0.0.4; charset=utf-8";

// A body up to this size is sent in one piece with the head.
inline constexpr std::size_t body_bytes_beside_max = 16 * 1024;

class Response {
 public:
  explicit Response(int status = 204) : status_(status) {}
  Response(int status, std::string_view media_type, std::string body);
  Response(int status, std::string_view media_type, std::shared_ptr<BodyStream> stream);

  int status() const { return status_; }
  const std::string& body() const { return shared_body_ ? *shared_body_ : body_; }
  // From now on copies of it have the same octets, which are overwritten with the last of them.
  void share_body();
  // Null unless the body is made while it is sent; body() is empty then.
  BodyStream* stream() const { return stream_.get(); }
  const std::shared_ptr<BodyStream>& shared_stream() const { return stream_; }
  // Replaces a field of the same name, except set-cookie, of which each is kept.
  Response& set(HeaderName name, HeaderValue value);
  // Whole lines, each with its end, that outlive this. Fields that were set are dropped where these name
  // them, and none of these is set afterwards.
  void set_lines(std::string_view lines);
  // Empty when the field is not set.
  std::string_view field(std::string_view name) const;
  // Overwrites the body: it may have held a token that is shown once.
  void wipe_body() noexcept;
  // Keeps the fields, drops the body: the answer to a condition that holds (304).
  void become_not_modified();
  // Status line, fields, empty line. Content-Length always, even for HEAD; a stream has none, and is chunked
  // where the client can read that.
  std::string head_text(std::string_view date, bool close, bool chunked = false) const;

 private:
  int status_;
  std::vector<std::pair<std::string_view, std::string>> fields_;
  std::string_view lines_;
  std::string body_;
  std::shared_ptr<const std::string> shared_body_;  // instead of body_
  std::shared_ptr<BodyStream> stream_;
};

inline Response json(int status, std::string body) { return Response(status, media_json, std::move(body)); }

std::string_view reason_of(int status);

}  // namespace casebridge::http
