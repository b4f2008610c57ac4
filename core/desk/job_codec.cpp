// Writes and reads the JSON of job payloads.
#include "core/desk/job_codec.hpp"

#include <nlohmann/json.hpp>

namespace casebridge::desk {
namespace {

using nlohmann::json;

// Member by member: all must be there, and be text.
Result<void> read_texts(const json& object,
                        std::initializer_list<std::pair<const char*, std::string*>> members) {
  for (const auto& [name, into] : members) {
    if (!object.is_object() || !object.contains(name) || !object[name].is_string()) {
      return trouble(TroubleCode::internal, "job payload");
    }
    *into = object[name].get<std::string>();
  }
  return {};
}

}  // namespace

std::string encode(const EndSessionPayload& payload) {
  return json{{"account", payload.account}, {"system", payload.system}, {"sealed", payload.sealed}}.dump();
}

Result<EndSessionPayload> decode_end_session(std::string_view text) {
  EndSessionPayload payload;
  CASEBRIDGE_CHECK(
      read_texts(json::parse(text, nullptr, false),
                 {{"account", &payload.account}, {"system", &payload.system}, {"sealed", &payload.sealed}}));
  return payload;
}

std::string encode(const ResumeAttemptPayload& payload) {
  return json{{"account", payload.account}, {"locale", payload.locale}}.dump();
}

Result<ResumeAttemptPayload> decode_resume_attempt(std::string_view text) {
  ResumeAttemptPayload payload;
  CASEBRIDGE_CHECK(read_texts(json::parse(text, nullptr, false),
                              {{"account", &payload.account}, {"locale", &payload.locale}}));
  return payload;
}

std::string encode(const RefreshLinkPayload& payload) { return json{{"account", payload.account}}.dump(); }

Result<RefreshLinkPayload> decode_refresh_link(std::string_view text) {
  RefreshLinkPayload payload;
  CASEBRIDGE_CHECK(read_texts(json::parse(text, nullptr, false), {{"account", &payload.account}}));
  return payload;
}

std::string encode(const WatchLetterPayload& payload) {
  return json{{"account", payload.account},
              {"challenge", payload.challenge},
              {"since", to_text(payload.since)},
              {"reminders", payload.reminders}}
      .dump();
}

Result<WatchLetterPayload> decode_watch_letter(std::string_view text) {
  WatchLetterPayload payload;
  std::string since;
  const json object = json::parse(text, nullptr, false);
  CASEBRIDGE_CHECK(read_texts(
      object, {{"account", &payload.account}, {"challenge", &payload.challenge}, {"since", &since}}));
  const auto ordered = parse_instant(since);
  if (!ordered || !object.contains("reminders") || !object["reminders"].is_number_integer())
    return trouble(TroubleCode::internal, "job payload");
  payload.since = *ordered;
  payload.reminders = object["reminders"].get<int>();
  return payload;
}

std::string encode(const SyncPayload& payload) {
  json waiting = json::array();
  for (const auto& one : payload.waiting) waiting.push_back({{"case", one.case_key}, {"sealed", one.sealed}});
  return json{{"waiting", waiting}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<SyncPayload> decode_sync_payload(std::string_view text) {
  SyncPayload payload;
  if (text.empty()) return payload;
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object() || !object.contains("waiting") || !object["waiting"].is_array()) {
    return trouble(TroubleCode::internal, "job payload");
  }
  for (const json& one : object["waiting"]) {
    SyncPayload::Waiting waiting;
    CASEBRIDGE_CHECK(read_texts(one, {{"case", &waiting.case_key}, {"sealed", &waiting.sealed}}));
    payload.waiting.push_back(std::move(waiting));
  }
  return payload;
}

}  // namespace casebridge::desk
