// What is public about the states does not change while the gateway runs: nothing is encoded while somebody
// waits.
#include "core/http/directory.hpp"

#include "core/desk/list_jurisdictions.hpp"
#include "core/http/encode/encode.hpp"
#include "core/http/etag.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view list_begin = "{\"data\":[", list_end = "]}";

std::vector<const ports::JurisdictionInfo*> infos_of(const std::vector<desk::JurisdictionView>& views) {
  std::vector<const ports::JurisdictionInfo*> infos;
  for (const desk::JurisdictionView& view : views) infos.push_back(view.info);
  return infos;
}

}  // namespace

Directory::Directory(const desk::Desk& desk, const Messages& messages)
    : index_(infos_of(desk::list_jurisdictions(desk))) {
  for (const std::string_view name : {"en", "es"}) {
    if (name != "en" && !messages.has_language(name)) continue;
    const ProblemContext context{messages, name, {}, {}, desk.clock.now()};
    Language made;
    for (const desk::JurisdictionView& view : desk::list_jurisdictions(desk))
      made.rows.push_back(
          encode::body_of([&](JsonText& json) { encode::jurisdiction(json, view, context); }));
    made.list.body = list_begin;
    for (const std::string& row : made.rows) {
      if (made.list.body.size() > list_begin.size()) made.list.body += ',';
      made.list.body += row;
    }
    made.list.body += list_end;
    made.list.etag = strong_etag(made.list.body);
    languages_.emplace(name, std::move(made));
  }
}

const Directory::Language& Directory::in(std::string_view language) const {
  const auto found = languages_.find(language);
  return found == languages_.end() ? languages_.find("en")->second : found->second;
}

const Directory::Prepared& Directory::all(std::string_view language) const { return in(language).list; }

std::string Directory::find(std::string_view q, std::string_view language) const {
  const std::vector<std::string>& rows = in(language).rows;
  std::string body(list_begin);
  for (const std::size_t place : index_.find(q)) {
    if (body.size() > list_begin.size()) body += ',';
    body += rows[place];
  }
  body += list_end;
  return body;
}

}  // namespace casebridge::http
