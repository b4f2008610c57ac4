// Directory: the list of jurisdictions in the octets it is answered with, made once for each language.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/messages.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/jurisdiction_index.hpp"

namespace casebridge::http {

class Directory {
 public:
  Directory(const desk::Desk& desk, const Messages& messages);

  struct Prepared {
    std::string body, etag;
  };
  // All of them by name. A language without texts gets English.
  const Prepared& all(std::string_view language) const;
  // Those that fit, best first.
  std::string find(std::string_view q, std::string_view language) const;

 private:
  struct Language {
    std::vector<std::string> rows;  // one object for each, in the order of the index
    Prepared list;
  };
  const Language& in(std::string_view language) const;

  desk::JurisdictionIndex index_;
  std::map<std::string, Language, std::less<>> languages_;
};

}  // namespace casebridge::http
