"""The interface document's example exchanges of oh-csenet, octet for octet."""
import unittest

from ohio import HARLAN, RAFAEL, SUNNIVA, OhioTest, octets, ohio_sample, request_line

from harness import case_of


def offset(cents=41200, number="OH-OFF1"):
    return {
        "id": number, "amountCents": cents, "collectionDate": "2026-03-10", "postedDate": "2026-03-12",
        "source": "federal_tax_offset", "status": "applied", "allocations": [], "adjusts": None, "ref": None}


def without_serials(body):
    return b"\n".join(line[:17] + b"#" * 12 + line[29:] for line in body.split(b"\n") if line)


class OneSession(OhioTest):
    """The whole conversation of the document with one session, so that the serial numbers agree."""

    @staticmethod
    def scenario():
        document = ohio_sample()
        case_of(document, RAFAEL[0])["payments"].append(offset())
        return document

    def ask(self, name):
        reply = self.father.post(octets(name))
        self.assertEqual(reply.headers["Content-Type"], "application/x-csenet; charset=us-ascii")
        return reply.body

    def test_every_answer(self):
        self.father = self.sender(RAFAEL)
        self.assertEqual(self.ask("req_frinf.txt"), octets("ans_fsinf.txt"))
        nothing = self.father.post(request_line("CSI R FRNNF", 999))
        self.assertEqual(nothing.body, octets("ans_fuinf.txt"))
        self.assertEqual(self.ask("req_badcase.txt"), octets("ans_rejct.txt"))
        self.assertEqual(self.ask("req_grupd.txt"), octets("ans_gspud.txt"))
        self.assertEqual(self.ask("req_grint.txt"), octets("ans_gstai.txt"))
        self.assertEqual(self.ask("req_licad.txt"), octets("ans_ack.txt"))
        self.assertEqual(self.ask("req_sradj.txt"), octets("ans_anoad.txt"))
        self.assertEqual(self.father.inbox("000000000000").body, octets("inbox.txt"))
        self.assertEqual(self.father.inbox("900000000010").body, b"")
        self.advance(30 * 86400)
        self.father.sign_in(RAFAEL)
        self.assertEqual(self.father.inbox("900000000010").body, octets("ans_ssadj.txt"))
        self.assertEqual(self.father.inbox().body, octets("inbox.txt") + octets("ans_ssadj.txt"))

    def test_the_same_octets_get_the_same_answer_once(self):
        self.father = self.sender(RAFAEL)
        first = self.ask("req_licad.txt")
        self.assertEqual(self.ask("req_licad.txt"), first)
        self.assertEqual([c["effect"] for c in self.calls("csenet")], [True, False])
        self.assertEqual({c["requestId"] for c in self.calls("csenet")}, {"000000001005"})


class OtherCases(OhioTest):
    def test_closed_and_overpaid(self):
        for credentials, serial, name in (
                (HARLAN, 7, "ans_fsinf_closed.txt"), (SUNNIVA, 8, "ans_fsinf_neg.txt")):
            reply = self.sender(credentials).post(request_line("CSI R FRINF", serial, credentials[0]))
            self.assertEqual(without_serials(reply.body), without_serials(octets(name)))

    def test_closure_reason_is_in_the_inbox(self):
        lines = self.lines(self.sender(HARLAN).inbox())
        self.assertEqual([line[33:37] + line[75:88] for line in lines], ["PMSCGSC0820240630"])
        self.assertEqual(lines[0][121], "C")


class Refused(OhioTest):
    def test_error_records(self):
        father = self.sender(RAFAEL)
        length, used = octets("srverr.txt").splitlines(keepends=True)
        short = father.post(octets("bad_short.txt"))
        self.assertEqual((short.status, short.body), (422, length))
        self.assertEqual(short.headers["Content-Type"], "application/x-csenet-error; charset=us-ascii")
        self.assertEqual(father.post(octets("req_frinf.txt")).status, 200)
        again = father.post(request_line("CSI R FRNNF", 1001))
        self.assertEqual((again.status, again.body), (422, b"000001" + used[6:]))

    def test_session_and_window_and_abend(self):
        stranger = self.sender()
        stranger.token = "0" * 32
        reply = stranger.post(octets("req_frinf.txt"))
        self.assertEqual((reply.status, reply.body), (401, b"ERR 401 SESSION\n"))
        self.assertEqual(reply.headers["Content-Type"], "text/plain; charset=us-ascii")
        father = self.sender(RAFAEL)
        self.add_fault("csenet", "abend", times=1)
        reply = father.post(octets("req_grupd.txt"))
        self.assertEqual((reply.status, reply.headers["Content-Type"]), (200, "text/plain; charset=us-ascii"))
        self.assertEqual(reply.body, (
            b"DFHAC2206 14:00:00 CICSTEST TRANSACTION OHCS FAILED WITH ABEND ASRA. UPDATES BACKED OUT.\n"))
        self.steer("/control/clock", {"set": "2026-03-17T03:30:00Z"})
        reply = father.inbox("900000000011")
        self.assertEqual((reply.status, reply.body), (503, b"ERR 503 BATCH UNTIL 0030\n"))
        self.assertEqual(reply.headers["Retry-After"], "3600")


class InEbcdic(OhioTest):
    REQUEST = bytes.fromhex("""
        f9f9f0f0f0f0f0f3f9f0f0f0f0f0f0f0f3f0f0f0f0f0f0f0f0f1f0f0f1404040
        40d9c3e2c9f2f0f2f6f0f3f1f6404040404040404040404040404040f7f0f0f1
        f2f3f4f5f6f74040404040c6d9c9d5c64040404040404040d5f0f0f0f0f0f0f0
        4040404040404040404040404040404040404040404040404015""")

    @staticmethod
    def scenario():
        return ohio_sample(codePage="cp037")

    def test_the_same_records_in_the_other_code_page(self):
        father = self.sender(charset="cp037")
        father.charset = "cp037"
        command = ("AUTH " + " ".join(RAFAEL)).encode("cp037") + b"\x15"
        reply = father.send("POST", "/auth", command, "text/plain; charset=cp037")
        self.assertEqual(reply.body[-1:], b"\x15")
        father.token = reply.body.decode("cp037")[3:35]
        reply = father.post(self.REQUEST)
        self.assertEqual(reply.headers["Content-Type"], "application/x-csenet; charset=cp037")
        self.assertEqual(reply.body.decode("cp037").replace("\x85", "\n").encode(), octets("ans_fsinf.txt"))


if __name__ == "__main__":
    unittest.main()
