// QR codes: what is drawn is read back by a program that shares nothing with the one that placed the modules.
#include "core/identity/qr_code.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <stdio.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace casebridge::identity {
namespace {

constexpr int pixels_of_module = 4;

// The dark path as an image: one octet a pixel.
std::string as_pgm(const std::string& svg) {
  std::smatch found;
  EXPECT_TRUE(std::regex_search(svg, found, std::regex(R"re(viewBox="0 0 (\d+) \1")re")));
  const int side = std::stoi(found[1]) * pixels_of_module;
  std::vector<std::string> rows(static_cast<std::size_t>(side),
                                std::string(static_cast<std::size_t>(side), '\xFF'));
  const std::string path = svg.substr(svg.find("#000"));
  const std::regex run(R"re(M(\d+) (\d+)h(\d+)v1h-\3z)re");
  for (std::sregex_iterator at(path.begin(), path.end(), run), end; at != end; ++at) {
    const int x = std::stoi((*at)[1]) * pixels_of_module, y = std::stoi((*at)[2]) * pixels_of_module;
    const int length = std::stoi((*at)[3]) * pixels_of_module;
    for (int row = y; row < y + pixels_of_module; ++row)
      rows.at(static_cast<std::size_t>(row))
          .replace(static_cast<std::size_t>(x), static_cast<std::size_t>(length),
                   static_cast<std::size_t>(length), '\0');
  }
  std::string image = "P5 " + std::to_string(side) + " " + std::to_string(side) + " 255\n";
  for (const std::string& row : rows) image += row;
  return image;
}

// As zbarimg reads it.
std::string read_back(const std::string& image) {
  const std::filesystem::path folder = casebridge::testing::new_temporary_folder("qr");
  std::ofstream(folder / "code.pgm", std::ios::binary) << image;
  const std::string command = "zbarimg --raw --quiet " + (folder / "code.pgm").string() + " 2>/dev/null";
  FILE* const out = ::popen(command.c_str(), "r");
  std::string text(1024, '\0');
  text.resize(::fread(text.data(), 1, text.size(), out));
  ::pclose(out);
  std::filesystem::remove_all(folder);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

TEST(QrCode, IsReadBackByAnotherProgram) {
  for (const std::string text :
       {"otpauth://totp/"
        "Casebridge:parent%40mail.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Casebridge"
        "&algorithm=SHA1&digits=6&period=30",
        "A", "4532 lower and UPPER"}) {
    const SecretBytes svg = qr_code_svg(SecretBytes::copy_of(text));
    EXPECT_EQ(read_back(as_pgm(std::string(svg.reveal()))), text);
  }
}

TEST(QrCode, HoldsNothingThatABrowserWouldRun) {
  const SecretBytes svg = qr_code_svg(SecretBytes::copy_of("<script>alert(1)</script>"));
  const std::string drawn(svg.reveal());
  EXPECT_EQ(drawn.find("script"), std::string::npos);
  EXPECT_TRUE(drawn.starts_with("<svg ") && drawn.ends_with("</svg>"));
}

}  // namespace
}  // namespace casebridge::identity
