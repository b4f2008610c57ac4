// PageFiles: the built page, read once at start. A path is looked up exactly; the disk is not asked again.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/http/request.hpp"
#include "core/http/response.hpp"
#include "core/http/route.hpp"

namespace casebridge::http {

// Immutable after load; any thread.
class PageFiles {
 public:
  struct Page {
    const Route* row;  // for caching, log and metrics; it has no action
    Response response;
  };

  // Names are folders' and files' below `folder`; NAME.gz beside NAME is the same, compressed. What lies in
  // assets/ has a digest in its name. field_trouble "portal" when the folder holds no index.html, a link, a
  // kind of file that is not known, or too much.
  static Result<PageFiles> load(const std::filesystem::path& folder);

  // nullopt: there is no page for this request. A path of the page's own (letters, digits, dashes) is
  // answered with index.html where the client takes HTML; the script there knows what it means.
  std::optional<Page> find(const Request& request) const;

 private:
  struct File {
    std::string_view media_type;
    std::string body;
    std::string compressed;  // gzip; empty: there is none
    std::string etag, compressed_etag;
    bool immutable = false;
  };
  Result<void> add(const std::string& path, std::string body);
  Page page_of(const File& file, const Request& request) const;

  std::map<std::string, File, std::less<>> files_;  // by path as in the request
};

}  // namespace casebridge::http
