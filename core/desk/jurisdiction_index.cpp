// Scores are bands: whatever matches better as a whole stays above whatever matches only in parts.
#include "core/desk/jurisdiction_index.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/desk/search_words.hpp"
#include "core/model/locator.hpp"

namespace casebridge::desk {
namespace {

constexpr int of_place = 100, of_alias = 90, of_portal = 80, of_office = 50;
constexpr int by_code = 2000, by_whole = 1000, by_beginning = 800, by_typo = 700, by_words = 400,
              by_some = 100;
constexpr int less_for_prefix = 15, less_for_typo = 25, less_without_shared_words = 50;
constexpr std::size_t prefix_letters_min = 3, typo_letters_min = 5;

// What is typed around the name of a place, in English and Spanish.
constexpr auto shared_words = std::to_array<std::string_view>({
    "account", "agency",  "and",         "app",      "case",     "check",  "child",       "childsupport",
    "contact", "cuenta",  "de",          "del",      "el",       "en",     "enforcement", "estado",
    "for",     "get",     "help",        "hijos",    "how",      "in",     "infantil",    "la",
    "log",     "login",   "manutencion", "menores",  "my",       "ninos",  "number",      "numero",
    "of",      "office",  "official",    "on",       "online",   "pago",   "pagos",       "para",
    "pay",     "payment", "payments",    "pension",  "phone",    "portal", "services",    "sign",
    "site",    "state",   "support",     "sustento", "telefono", "the",    "to",          "web",
    "website",
});

bool is_shared(const std::string& word) {
  return std::find(shared_words.begin(), shared_words.end(), word) != shared_words.end();
}

bool mistyped(std::string_view asked, std::string_view name) {
  return name.size() >= typo_letters_min && asked.size() + 1 >= typo_letters_min &&
         within_one_edit(asked, name);
}

}  // namespace

JurisdictionIndex::JurisdictionIndex(const std::vector<const ports::JurisdictionInfo*>& jurisdictions) {
  for (const ports::JurisdictionInfo* info : jurisdictions) {
    Entry entry;
    for (const std::string& code : {info->usps, info->id, info->fips})
      entry.codes.push_back(joined(search_words(code)));
    add_name(entry, info->name, of_place);
    add_name(entry, info->name_es, of_place);
    for (const std::string& alias : info->aliases) add_name(entry, alias, of_alias);
    add_name(entry, info->portal_name.value, of_portal);
    add_name(entry, info->agency.value, of_office);
    add_name(entry, info->department.value, of_office);
    entries_.push_back(std::move(entry));
  }
}

void JurisdictionIndex::add_name(Entry& entry, std::string_view text, int weight) {
  const std::vector<std::string> words = search_words(text);
  Name name{joined(words), {}, weight};
  for (const std::string& word : words) name.words.push_back({word, weight == of_office || is_shared(word)});
  if (!name.joined.empty()) entry.names.push_back(std::move(name));
}

int JurisdictionIndex::whole_score(const Entry& entry, const std::string& asked) {
  if (std::find(entry.codes.begin(), entry.codes.end(), asked) != entry.codes.end()) return by_code;
  int best = 0;
  for (const Name& name : entry.names) {
    int score = 0;
    if (name.joined == asked)
      score = by_whole;
    else if (name.weight == of_office)
      continue;  // offices have alike names: only in full
    else if (asked.size() >= prefix_letters_min && name.joined.starts_with(asked))
      score = by_beginning;
    else if (mistyped(asked, name.joined))
      score = by_typo;
    if (score != 0) best = std::max(best, score + name.weight);
  }
  return best;
}

int JurisdictionIndex::word_score(const Entry& entry, const std::string& word) {
  int best = 0;
  for (const Name& name : entry.names) {
    for (const auto& [own, exact_only] : name.words) {
      int score = 0;
      if (own == word)
        score = name.weight;
      else if (exact_only)
        continue;
      else if (word.size() >= prefix_letters_min && own.starts_with(word))
        score = name.weight - less_for_prefix;
      else if (mistyped(word, own))
        score = name.weight - less_for_typo;
      best = std::max(best, score);
    }
  }
  return best;
}

int JurisdictionIndex::words_score(const Entry& entry, const std::vector<std::string>& words) {
  int sum = 0, found = 0, best = 0;
  for (const std::string& word : words) {
    const bool code = std::find(entry.codes.begin(), entry.codes.end(), word) != entry.codes.end();
    const int score = code ? of_place : word_score(entry, word);
    sum += score;
    found += score > 0 ? 1 : 0;
    best = std::max(best, score);
  }
  const int count = static_cast<int>(words.size());
  if (found == count) return by_words + sum / count;
  // Some words of many only say something when one of them is a name.
  return best >= of_alias ? by_some + sum / count : 0;
}

int JurisdictionIndex::score(const Entry& entry, const Question& question) {
  int best = whole_score(entry, question.whole);
  if (question.told.empty()) return best;
  best = std::max(best, whole_score(entry, question.told) - less_without_shared_words);
  return std::max(best, words_score(entry, question.words));
}

std::vector<std::size_t> JurisdictionIndex::find(std::string_view q) const {
  std::vector<std::size_t> places;
  Question question;
  const std::vector<std::string> words = search_words(q);
  std::copy_if(words.begin(), words.end(), std::back_inserter(question.words),
               [](const std::string& word) { return !is_shared(word); });
  question.whole = joined(words);
  question.told = joined(question.words);
  if (question.whole.empty() && !text::trim(q).empty()) return places;
  if (const auto locator = model::Locator::parse(question.whole); locator && !locator->usps().empty())
    question.whole = text::lower_ascii(locator->usps());

  std::vector<std::pair<int, std::size_t>> scored;
  for (std::size_t place = 0; place < entries_.size(); ++place)
    scored.emplace_back(score(entries_[place], question), place);
  std::stable_sort(scored.begin(), scored.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const int best = scored.empty() ? 0 : scored.front().first;
  const bool asks_for_all = best == 0 && question.told.empty();
  const int least = asks_for_all ? 0 : best >= by_words ? by_words : 1;
  for (const auto& [reached, place] : scored)
    if (reached >= least) places.push_back(place);
  return places;
}

}  // namespace casebridge::desk
