"""The interface document's example files of ga-batch, octet for octet."""
import unittest

from georgia import LEON, NEXT, GeorgiaTest, enrol, octets, request


class Examples(GeorgiaTest):
    def test_every_file_of_the_run(self):
        name = "GW_REQ_20260316_01.csv"
        self.leave([], name, octets(name))
        self.next_run()
        for example in (f"GA_{kind}_{NEXT}_01.{ending}" for kind, ending in (
                ("MANI", "json"), ("EXTR", "csv"), ("ACH", "ach"), ("PINS", "csv"), ("ACK", "csv"))):
            self.assertEqual((self.outgoing / example).read_bytes(), octets(example), example)

    def test_refused_unknown_and_repeated(self):
        first, second = "3f0c1d7a-52b1-4c0e-9f63-1a2b3c4d5e01", "3f0c1d7a-52b1-4c0e-9f63-1a2b3c4d5e09"
        self.leave([request("ADDR", "1 NEW TEST RD", req_id=first), request("MSG", "a", "b"), enrol()])
        self.next_run()
        self.leave([request("MSG", "a", "b")], "GW_REQ_20260317_01.csv")
        (self.incoming / "GW_REQ_20260317_01.csv.sha256").write_text("0" * 64, encoding="ascii")
        self.leave([enrol(digits="0000", req_id=second), request("MSG", seq=LEON, req_id=first)],
                   "GW_REQ_20260317_02.csv")
        run = self.next_run()
        self.assertEqual(run.acks(), [
            ("*", "REJECTED", "120", "", "GW_REQ_20260317_01.csv checksum"),
            (second, "REJECTED", "110", "GAC-20260318-000004", ""),
            (first, "DUPLICATE", "000", "GAC-20260317-000001", "")])


if __name__ == "__main__":
    unittest.main()
