"""Faults of ga-batch: what each does to a run."""
import csv
import io
import time
import unittest

from georgia import CASE, FIRST, GeorgiaTest, NEXT, georgia_sample, new_id, request


class FaultTest(GeorgiaTest):
    def night(self, kind, params=None, **more):
        """The next run under a fault, after a start without any."""
        self.steer("/control/reset", {})
        self.add_fault("file_out", kind, params, **more)
        return self.next_run()

    def plain(self):
        self.steer("/control/reset", {})
        return self.next_run().octets("EXTR")


class Writing(FaultTest):
    def test_late_manifest(self):
        run = self.night("late_manifest")
        self.assertEqual((run.has("EXTR"), run.has("MANI")), (True, False))
        self.advance(3 * 3600 - 1)
        self.assertFalse(run.has("MANI"))
        self.advance(1)
        self.assertEqual((run.has("MANI"), run.agrees("EXTR")), (True, True))
        run = self.night("late_manifest", {"hours": 1})
        self.advance(3600)
        self.assertTrue(run.has("MANI"))

    def test_missing_file(self):
        run = self.night("missing_file")
        self.assertEqual((run.has("ACH"), run.told("ACH")["kind"]), (False, "ACH"))
        run = self.night("missing_file", {"kind": "PINS"})
        self.assertEqual((run.has("PINS"), run.told("PINS")["kind"], run.has("ACH")), (False, "PINS", True))

    def test_missing_run(self):
        self.add_fault("*", "missing_run", times=1)
        self.leave([request("MSG", "a", "b")])
        run = self.next_run()
        self.assertFalse(run.has("EXTR") or run.has("MANI"))
        self.assertEqual(self.next_run().acks()[0][1], "ACCEPTED")

    def test_duplicate_and_conflict(self):
        run = self.night("duplicate_run", times=1)
        before, count = run.octets("EXTR"), len(self.calls("file_out"))
        self.advance(3600)
        self.assertEqual((run.octets("EXTR"), len(self.calls("file_out"))), (before, count + 4))
        run = self.night("conflict_run", times=1)
        self.assertEqual(run.octets("EXTR"), before)
        self.advance(3600)
        self.assertEqual([row[2:9] for row in run.records("PAY")][-1], [
            "GA-R1", "12.34", "2026-03-16", "2026-03-16", "direct", "applied", ""])
        self.assertEqual((run.agrees("EXTR"), run.trailer()[5], run.trailer()[7]), (True, "4", "537.34"))

    def test_reissue(self):
        self.leave([request("MSG", "a", "b")])
        self.add_fault("file_in", "reissue", times=1)
        first = self.next_run()
        self.advance(3 * 3600)
        second = self.run_of(NEXT, 2)
        self.assertEqual((second.manifest["reissueOf"], second.manifest["created"],
                          second.manifest["dataThrough"]),
                         ("20260317-01", "2026-03-17T09:00:00Z", "2026-03-16"))
        self.assertEqual([entry["kind"] for entry in second.manifest["files"]],
                         ["EXTR", "ACH", "PINS", "ACK"])
        self.assertTrue(all(second.agrees(kind) for kind in ("EXTR", "ACH", "PINS", "ACK")))
        self.assertEqual((second.trailer()[2], len(second.records("PAY"))), ("20260317-02", 4))
        self.assertEqual((second.acks(), second.octets("ACH")), (first.acks(), first.octets("ACH")))
        self.assertEqual(self.next_run().id, "20260318-01")

    def test_truncate(self):
        run = self.night("truncate")
        whole = run.told("EXTR")["bytes"]
        self.assertEqual((len(run.octets("EXTR")), run.agrees("EXTR")), (whole // 2, False))
        run = self.night("truncate", {"kind": "ACH", "bytes": 100, "manifest": "new"})
        self.assertEqual((len(run.octets("ACH")), run.agrees("ACH"), run.agrees("EXTR")), (100, True, True))

    def test_bad_sum_of_the_manifest(self):
        run = self.night("bad_sha")
        self.assertEqual((run.agrees("EXTR"), run.agrees("ACH"), len(run.told("EXTR")["sha256"])),
                         (False, True, 64))

    def test_what_is_left_behind(self):
        self.night("tmp_left")
        self.assertIn(f"GA_EXTR_{NEXT}_02.csv.tmp", self.names())
        run = self.night("stray_file")
        self.assertLessEqual({f"GA_EXTR_{NEXT}_01.csv.bak", "notes.txt"}, set(self.names()))
        self.assertEqual(len(run.manifest["files"]), 3)

    def test_slow_disk(self):
        self.steer("/control/reset", {})
        started = time.monotonic()
        self.assertTrue(self.night("disk_slow", {"bytesPerSecond": 20000}).agrees("EXTR"))
        self.assertGreater(time.monotonic() - started, 0.15)

    def test_an_older_run_after_the_new_one(self):
        run = self.night("old_run_after_new")
        old = self.run_of("20260315")
        self.assertEqual((old.manifest["dataThrough"], old.agrees("EXTR"), run.has("MANI")),
                         ("2026-03-14", True, True))
        written = [call["path"] for call in self.calls("file_out")]
        self.assertEqual(written[-1], "GA_MANI_20260315_01.json")


class Extract(FaultTest):
    def changed(self, kind):
        """Records under the fault, each as long as it is; the manifest agrees with them."""
        run = self.night(kind)
        self.assertTrue(run.agrees("EXTR"), kind)
        text = run.octets("EXTR").decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))

    def test_trailer(self):
        right = self.changed("no_ack")[-1]
        for kind, place, value in (("bad_trailer_count", 3, "19"), ("bad_trailer_sum", 6, "1875.01"),
                                   ("bad_case_hash", 8, "0700123457")):
            wrong = self.changed(kind)[-1]
            self.assertEqual([n for n in range(20) if wrong[n] != right[n]], [place])
            self.assertEqual(wrong[place], value)

    def test_shape(self):
        plain = self.plain()
        self.assertEqual(self.night("no_bom").octets("EXTR"), plain[3:])
        self.assertEqual(self.night("lf_only").octets("EXTR"), plain.replace(b"\r\n", b"\n"))
        self.assertEqual({len(row) for row in self.changed("extra_column")}, {21})
        self.assertEqual({len(row) for row in self.changed("nineteen_columns")}, {19})
        quoted = self.night("over_quoted")
        self.assertEqual(quoted.octets("EXTR").count(b'"'), 2 * 20 * 19)
        self.assertEqual(quoted.octets("EXTR").replace(b'"', b""), plain)

    def test_unknown_values(self):
        rows = self.changed("unknown_rec_type")
        self.assertEqual(([row[:2] for row in rows if row[0] == "XTR"], rows[-1][3]), ([["XTR", CASE]], "19"))
        self.assertEqual([row[6] for row in self.changed("unknown_token") if row[0] == "PAY"], [
            "crypto", "income_withholding", "direct"])

    def test_latin1(self):
        run = self.night("latin1")
        self.assertTrue(run.agrees("EXTR"))
        self.assertRaises(UnicodeDecodeError, run.octets("EXTR").decode, "utf-8")
        self.assertIn(b"Delacroix-Ob\xc9,Corinne", run.octets("EXTR"))

    def test_huge_file(self):
        run = self.night("huge_file", {"bytes": 300000})
        self.assertGreaterEqual(len(run.octets("EXTR")), 300000)
        self.assertLess(len(run.octets("EXTR")), 301000)
        self.assertEqual((run.agrees("EXTR"), run.trailer()[3]), (True, str(len(run.records()))))
        self.assertEqual(run.told("EXTR")["lines"], len(run.records()) + 1)


