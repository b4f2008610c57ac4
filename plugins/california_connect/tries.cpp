// A book is the seconds of its tries, one a line.
#include "plugins/california_connect/tries.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/base/text.hpp"

namespace casebridge::california_connect {
namespace {

using model::Outcome;
using sdk::Answer;
using sdk::Values;

constexpr std::size_t tries_max = 3;
constexpr std::chrono::minutes window{60};
constexpr int conflicts_max = 5;

std::vector<std::int64_t> seconds_in(std::string_view book) {
  std::vector<std::int64_t> seconds;
  for (const std::string& line : text::split(book, '\n'))
    if (const auto one = text::parse_int(line)) seconds.push_back(*one);
  return seconds;
}

std::string book_of(const std::vector<std::int64_t>& seconds) {
  std::string book;
  for (const std::int64_t one : seconds) book.append(std::to_string(one)).append("\n");
  return book;
}

std::int64_t seconds_of(Instant instant) { return instant.time_since_epoch().count(); }

void drop_old(std::vector<std::int64_t>& seconds, Instant now) {
  const std::int64_t oldest = seconds_of(now - window);
  std::erase_if(seconds, [&](std::int64_t one) { return one <= oldest; });
}

struct OpenBook {
  std::vector<std::int64_t> seconds{};
  std::int64_t version = Values::none;
};

Answer<OpenBook> open_book(const Values& values, const std::string& key) {
  SDK_TRY(const auto found, values.get(key));
  if (!found) return OpenBook{};
  return OpenBook{seconds_in(found->octets.reveal()), found->version};
}

}  // namespace

Answer<sdk::Done> Tries::book() {
  const Instant now = call_.now();
  for (int i = 0; i < conflicts_max; ++i) {
    SDK_TRY(OpenBook book, open_book(call_.values(), key_));
    drop_old(book.seconds, now);
    if (book.seconds.size() >= tries_max) {
      model::Refusal refusal = sdk::refuse(Outcome::blocked, "tries_used_up");
      const auto first = *std::min_element(book.seconds.begin(), book.seconds.end());
      refusal.until = Instant{std::chrono::seconds{first}} + window;
      return refusal;
    }
    book.seconds.push_back(seconds_of(now));
    const auto put = call_.values().put(key_, book_of(book.seconds), book.version);
    if (put) return sdk::Done{};
    if (put.refusal().reason == "quota_exceeded" && i == 0)
      forget_old_books();
    else if (put.refusal().reason == "quota_exceeded")
      return sdk::refuse(Outcome::rate_limited);
    else if (put.refusal().reason != "version_conflict")
      return put.refusal();
  }
  return sdk::refuse(Outcome::rate_limited);
}

void Tries::give_back() {
  for (int i = 0; i < conflicts_max; ++i) {
    auto book = open_book(call_.values(), key_);
    if (!book || book->seconds.empty()) return;
    book->seconds.pop_back();
    if (book->seconds.empty() ? call_.values().remove(key_, book->version).done()
                              : call_.values().put(key_, book_of(book->seconds), book->version).done())
      return;
  }
}

void Tries::clear() { (void)call_.values().remove(key_); }

void Tries::forget_old_books() {
  const auto keys = call_.values().keys("tries/");
  if (!keys) return;
  for (const std::string& key : *keys) {
    auto book = open_book(call_.values(), key);
    if (!book) return;
    drop_old(book->seconds, call_.now());
    if (book->seconds.empty()) (void)call_.values().remove(key, book->version);
  }
}

}  // namespace casebridge::california_connect
