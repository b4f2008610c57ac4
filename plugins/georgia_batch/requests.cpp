// `open/<id>` waits for an answer and holds what was asked until there is one; `done/<id>` holds only the
// answer.
#include "plugins/georgia_batch/requests.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "plugins/georgia_batch/after_conflict.hpp"
#include "plugins/georgia_batch/csv.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using nlohmann::json;
using sdk::Answer;
using sdk::Done;

constexpr const char* queue_key = "queue";
constexpr std::string_view open_prefix = "open/";
constexpr std::chrono::minutes between_files{15};
constexpr int files_a_day_max = 99;
constexpr std::size_t parameters_count = 7;
constexpr std::int64_t runs_unheard_max = 3;
constexpr std::chrono::days kept_unheard_max{40};

std::string open_key(const std::string& id) { return std::string(open_prefix) + id; }
std::string done_key(const std::string& id) { return "done/" + id; }

// It may have to be written once more.
bool is_unheard(const Request& one) { return one.state == "queued" || one.state == "written"; }

std::string stored_form(const Request& one) {
  std::string text;
  const std::string ordinal = std::to_string(one.ordinal), repeated = one.repeated ? "Y" : "N";
  write_record(text, {one.id, one.type, one.case_number, one.person, one.created, one.state, ordinal,
                      repeated, one.result, one.code, one.confirmation, one.text, one.processed});
  std::vector<std::string_view> parameters(one.parameters.begin(), one.parameters.end());
  if (!is_unheard(one)) parameters.assign(1, "");
  write_record(text, Row(parameters));
  return text;
}

Request request_of(std::string_view stored) {
  Rows rows = read_rows(stored);
  auto& row = rows.at(0);
  Request made{row.at(0), row.at(1), row.at(2), row.at(3), row.at(4), std::move(rows.at(1))};
  made.state = row.at(5);
  made.ordinal = text::parse_int(row.at(6)).value_or(0);
  made.repeated = row.at(7) == "Y";
  made.result = row.at(8);
  made.code = row.at(9);
  made.confirmation = row.at(10);
  made.text = row.at(11);
  made.processed = row.at(12);
  return made;
}

// More will follow.
bool is_final(const Request& one) {
  if (one.state == "closed") return true;
  return one.state == "acknowledged" && one.result != "RECEIVED" && one.code != "001";
}

}  // namespace

std::string request_file(const std::vector<Request>& requests) {
  std::string text(byte_order_mark);
  write_record(text, {"req_id", "req_type", "case_no", "person_seq", "created", "p1", "p2", "p3", "p4", "p5",
                      "p6", "p7"});
  for (const Request& one : requests) {
    std::array<std::string_view, 5 + parameters_count> fields{one.id, one.type, one.case_number, one.person,
                                                              one.created};
    for (std::size_t i = 0; i < std::min(parameters_count, one.parameters.size()); ++i)
      fields[5 + i] = one.parameters[i];
    write_record(text, Row(fields));
  }
  const std::string count = std::to_string(requests.size());
  write_record(text, {"TRL", "", "", "", "", count, "", "", "", "", "", ""});
  return text;
}

std::string new_uuid() {
  std::array<std::uint8_t, 16> octets{};
  crypto::random_bytes(octets);
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0FU) | 0x40U);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3FU) | 0x80U);
  std::string text = crypto::hex(octets);
  for (const std::size_t at : {std::size_t{8}, std::size_t{13}, std::size_t{18}, std::size_t{23}})
    text.insert(at, "-");
  return text;
}

struct Requests::Queue {
  std::vector<std::string> ids{};
  std::string day{};  // of the last file, in New York
  int number = 0;
  Instant written_at{};
  std::int64_t version = 0;
};

Answer<Requests::Queue> Requests::open_queue() const {
  SDK_TRY(const auto found, call_.values().get(queue_key));
  if (!found) return Queue{};
  const json stored = json::parse(found->octets.reveal());
  return Queue{stored.at("ids").get<std::vector<std::string>>(), stored.at("day"), stored.at("number"),
               Instant{std::chrono::seconds{stored.at("at").get<std::int64_t>()}}, found->version};
}

Answer<Done> Requests::save_queue(Queue& queue) const {
  const json stored{{"ids", queue.ids},
                    {"day", queue.day},
                    {"number", queue.number},
                    {"at", queue.written_at.time_since_epoch().count()}};
  SDK_TRY(queue.version, call_.values().put(queue_key, stored.dump(), queue.version));
  return Done{};
}

Answer<std::optional<Request>> Requests::find(const std::string& id) const {
  for (const std::string& key : {open_key(id), done_key(id)}) {
    SDK_TRY(const auto found, call_.values().get(key));
    if (found) return std::optional<Request>{request_of(found->octets.reveal())};
  }
  return std::optional<Request>{};
}

