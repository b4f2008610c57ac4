"""Transactions of oh-csenet: what is refused, serial numbers, jobs, writing and the inbox."""
import unittest

from ohio import (
    CASE, CLOSED, DANA, HARLAN, RAFAEL, OhioTest, octets, ohio_sample, request_line, with_options,
)

from harness import case_of

NCP_BLOCKS = octets("req_licad.txt").decode()[121:-1]
REVIEW = octets("req_sradj.txt").decode()
REVIEW_BLOCKS = REVIEW[121:-1]
MOTHER = (" " * 75 + "C").ljust(341)
MESSAGE = ("O".ljust(16) + "PLEASE CALL ME.").ljust(416)


class Refusals(OhioTest):
    def setUp(self):
        super().setUp()
        self.father = self.sender(RAFAEL)

    def refused(self, line):
        return self.codes(self.father.post(line))

    def test_version_fips_and_kind(self):
        for codes, more in (
                (["0002"], {"version": "004"}), (["0009"], {"local": "9912300"}),
                (["0009"], {"other": "4800000"}),
                (["0002", "0004", "0009", "0009"],
                 {"version": "  3", "local": "3900000", "other": "9900000"})):
            self.assertEqual(self.refused(request_line("CSI R FRINF", 1, **more)), codes, more)
        self.assertEqual(self.refused(request_line("ENF R ERALL", 1)), ["0005"])
        self.assertEqual(self.refused(request_line("CSI P FRINF", 1)), ["0005"])

    def test_counters(self):
        for counts in ("2000000", "000A000", "0000002", "0 00000"):
            self.assertEqual(self.refused(request_line("CSI R FRINF", 1, counts=counts)), ["0003"])

    def test_content_of_fields(self):
        line = request_line("CSI R FRINF", 1)
        self.assertEqual(self.refused(line.replace("20260316", "2026031X")), ["0004"])
        self.assertEqual(self.refused(line.replace("20260316", "20260230")), ["0010"])
        for serial, absent in enumerate(("00000000", "00010101", "20991231", "        "), 2):
            self.assertEqual(
                self.father.post(request_line("MSC R GRUPD", serial, date=absent)).status, 200, absent)
        self.assertEqual(self.refused(line.replace("000000000001", " " * 12)), ["0004"])
        self.assertEqual(self.refused(line.replace("FRINF", "FRIN*")), ["0005", "0008"])
        self.assertEqual(self.refused(line[:100] + "\u00c9" + line[101:]), ["0001"])  # two octets in UTF-8

    def test_characters_in_blocks(self):
        good = request_line("MSC P GSUPD", 1, counts="0000001", blocks=MESSAGE)
        for bad, codes in (
                (good.replace("PLEASE", "Please"), ["0008"]), (good.replace("CALL", "CA*L"), ["0008"]),
                (good.replace("CALL", "CA\0L"), ["0008"]), (good.replace("CALL", "A_@B"), None)):
            reply = self.father.post(bad)
            self.assertEqual(self.codes(reply) if codes else reply.status, codes or 200)

    def test_amounts_of_requests_follow_the_configured_sign(self):
        def with_wage(amount):
            locate = " " * 650 + amount + " " * (1421 - 662)
            return request_line("MSC P LICEM", 3, counts="0110000", blocks=NCP_BLOCKS[:181] + locate)

        self.assertEqual(self.refused(with_wage("00000000500}")), ["0004"])
        self.assertEqual(self.father.post(with_wage("-00000005000")).status, 200)

    def test_required_blocks(self):
        for kind, counts, blocks, codes in (
                ("MSC P LICAD", "0100000", NCP_BLOCKS[:181], ["0006"]),
                ("MSC P LICAD", "0000000", "", ["0006", "0006"]),
                ("MSC P LICEM", "0001000", MOTHER, ["0006", "0006"]),
                ("MSC P GSUPD", "0000000", "", ["0006"]),
                ("EST R SRADJ", "0001001", MOTHER + MESSAGE, ["0006"] * 4),
                ("EST R SRMOD", "0000000", "", ["0006"] * 6)):
            self.assertEqual(self.refused(request_line(kind, 1, counts=counts, blocks=blocks)), codes, kind)
        mother = self.sender(DANA)
        line = request_line("MSC P LICAD", 1, counts="0110000", blocks=NCP_BLOCKS)
        self.assertEqual(self.codes(mother.post(line)), ["0006"])

    def test_lengths_and_line_ends(self):
        line = request_line("CSI R FRINF", 1)
        for body, texts in (
                (line + " \n", ["LENGTH 0122 EXPECTED 0121"]),
                (line.rstrip() + "\n", ["LENGTH 0096 EXPECTED 0121"]),
                (line, ["LINE END MISSING"]), (f"{line}\n{line}\n", ["LENGTH 0121 EXPECTED 0000"]),
                ("", ["LENGTH 0000 EXPECTED 0121", "LINE END MISSING"]),
                ("\n", ["LENGTH 0000 EXPECTED 0121"]),
                (line + "\n\n", ["LENGTH 0000 EXPECTED 0000"]),
                (line[:89] + "1000000" + line[96:] + "\n", ["LENGTH 0121 EXPECTED 0472"]),
                ("A" * (128 * 1024) + "\n", ["BODY LONGER THAN 131072 OCTETS"])):
            reply = self.father.post(body.encode())
            self.assertEqual(set(self.codes(reply)), {"0001"})
            records = reply.body.decode().split("\n")[:-1]
            self.assertEqual([record[103:].rstrip() for record in records], texts)
        self.assertEqual(self.father.post((line + "\r\n").encode()).status, 200)
        many = self.father.post(f"{line}\n".encode() * 30)
        self.assertEqual(self.codes(many), ["0001"] * 9)

    def test_content_types(self):
        body = octets("req_frinf.txt")
        for content_type in (
                "application/x-csenet", "application/x-csenet; charset=cp037",
                "text/plain; charset=us-ascii", None):
            reply = self.father.send("POST", "/csenet", body, content_type)
            self.assertEqual((reply.status, reply.body), (415, b""))
        self.assertEqual(self.father.post(body).status, 200)

    def test_a_refusal_tells_nothing_of_the_values(self):
        line = request_line("MSC P GSUPD", 1, counts="0000001", blocks=MESSAGE.replace("CALL", "sec*"))
        self.assertNotIn(b"sec", self.father.post(line).body)


