// Record ids: a prefix that names the kind, then a ULID (time-ordered, 128 bits, Crockford base 32).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace casebridge {

namespace detail {
std::string new_id_text(std::string_view prefix, Instant now);
bool is_id_text(std::string_view prefix, std::string_view text);
}  // namespace detail

template <class Tag>
class Id {
 public:
  static Id make(Instant now) { return Id{detail::new_id_text(Tag::prefix, now)}; }
  static std::optional<Id> parse(std::string_view text) {
    if (!detail::is_id_text(Tag::prefix, text)) return std::nullopt;
    return Id{std::string(text)};
  }
  const std::string& text() const noexcept { return text_; }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

#define CASEBRIDGE_ID(Name, prefix_text)                    \
  struct Name##Tag {                                        \
    static constexpr std::string_view prefix = prefix_text; \
  };                                                        \
  using Name = Id<Name##Tag>

CASEBRIDGE_ID(AccountId, "acc");
CASEBRIDGE_ID(SessionId, "ses");
CASEBRIDGE_ID(FlowId, "flw");
CASEBRIDGE_ID(LinkId, "lnk");
CASEBRIDGE_ID(LinkAttemptId, "lat");
CASEBRIDGE_ID(ChallengeId, "chl");
CASEBRIDGE_ID(SyncId, "syn");
CASEBRIDGE_ID(JobId, "job");
CASEBRIDGE_ID(MailId, "mal");
// Ids of records of a state have one of several prefixes (cas_, ord_, obl_, led_ ...).
std::string new_record_id(std::string_view prefix, Instant now);

#undef CASEBRIDGE_ID

}  // namespace casebridge
