import { describe, expect, test } from "vitest";
import { pulse, tank } from "./fixture.ts";
import { openDoorView } from "./view.ts";

const sensor = { id: "s1", siteId: "yard", scenario: "tank" };
const consent = {
  id: "c1",
  subjectRef: "p1",
  siteId: "flat",
  purpose: "care",
  textVersion: "1",
  givenBy: "self" as const,
  channel: "paper",
  givenAt: 100,
};

describe("the door's view of the register", () => {
  test("follows a sensor that moves, changes its gateway and goes", () => {
    const view = openDoorView([tank, pulse], [{ put: "sensor", value: sensor }]);
    expect(view.speaksAt("readings/yard/s1")?.id).toBe("s1");
    view.apply([{ put: "sensor", value: { ...sensor, siteId: "well", gatewayId: "g" } }]);
    expect(view.speaksAt("readings/yard/s1")).toBeUndefined();
    expect(view.speaksAt("readings/well/s1")).toMatchObject({ siteId: "well", gatewayId: "g" });
    view.apply([{ remove: "sensor", id: "s1" }]);
    expect(view.speaksAt("readings/well/s1")).toBeUndefined();
    expect(view.sensor("s1")).toBeUndefined();
  });

  test("knows a consent from when it is given to when it is withdrawn, of that site and purpose", () => {
    const view = openDoorView([pulse], [{ put: "consent", value: consent }]);
    expect([99, 100, 1e15].map((at) => view.consented("flat", "care", at))).toEqual([
      false,
      true,
      true,
    ]);
    expect(view.consented("flat", "research", 200)).toBe(false);
    expect(view.consented("other", "care", 200)).toBe(false);
    view.apply([{ put: "consent", value: { ...consent, withdrawnAt: 300 } }]);
    expect([299, 300].map((at) => view.consented("flat", "care", at))).toEqual([true, false]);
    view.apply([{ put: "consent", value: { ...consent, id: "c2", givenAt: 400 } }]);
    expect([350, 400].map((at) => view.consented("flat", "care", at))).toEqual([false, true]);
    view.apply([{ remove: "consent", id: "c2" }]);
    expect(view.consented("flat", "care", 500)).toBe(false);
  });

  test("knows who may send about persons, a gateway as long as it speaks for one who does", () => {
    const band = { id: "b1", siteId: "flat", scenario: "pulse", gatewayId: "g" };
    const view = openDoorView(
      [tank, pulse],
      [
        { put: "gateway", value: { id: "g", siteId: "yard" } },
        { put: "sensor", value: { ...sensor, gatewayId: "g" } },
      ],
    );
    expect(["g", "s1", "b1"].map((id) => view.personal(id))).toEqual([false, false, false]);
    view.apply([{ put: "sensor", value: band }]);
    view.apply([{ put: "sensor", value: band }]);
    expect(["g", "s1", "b1"].map((id) => view.personal(id))).toEqual([true, false, true]);
    view.apply([{ put: "sensor", value: { ...band, gatewayId: "other" } }]);
    expect(["g", "other"].map((id) => view.personal(id))).toEqual([false, true]);
    view.apply([{ remove: "sensor", id: "b1" }]);
    expect(["other", "b1"].map((id) => view.personal(id))).toEqual([false, false]);
  });

  test("says whose sessions must end: the credential is gone, or its secret is neither old nor new", () => {
    const view = openDoorView([tank]);
    const put = (secretHash?: string, previous?: string) =>
      view.apply([
        {
          put: "sensor",
          value: {
            ...sensor,
            ...(secretHash !== undefined && { secretHash }),
            ...(previous !== undefined && { previousSecret: { hash: previous, until: 9 } }),
          },
        },
      ]);
    expect(put("a")).toEqual([]);
    expect(put("a")).toEqual([]);
    expect(put("b", "a")).toEqual([]);
    expect(put("c")).toEqual(["s1"]);
    expect(put()).toEqual(["s1"]);
    expect(view.credential("s1")).toBeUndefined();
    expect(put("d", "c")).toEqual([]);
    expect(view.credential("s1")).toEqual({ hash: "d", previous: { hash: "c", until: 9 } });
    expect(view.apply([{ remove: "sensor", id: "s1" }])).toEqual(["s1"]);
    view.apply([{ put: "gateway", value: { id: "g", siteId: "yard", secretHash: "x" } }]);
    expect(view.apply([{ remove: "gateway", id: "g" }])).toEqual(["g"]);
    expect(view.credential("g")).toBeUndefined();
    expect(view.gatewaySite("g")).toBeUndefined();
  });
});