class SerialNumbers(OhioTest):
    def setUp(self):
        super().setUp()
        self.father = self.sender(RAFAEL)

    def test_belong_to_one_person_for_a_day(self):
        line = request_line("MSC R GRUPD", 5)
        first = self.father.post(line).body
        mother = self.sender(DANA)
        self.assertEqual(self.codes(mother.post(line)), ["0007"])
        self.advance(86399)
        self.father.sign_in(RAFAEL)
        self.assertEqual(self.father.post(line).body, first)
        self.advance(1)
        again = self.father.post(line).body
        self.assertEqual(again[:17] + again[29:41], first[:17] + first[29:41])
        self.assertNotEqual(again[17:29], first[17:29])

    def test_a_refused_one_is_not_used_up(self):
        self.codes(self.father.post(request_line("CSI R FRINF", 5, version="004")))
        self.assertEqual(self.father.post(request_line("MSC R GRINT", 5)).status, 200)

    def test_a_lost_answer_is_carried_out_once(self):
        self.add_fault("csenet", "lost_answer", times=1)
        line = request_line("MSC P GSUPD", 6, counts="0000001", blocks=MESSAGE)
        with self.assertRaises(ConnectionError):
            self.father.post(line)
        self.father.wire.close()
        record, = self.records(self.father.post(line))
        self.assertEqual(record.text(1), "ACK 000000000006 OHU-20260316-000001")
        self.assertEqual([c["effect"] for c in self.calls("csenet")], [True, False])

    def test_the_content_is_checked_before_the_serial_and_the_serial_before_the_case(self):
        self.father.post(request_line("CSI R FRINF", 7))
        old = request_line("CSI R FRINF", 7, version="004")
        self.assertEqual(self.codes(self.father.post(old)), ["0002"])
        self.assertEqual(self.codes(self.father.post(request_line("CSI R FRINF", 7, CLOSED))), ["0007"])
        rejected = self.ask(self.father, "CSI R FRINF", 8, case=CLOSED)
        self.assertEqual(rejected.kind, "MSC P REJCT")
        self.assertEqual(self.calls("csenet")[-1]["outcome"], "not_found")
        self.assertEqual(self.calls("csenet")[-1]["case"], CLOSED)
        self.assertEqual(self.ask(self.father, "MSC R GRUPD", 9, case="000007001234567").kind, "MSC P GSPUD")