class Bank(FaultTest):
    def test_sums(self):
        right = self.night("no_ack").bank_lines()
        wrong = self.night("nacha_hash").bank_lines()
        self.assertEqual([n for n in range(10) if wrong[n] != right[n]], [6, 7])
        self.assertEqual((wrong[6][10:20], wrong[7][21:31]), ("0198004005", "0198004005"))
        short = self.night("nacha_93").bank_lines()
        self.assertEqual([len(line) for line in short], [94, 94, 93, *[94] * 7])

    def test_addenda(self):
        run = self.night("nacha_missing_addenda")
        self.assertEqual([line[0] for line in run.bank_lines()[:7]], list("1566789"))
        self.assertEqual(run.bank_lines("8")[0][4:10], "000003")
        self.assertNotIn("\\", self.night("nacha_ded_unterminated").bank_lines("7")[0])
        run = self.night("nacha_amount_differs")
        self.assertEqual((run.entries("cents")[0], run.bank_lines("7")[0].split("*")[4]),
                         ("0000025000", "25001"))
        self.assertEqual(run.bank_lines("8")[0][32:44], "000000036050")

    def test_added_entries(self):
        for kind, code, cents, debits in (
                ("nacha_reversal", "27", 1000, 1000), ("nacha_prenote", "23", 0, 0)):
            run = self.night(kind)
            self.assertEqual((run.entries("code")[-1], run.entries("cents")[-1], run.entries("trace")[-1]),
                             (code, f"{cents:010d}", "990010010000003"))
            self.assertEqual(run.bank_lines("7")[-1].split("*")[2:5], [CASE, "260313", str(cents)])
            control = run.bank_lines("8")[0]
            self.assertEqual((control[4:10], int(control[20:32]), int(control[32:44])),
                             ("000006", debits, 36050))
            self.assertTrue(run.agrees("ACH"))

    def test_padding(self):
        run = self.night("nacha_no_padding")
        self.assertEqual((len(run.bank_lines()), run.bank_lines()[-1][:13]), (8, "9000001000001"))

    def test_without_a_bank_file_they_do_nothing(self):
        self.next_run()
        self.add_fault("*", "nacha_hash")
        run = self.next_run()
        self.assertEqual((run.has("ACH"), run.agrees("EXTR")), (False, True))


