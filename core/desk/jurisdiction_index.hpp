// JurisdictionIndex: finds jurisdictions by what a parent would type, best first. Built once, then only read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ports/systems.hpp"

namespace casebridge::desk {

class JurisdictionIndex {
 public:
  explicit JurisdictionIndex(const std::vector<const ports::JurisdictionInfo*>& jurisdictions);

  // Places in the list it was built from. Understood are, ranked in this order: a USPS, FIPS or locator
  // code or an id; a whole name (English or Spanish), alias, name of a portal; the beginning of one; one with
  // a single wrong letter; all words in any order; some of the words. Words that every office shares
  // (child, support, login ...) count only when nothing else was asked; then the answer is all of them.
  std::vector<std::size_t> find(std::string_view q) const;

 private:
  struct Word {
    std::string text;
    bool exact_only;  // near to a word of every office is near to nothing
  };
  struct Name {
    std::string joined;
    std::vector<Word> words;
    int weight;  // how much it is a name of this jurisdiction rather than of its office
  };
  struct Entry {
    std::vector<std::string> codes;
    std::vector<Name> names;
  };
  struct Question {
    std::string whole, told;  // all words together, and without those every office shares
    std::vector<std::string> words;
  };
  static int score(const Entry& entry, const Question& question);
  static void add_name(Entry& entry, std::string_view text, int weight);
  static int whole_score(const Entry& entry, const std::string& asked);
  static int word_score(const Entry& entry, const std::string& word);
  static int words_score(const Entry& entry, const std::vector<std::string>& words);

  std::vector<Entry> entries_;
};

}  // namespace casebridge::desk