class Asynchronous(OhioTest):
    @staticmethod
    def scenario():
        return ohio_sample(mode="async")

    def setUp(self):
        super().setUp()
        self.father = self.sender(RAFAEL)

    def start(self, kind="MSC R GRINT", serial=1, **more):
        reply = self.father.post(request_line(kind, serial, **more))
        self.assertEqual((reply.status, reply.body), (202, b""))
        return reply.headers["Location"], reply.headers["Retry-After"]

    def poll(self, location, sender=None):
        return (sender or self.father).send("GET", location.removeprefix("/ohsets/v1"))

    def test_waits_then_answers(self):
        location, seconds = self.start()
        self.assertEqual((location, seconds), ("/ohsets/v1/csenet/jobs/J0000001", "30"))
        self.advance(18)
        reply = self.poll(location)
        self.assertEqual((reply.status, reply.headers["Location"], reply.headers["Retry-After"], reply.body),
                         (202, location, "12", b""))
        self.advance(12)
        record, = self.records(self.poll(location))
        self.assertEqual((record.kind, record.text(1)), ("MSC P GSTAI", "00000048000000000000000020260306"))

    def test_may_be_read_again_for_an_hour_also_in_a_later_session(self):
        location, _ = self.start()
        self.advance(30)
        first = self.poll(location).body
        self.advance(3599)
        self.father.sign_in(RAFAEL)
        self.assertEqual(self.poll(location).body, first)
        self.advance(1)
        reply = self.poll(location)
        self.assertEqual((reply.status, reply.body), (404, b""))

    def test_belongs_to_one_person(self):
        location, _ = self.start()
        self.advance(30)
        self.assertEqual(self.poll(location, self.sender(DANA)).status, 404)
        self.assertEqual(self.poll("/csenet/jobs/J0000009").status, 404)

    def test_the_same_octets_give_the_same_job(self):
        kind, more = "MSC P GSUPD", {"counts": "0000001", "blocks": MESSAGE}
        self.assertEqual(self.start(kind, 4, **more)[0], self.start(kind, 4, **more)[0])
        self.assertEqual([c["effect"] for c in self.calls("csenet")], [True, False])

    def test_errors_come_at_once_and_a_wrong_case_as_a_job(self):
        old = request_line("CSI R FRINF", 1, version="001")
        self.assertEqual(self.codes(self.father.post(old)), ["0002"])
        location, _ = self.start("CSI R FRINF", 2, case=CLOSED)
        self.advance(30)
        record, = self.records(self.poll(location))
        self.assertEqual(record.kind, "MSC P REJCT")

    def test_lost_jobs_and_endless_ones(self):
        location, _ = self.start()
        self.advance(30)
        self.add_fault("job", "job_never", times=1)
        self.assertEqual((self.poll(location).status, self.poll(location).status), (202, 200))
        self.add_fault("job", "job_lost", times=1)
        self.assertEqual((self.poll(location).status, self.poll(location).status), (404, 200))

    def test_faults_of_lines_wait_for_the_lines(self):
        self.add_fault("*", "short_line", times=1)
        location, _ = self.start()
        self.assertEqual(self.poll(location).status, 202)
        self.advance(30)
        self.assertEqual(len(self.poll(location).body), 537)
        self.assertEqual(len(self.poll(location).body), 538)


