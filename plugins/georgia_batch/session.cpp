// `link/<id>` and `used/<pin id>`.
#include "plugins/georgia_batch/session.hpp"

#include "plugins/georgia_batch/csv.hpp"

namespace casebridge::georgia_batch {
namespace {

using sdk::Answer;
using sdk::Done;

std::string link_key(const std::string& id) { return "link/" + id; }
std::string used_key(const std::string& pin) { return "used/" + pin; }

constexpr std::string_view session_word = "link ";

}  // namespace

SecretBytes Session::sealed_form() const { return SecretBytes::copy_of(std::string(session_word) + link); }

std::optional<Session> Session::open(const SecretBytes& blob) {
  if (!blob.reveal().starts_with(session_word)) return std::nullopt;
  return Session{std::string(blob.reveal().substr(session_word.size()))};
}

Answer<std::optional<Link>> find_link(const sdk::Call& call, const std::string& id) {
  SDK_TRY(const auto found, call.values().get(link_key(id)));
  if (!found) return std::optional<Link>{};
  const Rows rows = read_rows(found->octets.reveal());
  const auto& row = rows.at(0);
  return std::optional<Link>{Link{id, row.at(0), row.at(1), row.at(2), row.at(3), row.at(4)}};
}

Answer<Done> put_link(const sdk::Call& call, const Link& link) {
  std::string stored;
  write_record(stored, {link.case_number, link.person, link.pin, link.delivered, link.revoked_in});
  SDK_TRY([[maybe_unused]] const std::int64_t version, call.values().put(link_key(link.id), stored));
  return Done{};
}

Answer<Done> remove_link(const sdk::Call& call, const std::string& id) {
  return call.values().remove(link_key(id));
}

Answer<bool> is_used(const sdk::Call& call, const std::string& pin) {
  SDK_TRY(const auto found, call.values().get(used_key(pin)));
  return found.has_value();
}

Answer<Done> mark_used(const sdk::Call& call, const std::string& pin) {
  SDK_TRY([[maybe_unused]] const std::int64_t version,
          call.values().put(used_key(pin), to_text(call.now()), sdk::Values::none));
  return Done{};
}

Answer<Done> unmark_used(const sdk::Call& call, const std::string& pin) {
  return call.values().remove(used_key(pin));
}

}  // namespace casebridge::georgia_batch
