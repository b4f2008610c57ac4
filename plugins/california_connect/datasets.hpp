// From one page to records: a reader for each kind. Breaches go to the Reading; with one, the records are not
// to be used.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/model/records.hpp"
#include "plugins/california_connect/page_table.hpp"

namespace casebridge::california_connect {

// The numbers of the cases on the home page.
std::vector<std::string> read_home(const Page& page, Reading& reading);

// The summary tells three datasets at once, and is good for all of them or for none.
struct Summary {
  model::Case record{};
  std::vector<model::Order> orders{};
  std::vector<model::BalanceLine> balances{};
  Known<model::Date> as_of{};  // the oldest of its figures
};
// `state` is whose share an assigned amount is: CA.
Summary read_summary(const Page& page, const std::string& case_number, const std::string& state,
                     Reading& reading);
// The parts of read_summary that have files of their own.
std::vector<model::Order> read_orders(const Facts& facts, Language language, Reading& reading);
std::vector<model::BalanceLine> read_balances(const Page& page, const std::string& state, Reading& reading);

struct PaymentsPage {
  // A payment is known by everything that is told of it; payments told alike have the same key here.
  std::vector<model::Payment> payments{};
  std::optional<int> next{};
};
// `page_number` is the one that was asked for; `path` is that of the payments of the case.
PaymentsPage read_payments(const Page& page, int page_number, std::string_view path, Reading& reading);

// `zone` is the IANA name, `zone_mark` what the pages write for it.
std::vector<model::Event> read_appointments(const Page& page, const std::string& zone,
                                            std::string_view zone_mark, Reading& reading);
std::vector<model::ContactPoint> read_contacts(const Page& page, Reading& reading);
// `path` is that of the documents of the case.
std::vector<model::Document> read_documents(const Page& page, std::string_view path, Reading& reading);

}  // namespace casebridge::california_connect
