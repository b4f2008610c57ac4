// One page of payments, newest first, and where the next one is.
#include <algorithm>

#include "core/base/text.hpp"
#include "plugins/california_connect/codes.hpp"
#include "plugins/california_connect/datasets.hpp"
#include "plugins/california_connect/page_text.hpp"

namespace casebridge::california_connect {
namespace {

using sdk::HtmlElement;

constexpr std::size_t digits_max = 5;

std::optional<int> number_of(const std::optional<std::string>& digits) {
  if (!digits || digits->empty() || digits->size() > digits_max || !text::all_digits(*digits))
    return std::nullopt;
  return static_cast<int>(*text::parse_int(*digits));
}

// Also of a code that we do not know, the word of the page is the same as long as the language is.
std::string source_word(const std::string& text, Language language) {
  const auto source = source_of(text, language);
  if (is_other_source(text, language)) return "other";
  return source.value == model::SourceClass::unknown ? folded(text)
                                                     : std::string(model::name_of(source.value));
}

model::Payment payment_of(const Row& row, Language language, Reading& reading) {
  model::Payment made;
  const auto collected = parse_date(row.cells[0], language);
  const auto posted = parse_date(row.cells[1], language);
  const auto amount = parse_amount(row.cells[3]);
  if (!collected) reading.breach("payments/payment_date");
  if (!posted) reading.breach("payments/posted");
  if (!amount) reading.breach("payments/amount");
  if (!collected || !posted || !amount) return made;
  made.collected = *collected;
  made.posted = *posted;
  made.amount = *amount;
  made.source = is_other_source(row.cells[2], language) ? model::Coded<model::SourceClass>()
                                                        : reading.noted(source_of(row.cells[2], language));
  made.status = model::PaymentStatus::applied;
  made.reference = Missing::unsupported;
  made.adjusts = Missing::unsupported;
  made.key = (made.collected ? made.collected->text() : "-") + "/" +
             (made.posted ? made.posted->text() : "-") + "/" + source_word(row.cells[2], language) + "/" +
             std::to_string(made.amount.cents);
  return made;
}

// <nav data-page="1" data-pages="2">
std::optional<int> next_by_count(const HtmlElement& nav, int page_number, Reading& reading) {
  const auto page = number_of(nav.attribute("data-page")), pages = number_of(nav.attribute("data-pages"));
  if (!page || !pages || *page != page_number || *pages < *page) {
    reading.breach("payments/page");
    return std::nullopt;
  }
  return *page < *pages ? std::optional(page_number + 1) : std::nullopt;
}

// <a rel="next" href="...?page=2">; it may lead to the page after this one and nowhere else.
std::optional<int> next_by_link(const Page& page, int page_number, std::string_view path, Reading& reading) {
  std::optional<int> next;
  const std::string here = std::string(path) + "?page=";
  for (const HtmlElement& link : page.body().all("a")) {
    const std::string target = link.attribute("href").value_or("");
    const std::string rel = link.attribute("rel").value_or("");
    if (rel != "next") {
      if (target.starts_with(here) && rel != "prev") reading.breach("payments/rel");
      continue;
    }
    if (next || target != here + std::to_string(page_number + 1)) reading.breach("payments/next");
    next = page_number + 1;
  }
  return next;
}

}  // namespace

PaymentsPage read_payments(const Page& page, int page_number, std::string_view path, Reading& reading) {
  PaymentsPage made;
  const auto rows = read_table(page, {"pay", "payments"},
                               {Label::payment_date, Label::posted, Label::source, Label::amount}, reading);
  check_empty_mark(page, !rows.empty(), "payments", reading);
  for (const Row& row : rows) made.payments.push_back(payment_of(row, page.language(), reading));
  auto counters = page.body().all("nav");
  std::erase_if(counters, [](const HtmlElement& nav) {
    return !nav.attribute("data-page") && !nav.attribute("data-pages");
  });
  const auto grids = page.body().all("table");
  const bool counted =
      std::any_of(grids.begin(), grids.end(), [](const HtmlElement& one) { return one.has_class("grid"); });
  if (counters.size() != (counted ? 1U : 0U)) {
    reading.breach("payments/page");
    return made;
  }
  const auto linked = next_by_link(page, page_number, path, reading);
  if (counted && linked) reading.breach("payments/next");
  made.next = counted ? next_by_count(counters.front(), page_number, reading) : linked;
  return made;
}

}  // namespace casebridge::california_connect
