// Appointments, offices and documents: a table each, or a list with an item for each row.
#include <set>

#include "core/base/text.hpp"
#include "plugins/california_connect/codes.hpp"
#include "plugins/california_connect/datasets.hpp"
#include "plugins/california_connect/page_text.hpp"

namespace casebridge::california_connect {
namespace {

using sdk::HtmlElement;

constexpr std::string_view pdf_suffix = ".pdf";

// The first of a name keeps it, the next get "~2", "~3" ...
std::string numbered(const std::string& name, std::set<std::string>& taken) {
  std::string made = name;
  for (int times = 2; !taken.insert(made).second; ++times) made = name + "~" + std::to_string(times);
  return made;
}

// <li><a href="...">title</a> <time>date</time></li>
Row document_item(const HtmlElement& item, Reading& reading) {
  const auto parts = item.children();
  if (parts.size() != 2 || !parts[0].is("a") || !parts[1].is("time") || item.has_loose_text()) {
    reading.breach("docs/row");
    return {};
  }
  return {{parts[0].text(), parts[1].text(), "PDF"}, parts[0].attribute("href").value_or("")};
}

// The part of "/.../documents/ST-202602.pdf" that names the document.
std::optional<std::string> document_key(std::string_view link, std::string_view path) {
  const std::string folder = std::string(path) + "/";
  if (!link.starts_with(folder) || !link.ends_with(pdf_suffix)) return std::nullopt;
  link.remove_prefix(folder.size());
  if (link.size() <= pdf_suffix.size()) return std::nullopt;
  const auto key = text::percent_decode(link.substr(0, link.size() - pdf_suffix.size()));
  const bool plain = key && key->find_first_of("/?#\\") == std::string::npos && !text::has_control(*key) &&
                     text::is_utf8(*key);
  return plain ? key : std::nullopt;
}

}  // namespace

std::vector<model::Event> read_appointments(const Page& page, const std::string& zone,
                                            std::string_view zone_mark, Reading& reading) {
  std::vector<model::Event> events;
  std::set<std::string> taken;
  const auto rows = read_list(page, {"appts", "appts"}, {Label::appointment, Label::when, Label::place},
                              row_of_bars, reading);
  check_empty_mark(page, !rows.empty(), "appts", reading);
  for (const Row& row : rows) {
    const auto starts = parse_local_time(row.cells[1], page.language(), zone_mark);
    if (!starts) {
      reading.breach("appts/when");
      return {};
    }
    model::Event made;
    made.kind = reading.noted(event_kind_of(row.cells[0], page.language()));
    made.starts_local = *starts;
    made.ends_local = Missing::unsupported;
    made.time_zone = zone;
    made.place = shown_text(row.cells[2]);
    made.status = Missing::unsupported;
    made.key = numbered(std::string(model::name_of(made.kind.value)) + "/" + made.starts_local, taken);
    events.push_back(std::move(made));
  }
  return events;
}

std::vector<model::ContactPoint> read_contacts(const Page& page, Reading& reading) {
  std::vector<model::ContactPoint> contacts;
  std::set<std::string> taken;
  const auto rows = read_list(page, {"contacts", "contacts"}, {Label::office, Label::phone, Label::hours},
                              row_of_bars, reading);
  check_empty_mark(page, !rows.empty(), "contacts", reading);
  for (const Row& row : rows) {
    model::ContactPoint made;
    made.office = row.cells[0];
    const auto phone = shown_text(row.cells[1]);
    made.phone = phone ? Known<std::string>(with_country(*phone)) : phone;
    made.hours = shown_text(row.cells[2]);
    for (auto* none : {&made.name, &made.extension, &made.email}) *none = Missing::unsupported;
    made.key = numbered(made.office, taken);
    contacts.push_back(std::move(made));
  }
  return contacts;
}

std::vector<model::Document> read_documents(const Page& page, std::string_view path, Reading& reading) {
  std::vector<model::Document> documents;
  std::set<std::string> taken;
  const auto rows =
      read_list(page, {"docs", "docs"}, {Label::document, Label::date, Label::link}, document_item, reading);
  check_empty_mark(page, !rows.empty(), "docs", reading);
  for (const Row& row : rows) {
    const auto date = parse_date(row.cells[1], page.language());
    const auto key = document_key(row.link, path);
    if (!date) reading.breach("docs/date");
    if (!key || !taken.insert(*key).second) reading.breach("docs/link");
    if (!date || !key) return {};
    model::Document made;
    made.key = *key;
    made.title = row.cells[0];
    made.kind = "document";
    made.date = *date;
    made.media_type = "application/pdf";
    made.size_bytes = Missing::unsupported;
    documents.push_back(std::move(made));
  }
  return documents;
}

}  // namespace casebridge::california_connect