class Writing(OhioTest):
    def setUp(self):
        super().setUp()
        self.father = self.sender(RAFAEL)

    def test_one_counter_for_all_confirmations(self):
        message = {"counts": "0000001", "blocks": MESSAGE}
        address = {"counts": "0110000", "blocks": NCP_BLOCKS}
        review = {"counts": "1112001", "blocks": REVIEW_BLOCKS}
        texts = []
        for serial, (kind, more) in enumerate((
                ("MSC P GSUPD", message), ("MSC P LICEM", address), ("EST R SRMOD", review),
                ("MSC P LICAD", address)), 1):
            record = self.ask(self.father, kind, serial, **more)
            texts.append((record.kind, record.text(1)))
        self.assertEqual(texts, [
            ("MSC P", "ACK 000000000001 OHU-20260316-000001"),
            ("MSC P", "ACK 000000000002 OHU-20260316-000002"),
            ("EST A ANOAD", "ACK 000000000003 OHR-20260316-000003"),
            ("MSC P", "ACK 000000000004 OHU-20260316-000004")])
        first = self.case_records(self.father, 9)[0]
        self.assertEqual(first.at("ncp_locate", 80, 104).rstrip(), "412 LARKMOOR ST")

    def test_the_mother_tells_her_address_as_a_participant(self):
        record = self.ask(self.sender(DANA), "MSC P LICAD", 1, counts="0001000", blocks=MOTHER)
        self.assertEqual(record.text(1), "ACK 000000000001 OHU-20260316-000001")

    def test_decision_after_thirty_days_for_the_one_who_asked(self):
        self.ask(self.father, "EST R SRMOD", 1, counts="1112001", blocks=REVIEW_BLOCKS)
        self.advance(30 * 86400 - 1)
        self.father.sign_in(RAFAEL)
        before = len(self.records(self.father.inbox()))
        self.advance(1)
        decision = self.records(self.father.inbox())[before]
        self.assertEqual((decision.kind, decision.header[37:45], decision.header[80:88], decision.text(1)),
                         ("EST P SSMOD", "20260415", "20260415", "REF OHR-20260316-000001"))
        mother = self.records(self.sender(DANA).inbox())
        self.assertNotIn("EST P SSMOD", [record.kind for record in mother])

    def test_a_closed_case_is_not_reviewed_with_success(self):
        harlan = self.sender(HARLAN)
        self.ask(harlan, "EST R SRADJ", 1, case=CLOSED, counts="1112001", blocks=REVIEW_BLOCKS)
        self.advance(30 * 86400)
        harlan.sign_in(HARLAN)
        self.assertEqual([r.kind for r in self.records(harlan.inbox())], ["MSC P GSC08", "EST P SUADJ"])

    def test_more_needed(self):
        self.add_fault("csenet", "aadin", times=1)
        self.ask(self.father, "MSC R GRUPD", 1)
        record = self.ask(self.father, "EST R SRADJ", 2, counts="1112001", blocks=REVIEW_BLOCKS)
        self.assertEqual(record.kind, "EST A AADIN")
        self.assertTrue(record.text(1))
        self.assertFalse(self.calls("csenet")[-1]["effect"])
        self.advance(31 * 86400)
        self.father.sign_in(RAFAEL)
        self.assertEqual([r.kind for r in self.records(self.father.inbox())], ["ENF P ESWAG"])


class Reading(OhioTest):
    def test_status_and_interest(self):
        document = ohio_sample()
        case = case_of(document, CASE)
        case["processing"] = "delinquent_enforcement"
        case["enforcement"][0]["status"] = "released"
        case["balances"] += [case["balances"][1] | {"bucket": "interest", "amountCents": 32000}]
        self.load(document)
        father = self.sender(RAFAEL)
        status = self.ask(father, "MSC R GRUPD", 1)
        self.assertEqual((status.text(1), status.text(2)), ("PROCESSING DELINQUENT_ENFORCEMENT", ""))
        self.assertEqual(self.ask(father, "MSC R GRINT", 2).text(1), "00000048000000000003200020260306")
        case["balances"] = []
        self.steer("/control/scenario", document)
        father.sign_in(RAFAEL)
        self.assertEqual(self.ask(father, "MSC R GRINT", 3).text(1), " " * 12 + "000000000000")

    def test_interest_in_the_other_sign_style(self):
        document = with_options(ohio_sample(), amountSign="overpunch")
        case_of(document, CASE)["balances"][3]["amountCents"] = -5000
        self.load(document)
        record = self.ask(self.sender(RAFAEL), "MSC R GRINT", 1)
        self.assertEqual(record.text(1), "00000000500}00000000000020260306")


