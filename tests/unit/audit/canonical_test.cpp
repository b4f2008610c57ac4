// The octets that a hash is of.
#include "core/audit/canonical.hpp"

#include <gtest/gtest.h>

#include "tests/unit/audit/sample_log.hpp"

namespace casebridge::audit {
namespace {

using namespace std::string_literals;

TEST(CanonicalTest, EveryFieldHasItsLengthBeforeIt) {
  ports::AuditEntry entry;
  entry.seq = 12;
  entry.record = {"aud_1", "s", sample_time(0), "a", "", "did", "ok", "r", "{}", ""};
  entry.prev_hash = "00";
  EXPECT_EQ(canonical(entry),
            "\0\0\0\x12"s
            "casebridge-audit-1"
            "\0\0\0\1s"s
            "\0\0\0\2"s
            "12"
            "\0\0\0\5"s
            "aud_1"
            "\0\0\0\x0A"s
            "1773669600"
            "\0\0\0\1"s
            "a"
            "\0\0\0\0"s
            "\0\0\0\3"s
            "did"
            "\0\0\0\2"s
            "ok"
            "\0\0\0\1r"s
            "\0\0\0\2{}"s
            "\0\0\0\0"s
            "\0\0\0\2"s
            "00");
}

TEST(CanonicalTest, WhatMovesFromOneFieldToTheNextIsAnotherEntry) {
  ports::AuditEntry one = sample_log(1).front(), other = one;
  other.record.actor += other.record.subject.front();
  other.record.subject.erase(0, 1);
  EXPECT_NE(leaf_hash(one), leaf_hash(other));
}

TEST(CanonicalTest, TheHashIsALeafOfATree) {
  const ports::AuditEntry entry = sample_log(1).front();
  EXPECT_EQ(crypto::hex(leaf_hash(entry)), crypto::hex(crypto::sha256("\0"s + canonical(entry))));
}

}  // namespace
}  // namespace casebridge::audit
