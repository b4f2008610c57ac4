// Payments that are told alike are separate payments, so a page that is sent again must be known as a page.
#include "plugins/california_connect/payment_pages.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "plugins/california_connect/datasets.hpp"

namespace casebridge::california_connect {
namespace {

using model::Payment;
using sdk::Answer;

constexpr std::size_t rows_of_a_page = 10;

bool same_page(const std::vector<Payment>& a, const std::vector<Payment>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Payment& one, const Payment& other) { return one.key == other.key; });
}

bool all_of_one_day(const std::vector<Payment>& page) {
  return std::all_of(page.begin(), page.end(),
                     [&](const Payment& one) { return one.collected == page.front().collected; });
}

// The list is newest first: two pages alike are one page sent twice, unless all of it is of one day. Then
// nobody can say, and no choice is made. Only the last page may have fewer rows than the others.
enum class Follows { yes, repeats, no };
Follows follows(const std::vector<Payment>& last, const std::vector<Payment>& next) {
  if (last.empty()) return Follows::yes;
  const bool whole = last.size() == rows_of_a_page;
  if (!same_page(last, next)) return whole ? Follows::yes : Follows::no;
  return whole && all_of_one_day(last) ? Follows::no : Follows::repeats;
}

}  // namespace

Answer<model::DatasetContent> fetch_payments(Exchange& exchange, const std::string& case_number) {
  const std::string path = "/case/" + case_number + "/payments";
  std::vector<Payment> payments, last;
  for (std::optional<int> number = 1; number;) {
    if (exchange.call().over()) return sdk::refuse(model::Outcome::timeout, "call_over");
    SDK_TRY(const Page page, exchange.read(path + "?page=" + std::to_string(*number), PageKind::payments));
    Reading reading;
    PaymentsPage read = read_payments(page, *number, exchange.full(path), reading);
    if (read.payments.size() > rows_of_a_page) reading.breach("payments/rows");
    const Follows how = follows(last, read.payments);
    if (how == Follows::no) reading.breach("payments/page");
    SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "payments"));
    number = read.next;
    if (how == Follows::repeats) continue;
    payments.insert(payments.end(), read.payments.begin(), read.payments.end());
    last = std::move(read.payments);
  }
  std::map<std::string, int> times;
  for (Payment& payment : payments) payment.key += "/" + std::to_string(++times[payment.key]);
  return model::DatasetContent{std::move(payments), {}};
}

}  // namespace casebridge::california_connect
