"""Every text of the page exists in both languages, is used, and every code of the API has a word."""
import json
import pathlib
import re
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORTAL = ROOT / "core" / "portal"
LANGUAGES = ("en", "es")
KEY = re.compile(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"')
FAMILY = re.compile(r'word\(["`]([a-z_]+)[".]')
TEMPLATE = re.compile(r"\bt\(`([a-z_]+)\.\$")
MODULE = re.compile(r"\.(ts|json)$")

# Where the words of a family come from: a property of a schema, in the API or in schemas/model.
CODES_OF_API = {
    "activity_action": ("Activity", "action"), "activity_actor": ("Activity", "actor"),
    "actor": ("Problem", "actor"), "attempt_state": ("LinkAttempt", "state"),
    "cluster_role": ("ClusterMember", "role"), "cluster_state": ("Cluster", "state"),
    "custody": ("Link", "custody"),
    "dataset_state": ("DatasetState", "sync"), "forgot": ("RecoveryForm", "what"),
    "freshness": ("Freshness", "status"),
    "leg": ("LedgerLeg", "kind"),
    "outcome": ("Source", "outcome"), "outcome_empty": ("Section", "outcome"),
    "state_session": ("UnlinkReceipt", "state_session"), "sync": ("Sync", "state"),
}
CODES_OF_RECORDS = {
    "bucket": "bucket", "case_status": "case_status", "debt_type": "debt_type", "frequency": "frequency",
    "disbursement_status": "disbursement_status", "method": "disbursement_method", "role": "role",
    "payment_source": "source_class", "payment_status": "payment_status", "recipient": "recipient_class",
}
# Codes for which the family's general word is the right one.
GENERAL = {
    "attempt_state": {"challenge", "succeeded"}, "freshness": {"live", "fresh"},
    "outcome": {"ok", "unsupported"}, "outcome_empty": {"missing", "stale"},
}


def catalogue(language):
    return json.loads((PORTAL / "messages" / f"{language}.json").read_text(encoding="utf-8"))


def sources():
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((PORTAL / "source").rglob("*.ts")))


def families(text):
    return set(FAMILY.findall(text)) | set(TEMPLATE.findall(text))


class Catalogues(unittest.TestCase):
    def test_both_languages_have_the_same_keys(self):
        english, spanish = (set(catalogue(one)) for one in LANGUAGES)
        self.assertEqual(english - spanish, set(), "missing in Spanish")
        self.assertEqual(spanish - english, set(), "missing in English")

    def test_every_key_that_is_named_exists(self):
        named = {key for key in KEY.findall(sources()) if not MODULE.search(key)}
        self.assertEqual(named - set(catalogue("en")), set())
        self.assertGreater(len(named), 100)

    def test_every_family_that_is_named_exists_and_has_a_word_for_what_is_not_known(self):
        keys = set(catalogue("en"))
        for family in set(FAMILY.findall(sources())):
            self.assertIn(f"{family}.unknown", keys | {"submit.unknown"}, family)

    def test_no_key_is_left_that_nobody_uses(self):
        text = sources()
        used, known = set(KEY.findall(text)), families(text)
        unused = {key for key in catalogue("en") if key not in used and key.split(".")[0] not in known}
        self.assertEqual(unused, set())

    def test_placeholders_are_the_same_in_both_languages(self):
        english, spanish = (catalogue(one) for one in LANGUAGES)
        for key, text in english.items():
            names = sorted(re.findall(r"\{(\w+)\}", text))
            self.assertEqual(names, sorted(re.findall(r"\{(\w+)\}", spanish[key])), key)

    def test_texts_are_translated_and_not_empty_in_one_language_only(self):
        english, spanish = (catalogue(one) for one in LANGUAGES)
        same = {key for key, text in english.items() if text == spanish[key]
                and len(re.sub(r"\{\w+\}|\W", "", text)) > 10}
        self.assertEqual(same, set())
        for key, text in english.items():
            self.assertEqual(text == "", spanish[key] == "", key)

    def test_keys_are_sorted(self):
        for language in LANGUAGES:
            self.assertEqual(list(catalogue(language)), sorted(catalogue(language)), language)


class Codes(unittest.TestCase):
    """A code list that grows must be noticed here, not by a parent."""

    def check(self, family, codes):
        self.assertTrue(codes, family)
        keys = set(catalogue("en"))
        without = {code for code in codes if f"{family}.{code}" not in keys} - GENERAL.get(family, set())
        self.assertEqual(without, set(), family)

    def test_every_code_of_the_api_has_a_word(self):
        document = yaml.safe_load((ROOT / "schemas" / "openapi.yaml").read_text(encoding="utf-8"))
        for family, (schema, name) in CODES_OF_API.items():
            shape = document["components"]["schemas"][schema]["properties"][name]
            self.check(family, shape["x-extensible-enum"])

    def test_every_dataset_has_a_name(self):
        file = ROOT / "schemas" / "adapter" / "case_read_query.json"
        query = json.loads(file.read_text(encoding="utf-8"))
        self.check("dataset", query["properties"]["datasets"]["items"]["enum"])

    def test_every_code_of_records_has_a_word(self):
        words = json.loads((ROOT / "schemas" / "model" / "vocabulary.json").read_text(encoding="utf-8"))
        for family, name in CODES_OF_RECORDS.items():
            self.check(family, words["definitions"][name]["enum"])


if __name__ == "__main__":
    unittest.main()
