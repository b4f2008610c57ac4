// The California portal: HTML, in both markups and both languages.
#include <chrono>

#include "plugins/california_connect/datasets.hpp"
#include "plugins/california_connect/page_form.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {
namespace {

using california_connect::Page;
using california_connect::PageKind;
using california_connect::Reading;
using model::Dataset;

const std::string case_number = "2000012345678";
const std::string case_path = "/cconnect/case/2000012345678";
constexpr Instant connect_now{std::chrono::seconds{1'773'669'600}};

sdk::Answer<Page> opened(std::string octets) {
  return california_connect::open_page({.status = 200,
                                        .headers = {{"Content-Type", "text/html; charset=utf-8"}},
                                        .body = std::move(octets),
                                        .date = {},
                                        .origin = {},
                                        .target = {}},
                                       connect_now);
}

Told summary_of(const Page& page, Reading& reading) {
  auto summary = california_connect::read_summary(page, case_number, "CA", reading);
  Told made = told(Dataset::cases, std::vector<model::Case>{std::move(summary.record)});
  const auto add = [&](Dataset dataset, model::Records records) {
    made.content.datasets.push_back({dataset, model::DatasetContent{std::move(records), {}}});
  };
  add(Dataset::orders, std::move(summary.orders));
  add(Dataset::balances, std::move(summary.balances));
  return made;
}

Told tell(const Page& page, Reading& reading) {
  switch (page.kind()) {
    case PageKind::summary: return summary_of(page, reading);
    case PageKind::payments:
      return told(Dataset::payments,
                  california_connect::read_payments(page, 1, case_path + "/payments", reading).payments);
    case PageKind::documents:
      return told(Dataset::documents,
                  california_connect::read_documents(page, case_path + "/documents", reading));
    case PageKind::appointments:
      return told(Dataset::events,
                  california_connect::read_appointments(page, "America/Los_Angeles", "PT", reading));
    case PageKind::contacts: return told(Dataset::contacts, california_connect::read_contacts(page, reading));
    default: return refused(california_connect::refusal_of(page));
  }
}

Told tell_whole(const Page& page) {
  if (!page.tells_language()) return refused(sdk::drift("lang"));
  Reading reading;
  Told made = tell(page, reading);
  if (!reading.followed()) return refused(sdk::drift(reading.where()));
  return made;
}

Told read_page(std::string octets, PageKind wanted) {
  const auto page = opened(std::move(octets));
  if (!page) return refused(page.refusal());
  if (page->kind() != wanted) return refused(california_connect::refusal_of(*page));
  return tell_whole(*page);
}

Message message(const std::string& name, PageKind kind) {
  return {name, sample(name), [kind](std::string octets) { return read_page(std::move(octets), kind); }};
}

bool try_all(std::string octets) {
  const auto page = opened(std::move(octets));
  if (!page) return false;
  Reading others;
  (void)california_connect::read_home(*page, others);
  (void)page->error_code();
  (void)page->error_field();
  return must_be_payload(tell_whole(*page));
}

}  // namespace

Format connect() {
  Format made{"connect", {}, try_all, {}};
  for (const char* markup : {"a", "b"}) {
    const std::string start = std::string("connect_") + markup;
    made.messages.push_back(message(start + "_summary.html", PageKind::summary));
    made.messages.push_back(message(start + "_payments.html", PageKind::payments));
    made.messages.push_back(message(start + "_documents.html", PageKind::documents));
    made.messages.push_back(message(start + "_appointments.html", PageKind::appointments));
    made.messages.push_back(message(start + "_contacts.html", PageKind::contacts));
  }
  made.words = {"<table id=\"bal\">",
                "<table class=\"grid\" data-name=\"balances\">",
                "<tr>",
                "</tr>",
                "<td>",
                "</td>",
                "<th>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<span class=\"v\">",
                "&nbsp;",
                "&#36;",
                "$ 1,234.56",
                "($1.00)",
                "--",
                "<ul class=\"docs\">",
                "<li>",
                "<p data-empty=\"1\">",
                "<body>",
                "</html>",
                "lang=\"es\"",
                "<textarea>",
                "<nav data-page=\"1\" data-pages=\"2\">",
                "\xC2\xA0"};
  return made;
}

}  // namespace casebridge::formats