class Acknowledgements(FaultTest):
    def test_never(self):
        req_id = new_id()
        self.add_fault("*", "no_ack", times=1)
        self.leave([request("PINUSED", "PIN-000771", req_id=req_id)])
        run = self.next_run()
        self.assertEqual((run.has("ACK"), run.pins()[0]["status"]), (False, "USED"))
        self.leave([request("PINUSED", "PIN-000771", req_id=req_id)])
        self.assertEqual(self.next_run().acks(), [(req_id, "DUPLICATE", "000", "GAC-20260317-000001", "")])

    def test_late(self):
        self.add_fault("*", "ack_late", {"runs": 2}, times=1)
        self.leave([request("MSG", "a", "b")])
        self.assertEqual([len(self.next_run().acks()) for _ in range(4)], [0, 0, 1, 0])

    def test_rejected(self):
        self.add_fault("*", "ack_reject", times=1)
        self.leave([request("PINVOID", "PIN-000771"), request("REVIEW", "OTHER")])
        run = self.next_run()
        self.assertEqual([ack[1:3] for ack in run.acks()], [("REJECTED", "100")] * 2)
        self.assertEqual(run.pins()[0]["status"], "ACTIVE")
        self.advance(31 * 86400)
        self.assertEqual(self.next_run().acks(), [])


class Asking(FaultTest):
    def fault(self, name, op="*", **params):
        return {"id": "f", "system": "ga-batch", "op": op, "kind": name, "params": params}

    def test_what_this_system_does_not_have(self):
        for fault in (self.fault("latency", ms=5), self.fault("hang"), self.fault("drift"),
                      self.fault("no_ack", "x"),
                      self.fault("missing_file", kind="MANI"), self.fault("truncate", manifest="none"),
                      self.fault("late_manifest", hours=-1)):
            self.steer("/control/faults", {"add": [fault]}, 422)

    def test_runs_are_counted_whatever_operation_is_named(self):
        self.add_fault("file_in", "bad_sha", after=1, times=1, match={"case": "none"})
        runs = [self.next_run() for _ in range(3)]
        self.assertEqual([run.agrees("EXTR") for run in runs], [True, False, True])
        self.assertEqual(self.look("/control/faults")["faults"][0]["hits"], 1)
        faults = {call["path"]: call["fault"] for call in self.calls("file_out")}
        self.assertEqual(faults["GA_MANI_20260318_01.json"], "bad_sha")

    def test_the_file_transfer_faults_do_nothing_in_a_directory(self):
        for kind in ("sftp_refused", "sftp_host_key_changed"):
            self.assertTrue(self.night(kind).agrees("EXTR"))

    def test_a_fault_of_the_scenario_hits_the_run_of_the_start(self):
        document = georgia_sample()
        document["faults"] = [self.fault("reissue", hours=2) | {"times": 1}]
        self.load(document)
        self.assertEqual(self.run_of(FIRST, 2).manifest["reissueOf"], "20260316-01")


if __name__ == "__main__":
    unittest.main()
