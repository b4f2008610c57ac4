// libqrencode places the modules; each run of dark ones becomes a rectangle of one path.
#include "core/identity/qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace casebridge::identity {
namespace {

constexpr int quiet_modules = 4;

struct FreeCode {
  void operator()(QRcode* code) const { ::QRcode_free(code); }
};

// M x y: begin there; h, v: lines of that length to the right and down.
void draw_row(std::string& path, const unsigned char* modules, int width, int y) {
  for (int x = 0; x < width;) {
    int end = x;
    while (end < width && (modules[end] & 1U) != 0) ++end;
    if (end > x) {
      const std::string length = std::to_string(end - x);
      path.append("M").append(std::to_string(x + quiet_modules)).append(" ");
      path.append(std::to_string(y + quiet_modules)).append("h").append(length).append("v1h-");
      path.append(length).append("z");
    }
    x = end + 1;
  }
}

}  // namespace

SecretBytes qr_code_svg(const SecretBytes& text) {
  const std::unique_ptr<QRcode, FreeCode> code(
      ::QRcode_encodeData(static_cast<int>(text.size()), text.bytes().data(), 0, QR_ECLEVEL_M));
  if (!code) throw std::runtime_error("libqrencode does not work");
  const std::string side = std::to_string(code->width + 2 * quiet_modules);
  std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
                    R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)" + side + "v" + side +
                    "h-" + side + R"(z"/><path fill="#000" d=")";
  // One piece of memory for all of it, so that none is left behind when it grows.
  svg.reserve(svg.size() +
              static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width) * 12);
  for (int y = 0; y < code->width; ++y) draw_row(svg, code->data + y * code->width, code->width, y);
  svg.append(R"("/></svg>)");
  return SecretBytes::take(svg);
}

}  // namespace casebridge::identity
