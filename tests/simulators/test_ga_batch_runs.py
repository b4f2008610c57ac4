"""Runs of ga-batch: the calendar, the landing directory, and what the control port shows of them."""
import datetime
import hashlib
import unittest

from georgia import CASE, FIRST, GeorgiaTest, NEXT, georgia_sample, request, request_file

from simulators.checks import Invalid
from simulators.ga_batch.nightly_run import moment_of
from simulators.instants import format_instant
from simulators.registry import SYSTEM_CLASSES
from simulators.run import World
from simulators.zones import Zone


class Calendar(GeorgiaTest):
    def test_a_start_writes_only_the_latest_run(self):
        self.assertEqual(self.names(), [
            f"GA_EXTR_{FIRST}_01.csv", f"GA_MANI_{FIRST}_01.json", f"GA_PINS_{FIRST}_01.csv"])
        manifest = self.run_of(FIRST).manifest
        self.assertEqual((manifest["run"], manifest["created"], manifest["dataThrough"],
                          manifest["reissueOf"]),
                         ("20260316-01", "2026-03-16T06:00:00Z", "2026-03-15", None))

    def test_before_two_the_latest_run_is_yesterdays(self):
        document = georgia_sample()
        document["clock"]["now"] = "2026-03-16T05:59:59Z"
        self.load(document)
        self.assertTrue(self.run_of("20260315").has("MANI"))
        self.advance(1)
        self.assertTrue(self.run_of(FIRST).has("MANI"))

    def test_every_night_passed_has_its_run(self):
        self.advance(3 * 86400)
        self.assertEqual([day for day in range(15, 21) if self.run_of(f"202603{day}").has("MANI")],
                         [16, 17, 18, 19])

    def test_the_nights_of_clock_changes(self):
        zone = Zone("America/New_York")
        moments = [format_instant(moment_of(zone, datetime.date(2026, *day))) for day in (
            (3, 7), (3, 8), (3, 9), (10, 31), (11, 1), (11, 2))]
        self.assertEqual([moment[11:13] for moment in moments], ["07", "07", "06", "06", "07", "07"])

    def test_files_are_kept_thirty_days(self):
        self.advance(29 * 86400)
        self.assertTrue(self.run_of(FIRST).has("MANI"))
        self.advance(2 * 86400)
        self.assertFalse(self.run_of(FIRST).has("MANI"))
        self.assertTrue(self.run_of("20260318").has("EXTR"))

    def test_a_disabled_system_writes_nothing(self):
        document = georgia_sample()
        document["systems"]["ga-batch"]["enabled"] = False
        self.load(document)
        before = self.names()
        self.advance(86400)
        self.assertEqual(self.names(), before)

    def test_without_cases_and_pins_the_extract_stays(self):
        document = georgia_sample()
        document["cases"] = [case for case in document["cases"] if case["caseNumber"] != CASE]
        self.load(document)
        self.assertEqual(self.names(), [f"GA_EXTR_{FIRST}_01.csv", f"GA_MANI_{FIRST}_01.json"])
        self.assertEqual(self.run_of(FIRST).trailer()[3:9], ["2", "0", "0", "0.00", "0.00", "0" * 10])


