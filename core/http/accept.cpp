// Weights matter only where they are zero: there is one form of everything, so nothing is chosen among.
#include "core/http/accept.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

// Takes what comes before the next `mark` off the front of `rest`.
std::string_view take_until(std::string_view& rest, char mark) {
  const std::size_t end = std::min(rest.find(mark), rest.size());
  const std::string_view taken = text::trim(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return taken;
}

// 0: does not fit; then */*, application/*, application/json.
int fit_of(std::string_view range, std::string_view media_type) {
  if (text::equal_ignoring_case(range, media_type)) return 3;
  if (range == "*/*") return 1;
  const std::size_t slash = media_type.find('/') + 1;
  const bool whole_type = range.size() == slash + 1 && range.back() == '*';
  return whole_type && text::equal_ignoring_case(range.substr(0, slash), media_type.substr(0, slash)) ? 2 : 0;
}

bool is_refused(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = take_until(parameters, ';');
    if (one.size() < 3 || !text::equal_ignoring_case(one.substr(0, 2), "q=")) continue;
    return one.substr(2).find_first_not_of("0.") == std::string_view::npos;
  }
  return false;
}

}  // namespace

bool accepts(std::string_view accept, std::string_view media_type) {
  int best = 0;
  bool taken = true, any = false;
  while (!accept.empty()) {
    std::string_view entry = take_until(accept, ',');
    const std::string_view range = take_until(entry, ';');
    if (range.find('/') == std::string_view::npos) continue;
    any = true;
    const int fit = fit_of(range, media_type);
    if (fit <= best) continue;
    best = fit;
    taken = !is_refused(entry);
  }
  return !any || (best > 0 && taken);
}

}  // namespace casebridge::http
