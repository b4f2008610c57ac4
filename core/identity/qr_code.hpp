// A text as a QR code (ISO/IEC 18004), drawn as SVG: nobody else has to see what it says.
#pragma once

#include "core/base/secret.hpp"

namespace casebridge::identity {

// Black on white, with the quiet zone of four modules that readers need. Level M: a sixth may be damaged.
// Throws std::runtime_error for a text that is too long for a code, which nothing of ours is.
SecretBytes qr_code_svg(const SecretBytes& text);

}  // namespace casebridge::identity
