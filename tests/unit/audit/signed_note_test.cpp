// Notes, beside the example of RFC 8032 and what must not be taken.
#include "core/audit/signed_note.hpp"

#include <gtest/gtest.h>

namespace casebridge::audit {
namespace {

SecretBytes seed(char octet) { return SecretBytes::copy_of(std::string(32, octet)); }

TEST(SignedNoteTest, Base64IsReadOnlyAsItIsWritten) {
  for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"})
    EXPECT_EQ(*from_base64(base64(text)), text);
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  for (const char* bad : {"Zm9vYmE", "Zm9vYmF=", "Zm9v YmE=", "=", "====", "Zm-v", " Zm9v", "Zm9v\n"})
    EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(SignedNoteTest, TheKeyIsThatOfTheSeed) {
  // RFC 8032 §7.1, TEST 1.
  const unsigned char secret[] = {0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
                                  0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
                                  0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
  const NoteSigner signer("example/log", SecretBytes::copy_of(std::span(secret)));
  const std::string text = signer.key().text();
  EXPECT_TRUE(text.starts_with("example/log+")) << text;
  EXPECT_TRUE(text.ends_with("+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea")) << text;
}

TEST(SignedNoteTest, OpensWithItsKeyAlone) {
  const NoteSigner signer("example/log", seed('a'));
  const std::string note = signer.sign("one\ntwo\n");
  EXPECT_EQ(*signer.key().open(note), "one\ntwo\n");
  EXPECT_FALSE(NoteSigner("example/log", seed('b')).key().open(note));
  EXPECT_FALSE(NoteSigner("example/other", seed('a')).key().open(note));
}

TEST(SignedNoteTest, AnyChangedOctetOfItsTextOrSignatureIsRefused) {
  const NoteSigner signer("example/log", seed('a'));
  const std::string note = signer.sign("one\n");
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto opened = signer.key().open(changed);
    EXPECT_FALSE(opened && *opened == "one\n" && changed != note) << i;
    EXPECT_FALSE(opened) << i;
  }
}

TEST(SignedNoteTest, SignaturesOfOthersDoNoHarm) {
  const NoteSigner signer("example/log", seed('a'));
  const std::string witness = NoteSigner("witness", seed('c')).sign("one\n");
  const std::string line = witness.substr(witness.find("\n\n") + 2);
  EXPECT_TRUE(signer.key().open(signer.sign("one\n") + line));
  EXPECT_FALSE(signer.key().open("one\n\n" + line));
}

TEST(SignedNoteTest, AKeyIsReadAsItIsWritten) {
  const NoteSigner signer("example/log", seed('a'));
  const std::string text = signer.key().text();
  EXPECT_EQ(NoteKey::parse(text)->text(), text);
  for (const std::string& bad : {std::string(), std::string("name"), std::string("+a+b"), text.substr(1),
                                 text.substr(0, text.size() - 4), text + "AAAA"})
    EXPECT_FALSE(NoteKey::parse(bad)) << bad;
}

}  // namespace
}  // namespace casebridge::audit
