// Look up, build, keep, send, poll.
#include "plugins/ohio_csenet/submit.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "plugins/ohio_csenet/dialogue.hpp"
#include "plugins/ohio_csenet/kept_orders.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"
#include "plugins/sdk/repeated_write.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;
using model::Receipt;
using model::Refusal;
using sdk::Answer;

constexpr int job_polls_max = 20;
constexpr std::size_t serial_size = 12;
// An hour less than the state keeps it, for clocks that differ.
constexpr std::chrono::hours resent_within{23};
constexpr std::string_view job_word = "job ";

// Where an order waits: "job <polls> <not before> <path>".
struct Waiting {
  int polls = 0;
  Instant not_before{};
  std::string path{};
};

std::optional<Waiting> waiting_at(std::string_view resume) {
  if (!resume.starts_with(job_word)) return std::nullopt;
  const auto words = text::split(resume, ' ');
  if (words.size() != 4) return std::nullopt;
  const auto polls = text::parse_int(words[1]);
  const auto not_before = parse_instant(words[2]);
  if (!polls || !not_before) return std::nullopt;
  return Waiting{static_cast<int>(*polls), *not_before, words[3]};
}

model::Pending pending_at(const Waiting& waiting) {
  const std::string text = std::string(job_word) + std::to_string(waiting.polls) + " " +
                           to_text(waiting.not_before) + " " + waiting.path;
  return {waiting.not_before, SecretBytes::copy_of(text)};
}

std::string serial_of(const std::string& line) {
  const Field field = header_field("Transaction-Serial-Number");
  return line.substr(field.offset(), field.size());
}

Answer<CaseFile> fetch_file(const Exchange& exchange) {
  const std::string& number = exchange.session().case_number;
  auto replies = ask(exchange, {Question::case_information}, number);
  if (replies.pending()) return model::Pending{replies.wait().not_before, replies.wait().resume.clone()};
  if (replies.refused()) return replies.refusal();
  Reply& reply = replies->by_question.at(Question::case_information);
  if (const auto* refusal = std::get_if<Refusal>(&reply)) return *refusal;
  return CaseFile::open(
      std::get<std::vector<Transaction>>(std::move(reply)),
      {number, exchange.endpoint().gateway_locator, replies->serials.at(Question::case_information)});
}

Answer<std::string> new_line(const Exchange& exchange, const Submission& submission) {
  std::optional<CaseFile> file;
  if (submission.needs_case_file) {
    auto fetched = fetch_file(exchange);
    if (fetched.pending()) return model::Pending{fetched.wait().not_before, fetched.wait().resume.clone()};
    if (!fetched) return fetched.refusal();
    // The state shows nothing of this case, so nothing can be asked about it.
    if (fetched->is_empty()) return sdk::refuse(Outcome::not_permitted, "no_case_data");
    file = std::move(*fetched);
  }
  SDK_TRY(const WrittenTransaction made, submission.build(file ? &*file : nullptr));
  const auto today = model::Date::in_zone(exchange.call().now(), state_zone);
  if (!today) return sdk::refuse(Outcome::bug, "time_zone_missing");
  HeaderFacts header{.serial = crypto::random_digits(serial_size),
                     .case_number = exchange.session().case_number,
                     .gateway_locator = exchange.endpoint().gateway_locator,
                     .date = *today};
  std::string line = written_text(header, made);
  // Held against the layout like every line that comes in: what is wrong here is ours.
  if (!Transaction::parse(line, exchange.endpoint().writing.sign))
    return sdk::refuse(Outcome::bug, "line_unreadable");
  return line;
}

// One line of the state about one order.
class Sending {
 public:
  Sending(const Exchange& exchange, const Submission& submission, const std::string& line)
      : exchange_(exchange), submission_(submission), line_(line), serial_(serial_of(line)) {
    waiting_ = waiting_at(exchange.call().resume());
  }

  bool is_too_early() const { return waiting_ && exchange_.call().now() < waiting_->not_before; }
  model::Pending pending() const { return pending_at(*waiting_); }

  Answer<Receipt> once() {
    auto answered = answer();
    if (!answered) return answered.refusal();
    if (!answered->job.empty()) return wait(*answered);
    SDK_TRY(const Transaction line,
            open_single(std::move(answered->transactions),
                        {exchange_.session().case_number, exchange_.endpoint().gateway_locator, serial_}));
    return submission_.read(line, serial_);
  }

 private:
  // The job where there is one; a job that the state lost is asked for with the order's own octets.
  Answer<Answered> answer() {
    if (waiting_ && !asked_job_) {
      asked_job_ = true;
      auto polled = exchange_.read_job(waiting_->path);
      if (!polled.refused() || polled.refusal().reason != "job_unknown") return polled;
    }
    return exchange_.send_transaction_once(encode_line(exchange_.endpoint().writing.page, line_));
  }

  Answer<Receipt> wait(const Answered& answered) {
    const int polls = waiting_ ? waiting_->polls + 1 : 0;
    if (polls >= job_polls_max) return sdk::refuse(Outcome::timeout, "lost_answer");
    // Seconds are cut off in our clock, so one more keeps the pause whole.
    const Instant soonest =
        exchange_.call().now() + std::max(answered.wait, std::chrono::seconds{1}) + std::chrono::seconds{1};
    return pending_at({polls, soonest, answered.job});
  }

  const Exchange& exchange_;
  const Submission& submission_;
  const std::string& line_;
  std::string serial_;
  std::optional<Waiting> waiting_;
  bool asked_job_ = false;
};

Receipt receipt_of(const KeptOrder& kept) {
  Receipt made;
  made.state = kept.state;
  made.key = kept.confirmation;
  made.confirmation = kept.confirmation;
  return made;
}

Answer<Receipt> send_line(const Exchange& exchange, const Submission& submission, const std::string& line,
                          bool fresh) {
  Sending sending(exchange, submission, line);
  if (sending.is_too_early()) return sending.pending();
  auto answer = sdk::perform_once(exchange.call(), [&] { return sending.once(); });
  if (answer && answer->state != "unknown") keep_receipt(exchange.call(), submission.write_id, *answer);
  if (!answer.refused()) return answer;
  const bool settled = sdk::is_settled(answer.refusal());
  if (settled || fresh) {
    forget(exchange.call(), submission.write_id);
    return answer;
  }
  // It was sent before, and no answer to this repetition can say what became of it.
  return Receipt{};
}

}  // namespace

Answer<Receipt> submit(const Exchange& exchange, const Submission& submission) {
  SDK_TRY(auto kept, find_kept(exchange.call(), submission.write_id));
  if (kept && !kept->state.empty()) return receipt_of(*kept);
  if (kept && exchange.call().now() - kept->since >= resent_within) return Receipt{};
  if (kept) return send_line(exchange, submission, kept->line, false);
  auto line = new_line(exchange, submission);
  if (line.pending()) return model::Pending{line.wait().not_before, line.wait().resume.clone()};
  if (!line) return line.refusal();
  SDK_TRY([[maybe_unused]] const sdk::Done done, keep_line(exchange.call(), submission.write_id, *line));
  return send_line(exchange, submission, *line, true);
}

Answer<Receipt> acknowledged(const Transaction& line, const std::string& serial) {
  const std::string_view text = line.information(1);
  if (!text.starts_with("ACK " + serial + " ")) return sdk::drift("information/ACK");
  Receipt made;
  made.confirmation = std::string(text::trim(text.substr(17, 20)));
  if (made.confirmation.empty()) return sdk::drift("information/ACK");
  made.key = made.confirmation;
  made.state = "taken";
  return made;
}

}  // namespace casebridge::ohio_csenet
