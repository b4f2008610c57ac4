// Pages for the readers' tests: as the portal sends them, from what a test puts inside.
#pragma once

#include <string>

#include "plugins/california_connect/page.hpp"

namespace casebridge::california_connect {

inline const Instant test_now = *parse_instant("2026-03-16T14:00:00Z");

inline sdk::HttpResponse answered(int status, std::string body,
                                  const std::string& type = "text/html; charset=utf-8") {
  sdk::HttpResponse made;
  made.status = status;
  made.headers = {{"Content-Type", type}};
  made.body = std::move(body);
  return made;
}

inline std::string page_text(const std::string& id, const std::string& inside,
                             const std::string& language = "en") {
  return "<!DOCTYPE html><html lang=\"" + language + "\"><head><title>x</title></head><body id=\"" + id +
         "\">" + inside + "</body></html>";
}

inline sdk::Answer<Page> opened(const std::string& id, const std::string& inside,
                                const std::string& language = "en") {
  return open_page(answered(200, page_text(id, inside, language)), test_now);
}

}  // namespace casebridge::california_connect
