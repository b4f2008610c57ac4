// The letters of the interface: capitals and a few signs; others lose their accents or become blanks.
#include <map>

#include "core/base/text.hpp"
#include "tests/conformance/ohio_facts.hpp"

namespace casebridge::conformance {
namespace {

// Letters outside ASCII that names of scenarios may have, with the nearest plain ones.
const std::map<std::string, std::string>& plain_letters() {
  static const std::map<std::string, std::string> letters = [] {
    std::map<std::string, std::string> made;
    const std::pair<const char*, const char*> groups[] = {{"A", "ÀÁÂÃÄÅàáâãäåĀāĂăĄą"},
                                                          {"AE", "Ææ"},
                                                          {"C", "ÇçĆćČč"},
                                                          {"D", "ÐðĎďĐđ"},
                                                          {"E", "ÈÉÊËèéêëĒēĘęĚě"},
                                                          {"G", "Ğğ"},
                                                          {"I", "ÌÍÎÏìíîïĪīİı"},
                                                          {"L", "Łł"},
                                                          {"N", "ÑñŃńŇň"},
                                                          {"O", "ÒÓÔÕÖØòóôõöøŌōŐő"},
                                                          {"OE", "Œœ"},
                                                          {"R", "Řř"},
                                                          {"S", "ŚśŞşŠš"},
                                                          {"SS", "ß"},
                                                          {"T", "ŢţŤť"},
                                                          {"TH", "Þþ"},
                                                          {"U", "ÙÚÛÜùúûüŪūŮůŰű"},
                                                          {"Y", "ÝýŸÿ"},
                                                          {"Z", "ŹźŻżŽž"}};
    for (const auto& [plain, accented] : groups) {
      std::string_view rest = accented;
      while (!rest.empty()) {
        const std::size_t size = text::utf8_sequence_size(rest);
        made.emplace(rest.substr(0, size), plain);
        rest.remove_prefix(size);
      }
    }
    return made;
  }();
  return letters;
}

bool is_allowed(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" .,-'&/#@:()").find(c) != std::string_view::npos;
}

}  // namespace

std::string ohio_text(const json& text, std::size_t length) {
  if (text.is_null()) return "";
  const auto source = text.get<std::string>();
  std::string made;
  for (std::string_view rest = source; !rest.empty();) {
    const std::size_t size = text::utf8_sequence_size(rest);
    const std::string letter(rest.substr(0, size));
    rest.remove_prefix(size);
    const auto plain = plain_letters().find(letter);
    const std::string upper = text::upper_ascii(letter);
    if (plain != plain_letters().end())
      made += plain->second;
    else
      made += upper.size() == 1 && is_allowed(upper[0]) ? upper : " ";
  }
  return std::string(text::trim(made.substr(0, length)));
}

}  // namespace casebridge::conformance