Answer<Done> Requests::put(const Request& request) const {
  const bool final = is_final(request);
  SDK_TRY([[maybe_unused]] const std::int64_t version,
          call_.values().put(final ? done_key(request.id) : open_key(request.id), stored_form(request)));
  if (final) return call_.values().remove(open_key(request.id));
  return Done{};
}

Answer<Done> Requests::enqueue(const std::string& id) const {
  return after_conflicts([&]() -> Answer<Done> {
    SDK_TRY(Queue queue, open_queue());
    if (std::find(queue.ids.begin(), queue.ids.end(), id) != queue.ids.end()) return Done{};
    queue.ids.push_back(id);
    return save_queue(queue);
  });
}

Answer<Done> Requests::add(Request request) const {
  SDK_TRY(const auto known, find(request.id));
  if (known) return Done{};
  request.created = to_text(call_.now());
  request.parameters.resize(parameters_count);
  SDK_TRY([[maybe_unused]] const Done kept, put(request));
  return enqueue(request.id);
}

Answer<Done> Requests::write_file(Queue& queue, const std::string& content) const {
  std::string day = local_time(call_.now()).day.text();
  std::erase(day, '-');
  if (queue.day != day) {
    queue.day = day;
    queue.number = 0;
  }
  while (queue.number < files_a_day_max) {
    ++queue.number;
    const std::string name =
        "GW_REQ_" + day + "_" + (queue.number < 10 ? "0" : "") + std::to_string(queue.number) + ".csv";
    auto written = call_.files().write(name, content);
    if (written.refused() && written.refusal().reason == "file_exists") continue;
    SDK_TRY([[maybe_unused]] const Done whole, std::move(written));
    const std::string sum = crypto::hex(crypto::sha256(content)) + "  " + name + "\n";
    return call_.files().write(name + ".sha256", sum);
  }
  return sdk::refuse(model::Outcome::rate_limited);
}

Answer<std::optional<Instant>> Requests::flush(const LoadedRun* newest) const {
  SDK_TRY(Queue queue, open_queue());
  if (queue.ids.empty()) return std::optional<Instant>{};
  const Instant now = call_.now();
  if (queue.number > 0 && now < queue.written_at + between_files)
    return std::optional<Instant>{queue.written_at + between_files};
  std::vector<Request> waiting;
  for (const std::string& id : queue.ids) {
    SDK_TRY(auto found, find(id));
    if (found && found->state == "queued") waiting.push_back(std::move(*found));
  }
  if (!waiting.empty()) {
    queue.written_at = now;
    SDK_TRY([[maybe_unused]] const Done written, write_file(queue, request_file(waiting)));
  }
  queue.ids.clear();
  SDK_TRY([[maybe_unused]] const Done saved, save_queue(queue));
  for (Request& one : waiting) {
    one.state = "written";
    one.ordinal = newest == nullptr ? 0 : newest->ordinal;
    SDK_TRY([[maybe_unused]] const Done kept, put(one));
  }
  return std::optional<Instant>{};
}

Answer<Done> Requests::apply(const std::vector<Acknowledgement>& told) const {
  for (const Acknowledgement& one : told) {
    SDK_TRY(auto found, find(one.request));
    // A whole file that was refused (`*`), and what others asked for.
    if (!found) continue;
    const bool was_final = is_final(*found);
    found->state = "acknowledged";
    found->result = one.result;
    found->code = one.code;
    found->confirmation = one.confirmation;
    found->text = one.text;
    found->processed = one.processed;
    if (was_final && !is_final(*found)) continue;
    SDK_TRY([[maybe_unused]] const Done kept, put(*found));
  }
  return Done{};
}

Answer<Done> Requests::repeat_unheard(std::int64_t ordinal) const {
  SDK_TRY(const auto keys, call_.values().keys(open_prefix));
  for (const std::string& key : keys) {
    SDK_TRY(auto found, find(key.substr(open_prefix.size())));
    if (!found) continue;
    const auto asked = parse_instant(found->created);
    if (is_unheard(*found) && asked && call_.now() >= *asked + kept_unheard_max) {
      found->state = "closed";
      SDK_TRY([[maybe_unused]] const Done closed, put(*found));
      continue;
    }
    if (found->state != "written" || found->repeated) continue;
    if (ordinal - found->ordinal < runs_unheard_max) continue;
    found->state = "queued";
    found->repeated = true;
    SDK_TRY([[maybe_unused]] const Done kept, put(*found));
    SDK_TRY([[maybe_unused]] const Done queued, enqueue(found->id));
  }
  return Done{};
}

}  // namespace casebridge::georgia_batch
