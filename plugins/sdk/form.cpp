// Encoding of forms, straight into memory that is wiped when it is left.
#include "plugins/sdk/form.hpp"

#include <algorithm>

#include "core/model/json_writer.hpp"

namespace casebridge::sdk {
namespace {

bool stays_in_form(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '*' || c == '-' ||
         c == '.' || c == '_';
}

void put_encoded(model::SecretSink& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (stays_in_form(c)) {
      out.put({&c, 1});
    } else if (c == ' ') {
      out.put("+");
    } else {
      const auto octet = static_cast<unsigned char>(c);
      const char triple[] = {'%', digits[octet >> 4U], digits[octet & 15U]};
      out.put({triple, sizeof triple});
    }
  }
}

// What would end a quoted name in a part's head (WHATWG HTML, multipart/form-data encoding).
std::string quotable(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '"')
      out += "%22";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else
      out += c;
  }
  return out;
}

}  // namespace

Form& Form::add(std::string_view name, std::string_view value) {
  fields_.push_back({std::string(name), SecretBytes::copy_of(value)});
  return *this;
}

SecretBytes Form::encode() const {
  model::SecretSink out;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (i > 0) out.put("&");
    put_encoded(out, fields_[i].name);
    out.put("=");
    put_encoded(out, fields_[i].value.reveal());
  }
  return out.take();
}

Multipart& Multipart::add(std::string_view name, std::string_view content, std::string_view media_type) {
  std::string head = "Content-Disposition: form-data; name=\"" + quotable(name) + "\"\r\n";
  if (!media_type.empty()) head += "Content-Type: " + std::string(media_type) + "\r\n";
  parts_.push_back({std::move(head), SecretBytes::copy_of(content)});
  return *this;
}

Multipart& Multipart::add_file(std::string_view name, std::string_view file_name, std::string_view media_type,
                               std::string_view content) {
  parts_.push_back({"Content-Disposition: form-data; name=\"" + quotable(name) + "\"; filename=\"" +
                        quotable(file_name) + "\"\r\nContent-Type: " + std::string(media_type) + "\r\n",
                    SecretBytes::copy_of(content)});
  return *this;
}

// The same parts always get the same boundary, so that a repeated write has the same octets.
std::string Multipart::boundary() const {
  for (int number = 1;; ++number) {
    std::string candidate = "casebridge-part-" + std::to_string(number);
    const bool taken = std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
      return part.content.reveal().find(candidate) != std::string_view::npos;
    });
    if (!taken) return candidate;
  }
}

std::string Multipart::content_type() const { return "multipart/form-data; boundary=" + boundary(); }

SecretBytes Multipart::encode() const {
  const std::string line = "--" + boundary();
  model::SecretSink out;
  for (const Part& part : parts_) {
    out.put(line + "\r\n");
    out.put(part.head);
    out.put("\r\n");
    out.put(part.content.reveal());
    out.put("\r\n");
  }
  out.put(line + "--\r\n");
  return out.take();
}

}  // namespace casebridge::sdk
