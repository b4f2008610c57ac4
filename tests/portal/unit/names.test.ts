// Addresses of views, telephone numbers, names of devices.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceName } from "../../../core/portal/source/parts/device.ts";
import { dialled } from "../../../core/portal/source/parts/office.ts";
import { match } from "../../../core/portal/source/router.ts";

test("an address fits its row part by part", () => {
  assert.deepEqual(match("/", "/"), {});
  assert.deepEqual(match("/cases/:case", "/cases/cas_1"), { case: "cas_1" });
  assert.deepEqual(match("/links/:link/unlink", "/links/lnk_1/unlink"), { link: "lnk_1" });
});
test("an address that is longer, shorter or empty somewhere fits no row", () => {
  for (const path of ["/cases", "/cases/", "/cases/a/b", "/case/a"])
    assert.equal(match("/cases/:case", path), null);
});
test("a number is dialled as its digits", () => {
  assert.equal(dialled("1-800-555-0100"), "tel:18005550100");
  assert.equal(dialled("+1 (800) 555-0100"), "tel:+18005550100");
});
test("devices are called as people call them", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36";
  assert.equal(deviceName(chrome), "Chrome, Linux");
  assert.equal(deviceName(`${chrome} Edg/120.0`), "Edge, Linux");
  assert.equal(
    deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"),
    "Safari, iPhone",
  );
  assert.equal(deviceName("casebridge/1.0"), "casebridge");
  assert.equal(deviceName(""), "");
});
