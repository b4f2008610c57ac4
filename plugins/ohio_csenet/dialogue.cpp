// A resume holds what was sent, so that the same octets can be made again; what was answered is never kept.
#include "plugins/ohio_csenet/dialogue.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/model/adapter_codec.hpp"
#include "core/model/json_document.hpp"
#include "core/model/json_writer.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::JsonKind;
using model::JsonNode;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr int polls_max = 20;
constexpr std::size_t serial_digits = 12;

struct Asked {
  Question question = Question::case_information;
  std::string serial{};
  std::string job{};
  std::optional<Refusal> failed{};
};

// Everything that goes from one call to the next.
struct Course {
  int polls = 0;
  Instant not_before{};
  std::string date{};  // of the requests, YYYY-MM-DD
  std::vector<Asked> asked{};
};

std::string new_serial(const std::vector<Asked>& others) {
  for (;;) {
    std::string serial = crypto::random_digits(serial_digits);
    const bool used =
        std::any_of(others.begin(), others.end(), [&](const Asked& other) { return other.serial == serial; });
    if (!used && serial.find_first_not_of('0') != std::string::npos) return serial;
  }
}

SecretBytes sealed_form(const Course& course) {
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("polls");
  json.value(std::int64_t{course.polls});
  json.name("not_before");
  json.value(to_text(course.not_before));
  json.name("date");
  json.value(course.date);
  json.name("asked");
  json.begin_array();
  for (const Asked& one : course.asked) {
    json.begin_object();
    json.name("reason");
    json.value(reason_of(one.question));
    json.name("serial");
    json.value(one.serial);
    json.name("job");
    json.value(one.job);
    json.name("failed");
    json.value(one.failed ? model::encode(*one.failed) : std::string());
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return sink.take();
}

std::string text_at(const JsonNode& object, std::string_view member) {
  const auto found = object.kind() == JsonKind::object ? object.find(member) : std::nullopt;
  return found && found->kind() == JsonKind::text ? found->text() : std::string();
}

std::optional<Asked> asked_of(const JsonNode& object) {
  Asked made;
  const std::string reason = text_at(object, "reason");
  const Question questions[] = {Question::case_information, Question::status, Question::interest};
  const auto* const found = std::find_if(std::begin(questions), std::end(questions),
                                         [&](Question one) { return reason_of(one) == reason; });
  if (found == std::end(questions)) return std::nullopt;
  made.question = *found;
  made.serial = text_at(object, "serial");
  made.job = text_at(object, "job");
  if (const std::string failed = text_at(object, "failed"); !failed.empty()) {
    auto refusal = model::decode_refusal(failed);
    if (!refusal) return std::nullopt;
    made.failed = std::move(*refusal);
  }
  return made.serial.size() == serial_digits ? std::optional(made) : std::nullopt;
}

std::optional<Course> open_course(std::string_view resume) {
  const auto document = model::JsonDocument::parse(resume);
  if (!document || document->root().kind() != JsonKind::object) return std::nullopt;
  const JsonNode root = document->root();
  const auto polls = root.find("polls");
  const auto not_before = parse_instant(text_at(root, "not_before"));
  const auto asked = root.find("asked");
  if (!polls || polls->kind() != JsonKind::number || !not_before || !asked) return std::nullopt;
  const auto count = text::parse_int(polls->number());
  if (!count || asked->kind() != JsonKind::array) return std::nullopt;
  Course course{static_cast<int>(*count), *not_before, text_at(root, "date"), {}};
  for (const JsonNode& one : asked->children()) {
    auto made = asked_of(one);
    if (!made) return std::nullopt;
    course.asked.push_back(std::move(*made));
  }
  return course;
}

// Begins at the first call; goes on at the later ones.
Answer<Course> course_of(const Exchange& exchange, const std::vector<Question>& questions) {
  if (!exchange.call().resume().empty()) {
    auto course = open_course(exchange.call().resume());
    if (!course) return sdk::refuse(Outcome::bug, "resume_unreadable");
    return std::move(*course);
  }
  const auto today = model::Date::in_zone(exchange.call().now(), state_zone);
  if (!today) return sdk::refuse(Outcome::bug, "time_zone_missing");
  Course course;
  course.date = today->text();
  for (const Question question : questions)
    course.asked.push_back({question, new_serial(course.asked), {}, {}});
  return course;
}

bool ends_everything(const Refusal& refusal) {
  return refusal.outcome == Outcome::session_expired || refusal.outcome == Outcome::rate_limited ||
         refusal.outcome == Outcome::maintenance;
}

class Walk {
 public:
  Walk(const Exchange& exchange, Course course, const std::string& case_number)
      : exchange_(exchange), course_(std::move(course)), case_number_(case_number) {}

  Answer<Replies> run() {
    // Whoever calls too early gets the same answer without a poll.
    if (exchange_.call().now() < course_.not_before) return pending();
    const bool polling = std::any_of(course_.asked.begin(), course_.asked.end(),
                                     [](const Asked& one) { return !one.job.empty(); });
    if (polling) ++course_.polls;
    for (Asked& one : course_.asked) {
      take(one);
      const auto* const refused = std::get_if<Refusal>(&replies_.by_question.at(one.question));
      if (refused != nullptr && refused->outcome == Outcome::session_expired) return *refused;
    }
    if (wait_.count() == 0) return std::move(replies_);
    if (course_.polls >= polls_max) return sdk::refuse(Outcome::timeout, "too_many_polls");
    // Seconds are cut off in our clock, so one more keeps the pause whole.
    course_.not_before = exchange_.call().now() + wait_ + std::chrono::seconds{1};
    return pending();
  }

 private:
  model::Pending pending() const { return {course_.not_before, sealed_form(course_)}; }

  void take(Asked& one) {
    Reply& reply = replies_.by_question[one.question];
    replies_.serials[one.question] = one.serial;
    if (stopped_ && !one.failed) one.failed = stopped_;
    if (one.failed) {
      reply = *one.failed;
      return;
    }
    auto answered = one.job.empty() ? send(one) : exchange_.read_job(one.job);
    if (!answered) {
      one.failed = answered.refusal();
      reply = answered.refusal();
      if (&one == &course_.asked.front() || ends_everything(answered.refusal()))
        stopped_ = answered.refusal();
    } else if (!answered->job.empty()) {
      one.job = answered->job;
      wait_ = std::max(wait_, std::max(answered->wait, std::chrono::seconds{1}));
    } else {
      reply = std::move(answered->transactions);
    }
  }

  Answer<Answered> send(const Asked& one) const {
    const auto date = model::Date::parse(course_.date);
    if (!date) return sdk::refuse(Outcome::bug, "resume_unreadable");
    const Request request{one.question, one.serial, case_number_, exchange_.endpoint().gateway_locator,
                          *date};
    return exchange_.send_transaction(request_octets(request, exchange_.endpoint().writing.page));
  }

  const Exchange& exchange_;
  Course course_;
  const std::string& case_number_;
  Replies replies_;
  std::optional<Refusal> stopped_;
  std::chrono::seconds wait_{0};
};

}  // namespace

Answer<Replies> ask(const Exchange& exchange, const std::vector<Question>& questions,
                    const std::string& case_number) {
  SDK_TRY(Course course, course_of(exchange, questions));
  return Walk(exchange, std::move(course), case_number).run();
}

}  // namespace casebridge::ohio_csenet