class InboxNotices(OhioTest):
    @staticmethod
    def scenario():
        document = ohio_sample()
        case = case_of(document, CASE)
        action = case["enforcement"][0]
        kinds = ("bench_warrant", "lien_vehicle", "lien_real", "lien_personal", "contempt", "passport_denial")
        case["enforcement"] += [
            action | {"id": k, "kind": k, "status": "released", "detail": None} for k in kinds]
        hearing = {"id": "H1", "kind": "hearing", "start": "2026-04-02T03:15:00Z", "end": None,
                   "place": "Room 2, Test Courthouse", "for": "both", "status": "scheduled"}
        case["events"] = [
            hearing, hearing | {"id": "H2", "for": "custodial_party", "start": "2026-12-02T15:00:00Z"},
            hearing | {"id": "H3", "kind": "appointment"}]
        return document

    LIST = [f"ENF P {reason}" for reason in (
        "ESWAG", "EIWAR", "EILMV", "EILRE", "EILPP", "SICPS", "GIHER")]

    def test_each_person_gets_his_own(self):
        father, mother = self.sender(RAFAEL), self.sender(DANA)
        his, hers = self.records(father.inbox()), self.records(mother.inbox())
        self.assertEqual([r.kind for r in his], self.LIST)
        self.assertEqual([r.kind for r in hers], [*self.LIST, "ENF P GIHER"])
        self.assertEqual((his[0].text(1), hers[0].text(1)), ("BUCKEYE TEST FREIGHT LLC", ""))
        self.assertEqual([r.serial - 900000000000 for r in his + hers], list(range(1, 16)))
        hearing = his[-1]
        self.assertEqual((hearing.header[80:88], hearing.text(1), hearing.text(2)),
                         ("20260401", "HEARING 2315", "ROOM 2, TEST COURTHOUSE"))
        self.assertEqual((hers[-1].header[80:88], hers[-1].text(1)), ("20261202", "HEARING 1000"))

    def test_after_is_a_number_and_strict(self):
        father = self.sender(RAFAEL)
        self.ask(father, "MSC R GRUPD", 1)
        everything = self.lines(father.inbox())
        self.assertEqual(self.lines(father.inbox("900000000003")), everything[2:])
        self.assertEqual(self.lines(father.inbox("7")), everything)
        self.assertEqual(self.lines(father.inbox("999999999999")), [])
        reply = father.inbox("x")
        self.assertEqual((reply.status, reply.body), (400, b"ERR 400 SYNTAX\n"))

    def test_no_place_where_somebody_is_protected(self):
        document = self.scenario()
        case_of(document, CASE)["participants"][0]["familyViolence"] = "P"
        self.load(document)
        self.assertEqual([r.kind for r in self.records(self.sender(RAFAEL).inbox())], self.LIST[:-1])
        self.assertIn("ENF P GIHER", [r.kind for r in self.records(self.sender(DANA).inbox())])

    def test_offsets_are_a_notice_where_ohio_does_not_respond(self):
        document = self.scenario()
        case = case_of(document, CASE)
        case["intergov"] = []
        case["payments"] = [case["payments"][0] | {"source": "federal_tax_offset", "status": status}
                            for status in ("applied", "held")]
        self.load(document)
        notices = [r for r in self.records(self.sender(RAFAEL).inbox()) if r.kind == "COL P CITAX"]
        self.assertEqual([r.at("collection", 1, 30) for r in notices], ["2025030320250305000000075000IE"])

    def test_ninety_nine_at_a_time(self):
        document = self.scenario()
        case = case_of(document, CASE)
        case["enforcement"] = case["enforcement"][:1] * 120
        case["events"] = []
        self.load(document)
        father = self.sender(RAFAEL)
        first = self.records(father.inbox())
        rest = self.records(father.inbox(f"{first[-1].serial:012d}"))
        self.assertEqual((len(first), len(rest), rest[0].serial), (99, 21, first[-1].serial + 1))


if __name__ == "__main__":
    unittest.main()
