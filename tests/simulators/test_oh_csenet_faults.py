"""Faults of oh-csenet: what each does to the octets, and which calls it leaves alone."""
import unittest

from ohio import CASE, RAFAEL, OhioTest, Record, octets, ohio_sample, request_line, with_options

from harness import case_of

GOOD = octets("ans_fsinf.txt")


class FaultTest(OhioTest):
    def setUp(self):
        super().setUp()
        self.father = self.sender(RAFAEL)
        self.serial = 0

    def request(self, kind="CSI R FRINF"):
        self.serial += 1
        return self.father.post(request_line(kind, self.serial))

    def spoiled(self, kind, params=None, request="CSI R FRINF"):
        """Body of an answer under the fault."""
        self.add_fault("csenet", kind, params)
        reply = self.request(request)
        self.steer("/control/faults", {"clear": True})
        self.assertEqual(reply.status, 200)
        return reply.body

    def hits(self):
        return self.look("/control/faults")["faults"][0]["hits"]


class OnCaseInformation(FaultTest):
    def lines_of(self, body):
        return body.decode().split("\n")[:-1]

    def test_lengths_and_line_ends(self):
        good = self.lines_of(GOOD)
        for kind, body in (
                ("short_line", GOOD.replace(b" \n", b"\n", 1)), ("long_line", GOOD.replace(b"\n", b" \n", 1)),
                ("rstrip_line", "".join(line.rstrip() + "\n" for line in good).encode()),
                ("trailing_cr", GOOD.replace(b"\n", b"\r\n")), ("no_newline", GOOD[:-1]),
                ("duplicate_page", GOOD * 2), ("cont_missing", (good[0] + "\n").encode()),
                ("cont_order", f"{good[1]}\n{good[0]}\n".encode())):
            self.steer("/control/reset", {})
            self.father.sign_in(RAFAEL)
            self.assertEqual(self.spoiled(kind), body, kind)

    def test_headers(self):
        for kind, start, end, text in (
                ("drift", 15, 17, "004"), ("unknown_reason", 76, 80, "FSXXX"),
                ("leading_zero_case", 46, 60, "000007001234567"),
                ("swap_local_other", 1, 14, "99000003904900")):
            lines = self.lines_of(self.spoiled(kind))
            self.assertEqual({line[start - 1:end] for line in lines}, {text}, kind)
            self.assertEqual([len(line) for line in lines], [4056, 1509])

    def test_counter_too_high(self):
        first, second = self.lines_of(self.spoiled("bad_counter"))
        self.assertEqual((first[94], second[94], len(second)), ("9", "5", 1509))

    def test_counter_too_high_at_nine(self):
        document = ohio_sample()
        case = case_of(document, CASE)
        case["payments"] = case["payments"][:9]
        self.load(document)
        self.father.sign_in(RAFAEL)
        line, = self.lines_of(self.spoiled("bad_counter"))
        self.assertEqual((line[94], len(line)), ("9", 4056 - 70))

    def test_amounts(self):
        order = Record(self.lines_of(self.spoiled("blank_amounts"))[0]).blocks["order"][0]
        self.assertEqual((order[85:97] + order[113:125] + order[141:153]).strip(), "")
        self.assertEqual(order[36:48], "000000065000")
        self.assertEqual(self.spoiled("bad_amount").count(b"."), GOOD.count(b".") + 1)
        self.assertIn(b".", self.spoiled("bad_amount", request="MSC R GRINT"))

    def test_other_sign(self):
        for style, good, bad in (
                ("leading_minus", "-00000001234", "00000000123M"),
                ("overpunch", "00000000123M", "-00000001234")):
            document = with_options(ohio_sample(), amountSign=style)
            case_of(document, CASE)["balances"][3]["amountCents"] = -1234
            self.load(document)
            self.father.sign_in(RAFAEL)
            self.assertEqual(Record(self.lines_of(self.request().body)[0]).at("order", 86, 97), good)
            spoiled = Record(self.lines_of(self.spoiled("other_sign"))[0])
            self.assertEqual(spoiled.at("order", 86, 97), bad)
            self.assertEqual(spoiled.at("order", 142, 153), "000000360000")
            self.assertIn(bad.encode(), self.spoiled("other_sign", request="MSC R GRINT"))

    def test_sources_serials_and_names(self):
        first, second = self.lines_of(self.spoiled("unknown_source"))
        self.assertEqual("".join(b[28] for b in Record(first).blocks["collection"]), "ZAAAAAAAA")
        first, second = self.lines_of(self.spoiled("dup_serial"))
        self.assertEqual(first[17:29], second[17:29])
        body = self.spoiled("latin1")
        self.assertEqual((body.count(b"\xc9"), len(body)), (1, len(GOOD)))

    def test_wrong_code_page(self):
        self.add_fault("csenet", "wrong_codepage")
        reply = self.request()
        self.assertEqual(reply.headers["Content-Type"], "application/x-csenet; charset=us-ascii")
        self.assertEqual(reply.body.decode("cp037").replace("\x85", "\n").encode(), GOOD)

    def test_a_repeat_after_the_fault_is_clean(self):
        self.add_fault("csenet", "short_line", times=1)
        line = request_line("CSI R FRINF", 1)
        self.assertEqual([len(self.father.post(line).body) for _ in range(2)], [len(GOOD) - 1, len(GOOD)])


