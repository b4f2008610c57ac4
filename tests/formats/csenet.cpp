// Ohio: CSENet 2000 lines in both code pages, each with its own way to sign an amount.
#include <numeric>

#include "plugins/ohio_csenet/answer_text.hpp"
#include "plugins/ohio_csenet/case_file.hpp"
#include "plugins/ohio_csenet/datasets.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {
namespace {

using model::Dataset;
using namespace ohio_csenet;  // NOLINT: the readers are all that is here

const Writing ascii_writing{CodePage::ascii, AmountSign::leading_minus};
const Writing cp037_writing{CodePage::cp037, AmountSign::overpunch};

Expected expected_of(int serial) { return {"7001234567", "9900000", "00000000000" + std::to_string(serial)}; }

using Lines = std::vector<Transaction>;

sdk::Answer<Lines> lines_of(std::string octets, const Writing& writing) {
  return read_transactions(octets, writing);
}

sdk::Answer<CaseFile> file_of(Lines lines) { return CaseFile::open(std::move(lines), expected_of(1)); }

sdk::Answer<Transaction> status_of(Lines lines) {
  return open_notice(std::move(lines), "GSPUD", expected_of(2));
}

sdk::Answer<InterestNotice> interest_of(Lines lines, AmountSign sign) {
  SDK_TRY(const Transaction notice, open_notice(std::move(lines), "GSTAI", expected_of(3)));
  return read_interest(notice, sign);
}

sdk::Answer<Inbox> inbox_of(Lines lines) {
  for (const Transaction& line : lines)
    if (auto wrong = wrong_address(line, expected_of(4))) return std::move(*wrong);
  return lines;
}

template <class T>
void add(Told& made, Dataset dataset, sdk::Answer<T> records) {
  if (records)
    made.content.datasets.push_back({dataset, model::DatasetContent{std::move(*records), {}}});
  else
    made.refusal = records.refusal();
}

// What a case read tells, from answers that are good each by itself.
Told tell_all(const CaseFile& file, const Transaction& status, const InterestNotice& interest,
              const Inbox& inbox) {
  Told made;
  made.content.datasets.reserve(7);
  add(made, Dataset::orders, sdk::Answer<std::vector<model::Order>>(read_orders(file)));
  add(made, Dataset::balances, read_balances(file, interest));
  add(made, Dataset::payments, read_payments(file, inbox));
  add(made, Dataset::contacts, sdk::Answer<std::vector<model::ContactPoint>>(read_contacts(file)));
  add(made, Dataset::enforcement,
      sdk::Answer<std::vector<model::EnforcementAction>>(read_enforcement(inbox)));
  add(made, Dataset::events, read_events(inbox, file.is_guarded()));
  auto record = read_case(file, status, &inbox);
  if (record)
    add(made, Dataset::cases, sdk::Answer<std::vector<model::Case>>(std::vector{std::move(*record)}));
  else
    made.refusal = record.refusal();
  return made;
}

// The other answers stay as they are, so that what comes out is the doing of the octets given.
Lines unspoilt_lines(const char* name) { return *lines_of(sample(name), ascii_writing); }

struct Unspoilt {
  CaseFile file = *file_of(unspoilt_lines("csenet_ascii_case.txt"));
  Transaction status = *status_of(unspoilt_lines("csenet_ascii_status.txt"));
  InterestNotice interest = *interest_of(unspoilt_lines("csenet_ascii_interest.txt"), ascii_writing.sign);
};
const Unspoilt& unspoilt() {
  static const Unspoilt answers;
  return answers;
}

Told tell_case(Lines lines, AmountSign) {
  const auto file = file_of(std::move(lines));
  if (!file) return refused(file.refusal());
  return tell_all(*file, unspoilt().status, unspoilt().interest, {});
}

Told tell_status(Lines lines, AmountSign) {
  const auto status = status_of(std::move(lines));
  if (!status) return refused(status.refusal());
  return tell_all(unspoilt().file, *status, unspoilt().interest, {});
}

Told tell_interest(Lines lines, AmountSign sign) {
  const auto interest = interest_of(std::move(lines), sign);
  if (!interest) return refused(interest.refusal());
  return tell_all(unspoilt().file, unspoilt().status, *interest, {});
}

Told tell_inbox(Lines lines, AmountSign) {
  const auto inbox = inbox_of(std::move(lines));
  if (!inbox) return refused(inbox.refusal());
  return tell_all(unspoilt().file, unspoilt().status, unspoilt().interest, *inbox);
}

// The total of the arrears stands in the first order block, and again in the notice of interest.
std::vector<std::size_t> digits_of_total(const std::string& octets,
                                         Told (*tell)(Lines lines, AmountSign sign)) {
  constexpr std::size_t first_counter = header_field("Case-Data-Ind.").offset();
  constexpr Field total = order_field("Order-Arrears-Total-Amount"),
                  text = information_field("Information-Text-Line-1");
  std::size_t begin = size_of(BlockKind::header) + text.offset();
  if (tell == tell_case) {
    begin = size_of(BlockKind::header) + total.offset();
    for (BlockKind kind :
         {BlockKind::case_data, BlockKind::ncp_id, BlockKind::ncp_locate, BlockKind::participant}) {
      // The lower half of a digit's octet is its value in both code pages.
      const auto count =
          static_cast<unsigned char>(octets[first_counter + static_cast<std::size_t>(kind) - 1]) & 15U;
      begin += count * size_of(kind);
    }
  } else if (tell != tell_interest) {
    return {};
  }
  std::vector<std::size_t> places(total.size());
  std::iota(places.begin(), places.end(), begin);
  return places;
}

Message message(const std::string& name, const Writing& writing, Told (*tell)(Lines lines, AmountSign sign)) {
  const auto read = [tell, writing](std::string octets) {
    auto lines = lines_of(std::move(octets), writing);
    return lines ? tell(std::move(*lines), writing.sign) : refused(lines.refusal());
  };
  const std::string octets = sample(name);
  return {name, octets, read, writing.page == CodePage::ascii ? '0' : '\xF0', digits_of_total(octets, tell)};
}

// The two code pages share no digit, and every line begins with one.
bool try_all(std::string octets) {
  const bool ascii = octets.empty() || static_cast<unsigned char>(octets.front()) < 0x80;
  const Writing& writing = ascii ? ascii_writing : cp037_writing;
  const auto lines = lines_of(std::move(octets), writing);
  if (!lines) return false;
  if (const auto file = file_of(*lines)) (void)read_profile(*file);
  bool told = false;
  for (auto* tell : {tell_case, tell_status, tell_interest, tell_inbox})
    told = must_be_payload(tell(*lines, writing.sign)) || told;
  return told;
}

}  // namespace

Format csenet() {
  return {
      "csenet",
      {message("csenet_ascii_case.txt", ascii_writing, tell_case),
       message("csenet_ascii_status.txt", ascii_writing, tell_status),
       message("csenet_ascii_interest.txt", ascii_writing, tell_interest),
       message("csenet_ascii_inbox.txt", ascii_writing, tell_inbox),
       message("csenet_cp037_case.txt", cp037_writing, tell_case),
       message("csenet_cp037_interest.txt", cp037_writing, tell_interest)},
      try_all,
      {"003",      "FSINF",        "GSPUD",        "GSTAI",        "GIHER",        "CITAX",
       "REJCT",    "FUINF",        "CSI",          "MSC",          "ENF",          "COL",
       "20260316", "00000000",     "-00000005000", "000000041250", "            ", "CONT 01/02 COLL 000013",
       "IGREF I ", "HEARING 0930", "PROCESSING ",  "\n",           "\r\n",         "\x15"}};
}

}  // namespace casebridge::formats
