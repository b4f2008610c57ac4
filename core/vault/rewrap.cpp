// Reads a batch, wraps outside of any transaction, writes the batch with its cursor in one.
#include "core/vault/rewrap.hpp"

#include <algorithm>

namespace casebridge::vault {
namespace {

using ports::RewrapProgress;
using ports::SealedText;

bool is_base64url(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::optional<ports::SealedPlace> place_of(const SealedText& row) {
  if (row.place.purpose.empty()) return std::nullopt;
  return ports::SealedPlace{row.place.purpose, row.place.account, row.place.owner, row.place.system,
                            row.place.version};
}

std::optional<RewrapProgress> of_place(const std::vector<RewrapProgress>& all, const std::string& place) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.place == place; });
  if (found == all.end()) return std::nullopt;
  return *found;
}

}  // namespace

// A text may be a record, or have records in it, as JSON does: every run of base64url that is one is looked
// at.
Result<std::string> Rewrap::wrapped_anew(const SealedText& row) const {
  std::string anew;
  std::string_view rest = row.text;
  while (!rest.empty()) {
    const std::size_t begin =
        static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), is_base64url) - rest.begin());
    anew.append(rest.substr(0, begin));
    rest.remove_prefix(begin);
    const std::size_t size =
        static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_base64url) - rest.begin());
    const std::string_view run = rest.substr(0, size);
    rest.remove_prefix(size);
    if (!key_named_by(run)) {
      anew.append(run);
      continue;
    }
    const auto wrapped = vault_.rewrap(run, place_of(row));
    // One that opens for nobody keeps its key from being destroyed; an operator will see it there.
    if (!wrapped && wrapped.error().code == TroubleCode::dependency_failed) return wrapped.error();
    if (!wrapped && wrapped.error().code == TroubleCode::overloaded) return wrapped.error();
    anew.append(wrapped && *wrapped ? std::string_view(**wrapped) : run);
  }
  return anew;
}

Result<std::optional<Rewrap::Batch>> Rewrap::next(const std::string& key_id, int rows_max) {
  std::optional<Batch> batch;
  CASEBRIDGE_CHECK(store_.read([&](ports::KeyStore& table) -> Result<void> {
    batch.reset();
    CASEBRIDGE_TRY(const auto all, table.progress());
    for (const std::string& place : table.places()) {
      const auto before = of_place(all, place);
      const bool same_key = before && before->key_id == key_id;
      if (same_key && before->finished) continue;
      Batch found{place, before, same_key ? *before : RewrapProgress{place, key_id, {}, 0, 0, false}, {}};
      CASEBRIDGE_TRY(found.rows, table.next(place, found.after.done_up_to, rows_max));
      batch = std::move(found);
      return {};
    }
    return {};
  }));
  return batch;
}

Result<RewrapSum> Rewrap::step(int rows_max) {
  const std::string key_id = vault_.ring().current();
  if (key_id.empty()) return trouble(TroubleCode::dependency_failed, "no key that may wrap is at hand");
  CASEBRIDGE_TRY(auto batch, next(key_id, rows_max));
  if (!batch) return sum();
  std::vector<std::string> anew;
  for (const SealedText& row : batch->rows) {
    CASEBRIDGE_TRY(std::string text, wrapped_anew(row));
    anew.push_back(std::move(text));
  }
  CASEBRIDGE_CHECK(store_.write([&](ports::KeyStore& table) -> Result<void> {
    RewrapProgress after = batch->after;
    for (std::size_t i = 0; i < anew.size(); ++i) {
      const SealedText& row = batch->rows[i];
      after.seen += 1;
      after.done_up_to = ports::position_of(row);
      if (anew[i] == row.text) continue;
      CASEBRIDGE_TRY(const bool replaced, table.replace(batch->place, row, anew[i]));
      after.wrapped += replaced ? 1 : 0;
    }
    after.finished = static_cast<int>(anew.size()) < rows_max;
    // Somebody else was there already: their cursor counts, and the rows are good either way.
    CASEBRIDGE_TRY([[maybe_unused]] const bool advanced, table.advance(batch->before, after));
    return {};
  }));
  return sum();
}

Result<void> Rewrap::begin_anew() {
  return store_.write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_TRY(const auto all, table.progress());
    for (const RewrapProgress& one : all) {
      if (!one.finished) continue;
      CASEBRIDGE_TRY([[maybe_unused]] const bool advanced,
                     table.advance(one, {one.place, one.key_id, {}, 0, 0, false}));
    }
    return {};
  });
}

Result<RewrapSum> Rewrap::sum() {
  RewrapSum sum;
  CASEBRIDGE_CHECK(store_.read([&](ports::KeyStore& table) -> Result<void> {
    sum = {};
    CASEBRIDGE_TRY(const auto all, table.progress());
    for (const std::string& place : table.places()) {
      const auto one = of_place(all, place);
      sum.seen += one ? one->seen : 0;
      sum.wrapped += one ? one->wrapped : 0;
      sum.places_left += one && one->finished && one->key_id == vault_.ring().current() ? 0 : 1;
    }
    return {};
  }));
  return sum;
}

}  // namespace casebridge::vault
