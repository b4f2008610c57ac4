// Whether a page came whole: what a forgiving parser would repair in silence, and a cut page would lack.
#pragma once

#include <string_view>

namespace casebridge::sdk {

// html and body stand once and are closed, as are all tables, lists, forms and scripts, each inside the
// other; every comment and tag ends; nothing but blanks and comments follows. Cells, rows, items, paragraphs
// and inline elements may stay open, as HTML allows.
bool is_whole_html(std::string_view octets);

}  // namespace casebridge::sdk
