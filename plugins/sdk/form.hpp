// Bodies of HTML forms: application/x-www-form-urlencoded and multipart/form-data, in memory that is wiped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"

namespace casebridge::sdk {

// Fields in the order in which they were added; a name may come twice. Give the body to a request with
// Content-Type application/x-www-form-urlencoded.
class Form {
 public:
  static constexpr std::string_view content_type = "application/x-www-form-urlencoded";
  Form& add(std::string_view name, std::string_view value);
  Form& add(std::string_view name, const SecretBytes& value) { return add(name, value.reveal()); }
  SecretBytes encode() const;  // UTF-8 in, ASCII out; blanks become '+'

 private:
  struct Field {
    std::string name;
    SecretBytes value;
  };
  std::vector<Field> fields_;
};

// Parts of RFC 7578. `content_type()` names the boundary, which occurs in no part.
class Multipart {
 public:
  Multipart& add(std::string_view name, std::string_view content, std::string_view media_type = {});
  // A part with a file name; quotes and line ends in it are percent-encoded.
  Multipart& add_file(std::string_view name, std::string_view file_name, std::string_view media_type,
                      std::string_view content);
  std::string content_type() const;
  SecretBytes encode() const;

 private:
  struct Part {
    std::string head;
    SecretBytes content;
  };
  std::string boundary() const;
  std::vector<Part> parts_;
};

}  // namespace casebridge::sdk