class Choosing(FaultTest):
    def test_a_fault_waits_for_a_call_it_can_change(self):
        for kind in ("unknown_source", "cont_missing", "latin1", "blank_amounts", "unknown_reason"):
            self.steer("/control/faults", {"clear": True})
            self.add_fault("*", kind, times=1)
            self.sender(RAFAEL)
            self.father.sign_in(RAFAEL)
            self.request("MSC R GRUPD")
            self.assertEqual(self.hits(), 0, kind)
            self.request()
            self.assertEqual(self.hits(), 1, kind)

    def test_matched_by_person_and_case(self):
        self.add_fault("auth", "http_status", {"status": 500}, match={"person": "p-rafael", "case": CASE})
        self.assertEqual(self.sender().sign_in((CASE, "4471", "00000000")).status, 500)
        self.assertEqual(self.sender().sign_in(("7006789012", "9941", "60274418")).status, 200)
        self.assertFalse(self.calls("auth")[-2]["counted"])
        self.add_fault("csenet", "http_status", {"status": 502}, match={"case": "7009999999"})
        self.assertEqual(self.request().status, 200)
        self.assertEqual(self.father.post(request_line("CSI R FRINF", 99, "7009999999")).status, 502)

    def test_unknown_kinds_and_operations(self):
        for fault in ({"op": "cases", "kind": "hang"}, {"op": "auth", "kind": "amount_style"}):
            self.steer("/control/faults", {"add": [{"id": "x", "system": "oh-csenet", **fault}]}, 422)

    def test_in_ebcdic_the_letter_has_no_meaning(self):
        self.load(ohio_sample(codePage="cp037"))
        self.add_fault("*", "latin1")
        father = self.sender(charset="cp037")
        father.send("POST", "/csenet", (request_line("CSI R FRINF", 1) + "\x85").encode("cp037"),
                    "application/x-csenet; charset=cp037")
        self.assertEqual(self.hits(), 0)

    def test_inbox_lines_can_be_spoiled_too(self):
        self.add_fault("inbox", "rstrip_line")
        self.assertTrue(self.father.inbox().body.endswith(b"BUCKEYE TEST FREIGHT LLC\n"))


class SharedKinds(FaultTest):
    def test_rate_limit(self):
        self.add_fault("*", "rate_limit")
        for reply in (self.request(), self.father.inbox(), self.father.sign_in(RAFAEL)):
            self.assertEqual((reply.status, reply.headers["Retry-After"], reply.body),
                             (429, "20", b"ERR 429 LIMIT\n"))

    def test_abend_of_a_login_is_no_try(self):
        self.add_fault("auth", "abend", times=1)
        reply = self.sender().sign_in((CASE, "4471", "00000000"))
        self.assertRegex(reply.body, b"^DFHAC2206 ")
        self.assertEqual(self.sender().sign_in((CASE, "4471", "00000000")).body, b"NO 2\n")

    def test_expired_session(self):
        self.add_fault("*", "expire_session", times=1)
        self.father.sign_in(RAFAEL)
        self.assertEqual((self.request().status, self.request().status), (401, 401))
        self.father.sign_in(RAFAEL)
        self.assertEqual(self.request().status, 200)

    def test_padding_is_whole_blank_records(self):
        self.add_fault("csenet", "oversize", {"bytes": 10000})
        reply = self.request()
        padding = reply.body[len(GOOD):]
        self.assertEqual((reply.body[:len(GOOD)], len(padding) % 122), (GOOD, 0))
        self.assertEqual(padding, (b" " * 121 + b"\n") * (len(padding) // 122))
        self.assertGreaterEqual(len(reply.body), 10000)

    def test_bodies(self):
        self.add_fault("csenet", "truncate_clean", {"fraction": 0.5})
        self.assertEqual(self.request().body, GOOD[:len(GOOD) // 2])
        self.steer("/control/faults", {"clear": True})
        self.add_fault("inbox", "empty_body")
        self.assertEqual(self.father.inbox().body, b"")
        self.add_fault("auth", "wrong_content_type", {"contentType": "text/html"})
        self.assertEqual(self.father.sign_in(RAFAEL).headers["Content-Type"], "text/html")


if __name__ == "__main__":
    unittest.main()
