// The two languages in which the portal writes its pages.
#pragma once

namespace casebridge::california_connect {

enum class Language { english, spanish };

}  // namespace casebridge::california_connect
