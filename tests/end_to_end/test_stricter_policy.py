"""A safety policy that became stricter while the gateway was down holds from the first request."""
import shutil

from box import ROOT, BoxCase


class StricterPolicy(BoxCase):
    def restart_with(self, level):
        """Starts the gateway again on states that apply this level in Texas."""
        self.box.end_gateway()
        states = self.box.place.run / "states"
        shutil.rmtree(states, ignore_errors=True)
        shutil.copytree(ROOT / "states", states)
        file = states / "tx" / "systems.yaml"
        text = file.read_text(encoding="utf-8")
        self.assertIn("safety_policy: none", text)
        file.write_text(text.replace("safety_policy: none", f"safety_policy: {level}"), encoding="utf-8")
        settings = self.box.settings.read_text(encoding="utf-8")
        self.box.settings.write_text(settings.replace(f"states: {ROOT}/states", f"states: {states}"),
                                     encoding="utf-8")
        self.box.start_gateway()

    def texas(self):
        return next(one for one in self.parent.read("/v1/links")["data"] if one["system"] == "tx-icop")

    def test_it_reaches_what_is_stored_without_a_reading(self):
        self.parent = self.box.parent()
        self.parent.join()
        self.parent.link_and_read(self.credential("k1"))
        case = self.parent.read("/v1/cases")["data"][0]
        path = f"/v1/cases/{case['id']}?include=contacts,payments"
        self.assertIn("contacts", self.parent.read(path)["sections"])
        asked = self.box.last_call()

        self.restart_with("payments_only")
        seen = self.parent.read("/v1/cases")["data"][0]
        self.assertEqual(seen["id"], case["id"])
        self.assertEqual([one["name"] for one in seen["data"]["participants"] if not one["is_me"]
                          and one["role"] != "child" and one["name"]], [])

        self.restart_with("case_blocked")
        self.assertEqual(self.parent.read("/v1/cases")["data"], [])
        self.assertEqual(self.parent.read("/v1/ledger")["data"], [])
        self.assertEqual(self.parent.get(path).status, 404)
        datasets = {one["dataset"]: one["sync"] for one in self.texas()["datasets"]}
        self.assertEqual({word for name, word in datasets.items() if name != "cases"}, {"unsupported"})
        self.assertEqual(self.box.calls(since=asked), [])