class Landing(GeorgiaTest):
    def test_reset_and_scenario_empty_the_directories(self):
        for path, body in (("/control/reset", {}), ("/control/scenario", georgia_sample())):
            self.advance(86400)
            for place in (self.outgoing, self.incoming, self.incoming / "done"):
                (place / "left.txt").write_text("x", encoding="ascii")
            self.steer(path, body)
            self.assertEqual(len(self.names()), 3)
            self.assertEqual([entry.name for entry in self.incoming.iterdir()], ["done"])
            self.assertEqual(list((self.incoming / "done").iterdir()), [])

    def test_a_folder_that_cannot_be_used_leaves_the_old_scenario(self):
        document = georgia_sample() | {"name": "other"}
        document["systems"]["ga-batch"]["options"]["dropDir"] = "/proc/nowhere"
        world = World(SYSTEM_CLASSES)
        self.assertRaises(OSError, world.begin, world.check(document))
        self.assertIsNone(world.run)

    def test_options_and_credentials_are_checked(self):
        for edit in (lambda d: d["systems"]["ga-batch"]["options"].update(dropDir=5),
                     lambda d: d["systems"]["ga-batch"]["options"].update(dropDir=""),
                     lambda d: d["credentials"][-1].update(system="ga-batch", kind="assertion", subject="s",
                                                           personNumber="1" * 10)):
            document = georgia_sample()
            edit(document)
            self.assertRaises(Invalid, World(SYSTEM_CLASSES).check, document)

    def test_the_clock_of_a_running_scenario_looks_by_itself(self):
        system = self.simulator.world.run.systems["ga-batch"]
        self.leave([request("MSG", "a", "b")], checksum=False)
        self.steer("/control/clock", {"mode": "running"})
        self.addCleanup(self.steer, "/control/clock", {"mode": "frozen"})
        system._looked -= 6
        with self.simulator.world.run.lock:
            system.tick()
        self.assertEqual(list(system._first_seen), ["GW_REQ_20260316_01.csv"])


class Waiting(GeorgiaTest):
    """Request files with and without their checksum."""

    NAME = "GW_REQ_20260316_01.csv"

    def test_without_a_checksum_an_hour_is_waited(self):
        self.steer("/control/clock", {"set": "2026-03-17T05:00:01Z"})
        self.leave([request("MSG", "a", "b")], checksum=False)
        self.assertEqual(self.next_run().acks(), [])
        self.assertTrue((self.incoming / self.NAME).exists())
        self.assertEqual(self.next_run().acks(), [("*", "REJECTED", "120", "", f"{self.NAME} checksum")])
        self.assertEqual([path.name for path in (self.incoming / "done").iterdir()], [self.NAME])

    def test_the_hour_counts_from_the_first_look(self):
        self.leave([], checksum=False)
        self.steer("/control/clock", {"set": "2026-03-17T05:00:00Z"})
        self.assertEqual(self.next_run().acks()[0][2], "120")

    def test_a_checksum_that_comes_late_is_good(self):
        content = request_file([request("MSG", "a", "b")])
        self.leave([], content=content, checksum=False)
        self.advance(3600)
        self.leave([], content=content)
        self.assertEqual([ack[1] for ack in self.next_run().acks()], ["ACCEPTED"])
        self.assertEqual(len(list((self.incoming / "done").iterdir())), 2)

    def test_names_outside_the_pattern_are_never_touched(self):
        names = ("GW_REQ_20260316_00.csv", "GW_REQ_20260316_01.csv.tmp", "GW_REQ_2026031_01.csv", "x.csv")
        for name in names:
            self.leave([request("MSG", "a", "b")], name)
        self.assertEqual(self.next_run().acks(), [])
        self.assertTrue(all((self.incoming / name).exists() for name in names))


class Log(GeorgiaTest):
    def rows(self):
        names = ("op", "path", "outcome", "effect", "method", "status", "at")
        return [tuple(call[name] for name in names) for call in self.calls()]

    def test_files_written_and_taken(self):
        self.assertEqual([row[:2] for row in self.rows()], [
            ("file_out", name) for name in (
                f"GA_EXTR_{FIRST}_01.csv", f"GA_PINS_{FIRST}_01.csv", f"GA_MANI_{FIRST}_01.json")])
        content = request_file([request("MSG", "a", "b")])
        self.leave([], content=content)
        self.leave([], "GW_REQ_20260316_02.csv", content=b"x")
        self.next_run()
        rows = self.rows()[3:]
        self.assertEqual(rows[:2], [
            ("file_in", "GW_REQ_20260316_01.csv", "ok", True, None, None, "2026-03-17T06:00:00Z"),
            ("file_in", "GW_REQ_20260316_02.csv", "refused", False, None, None, "2026-03-17T06:00:00Z")])
        self.assertEqual(rows[-1][1], f"GA_MANI_{NEXT}_01.json")
        taken = self.look("/control/calls?op=file_in")["calls"][0]
        self.assertEqual(taken["bodySha256"], hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    unittest.main()
