// How long a sensor waits for its acknowledgement, and an operator for an alert, while readings
// come at a given rate.
//
// Alerts are provoked by lifts of which the alarm button is pressed: the one rule that fires at the
// very reading. Each lift is pressed once and released soon after, so that nothing else comes of
// it. The time runs from before the reading is written to the socket until the frame that tells its
// alert has been read from the live stream.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sensor } from "../src/register/entities.ts";
import { publishPacket, rawLogin } from "../src/testing/raw-mqtt.ts";
import { watchBacklog, watchEnd } from "./parts/backlog.ts";
import { bench, type Outcome, type Values } from "./parts/bench.ts";
import { type Brain, register, startBrain } from "./parts/brain.ts";
import { listenLive } from "./parts/live.ts";
import { loadIt, pause } from "./parts/loading.ts";
import { grouped, summary } from "./parts/numbers.ts";
import { publishersOf, type Street, streetOf } from "./parts/street.ts";
import type { Workshop } from "./parts/workshop.ts";

export const latency = bench(
  "publish to PUBACK, and reading to alert on the live stream, at a given rate",
  {
    rate: { asks: "readings a second", default: "10000" },
    connections: { asks: "MQTT connections", default: "1000" },
    seconds: { asks: "measured time", default: "60" },
    alerts: { asks: "alarm buttons pressed a second, at uneven times", default: "2" },
    sensors: { asks: "sensors in the register", default: "21000" },
  },
  run,
);

const RELEASE_MS = 300;
/** What is not told by then is lost. */
const PATIENCE_MS = 5_000;

async function run(shop: Workshop, values: Values): Promise<Outcome> {
  const connections = values.number("connections");
  const data = shop.folder("data");
  const street = streetOf(data, values.number("sensors"));
  const file = join(shop.folder("load"), "publishers.json");
  writeFileSync(file, JSON.stringify(publishersOf(street, connections, 5)));
  const brain = await startBrain(shop, { folder: data });
  await register(brain, street.changes);
  shop.note(`the brain is ready with ${street.population.sensors.length} sensors`);
  const presses = await pressing(shop, brain, street, values);
  const watched = await watchBacklog(brain);
  const load = {
    port: brain.port,
    connections,
    window: 20,
    seconds: values.number("seconds"),
    rate: values.number("rate"),
    publishers: file,
  };
  const loaded = await loadIt(shop, load, brain, () => {
    const [stopLooking, stopPressing] = [watched.during(), presses.during()];
    return () => Promise.all([stopLooking(), stopPressing()]);
  });
  const backlog = await watchEnd(brain, watched, loaded);
  const { counts } = await brain.stats();
  await brain.stop();
  const { perSecond, ackMs, cores, server } = loaded;
  const alertMs = summary(presses.tookMs);
  const result = {
    rate: perSecond,
    ackMs,
    alertMs,
    alerts: presses.tookMs.length,
    cpu: { load: cores, ...server },
    backlog,
  };
  const failures = [
    ...(perSecond < 0.98 * load.rate ? [`only ${perSecond} readings/s of ${load.rate}`] : []),
    ...(presses.lost() > 0 ? [`${presses.lost()} alerts were not told within 5 s`] : []),
    ...(backlog.missing > 0 ? [`${backlog.missing} acknowledged readings not stored`] : []),
  ];
  const told = [
    `${grouped(perSecond)} readings/s from ${connections} connections`,
    `publish to PUBACK: p50 ${ackMs.p50} ms, p99 ${ackMs.p99} ms, max ${ackMs.max} ms`,
    `reading to alert on the live stream: p50 ${alertMs.p50} ms, p99 ${alertMs.p99} ms, ` +
      `max ${alertMs.max} ms of ${presses.tookMs.length} (${counts.alerts.open} others open)`,
    `cores: ${JSON.stringify(result.cpu)}; behind: ${JSON.stringify(backlog)}`,
  ];
  return { result, told, failures };
}

type Presses = {
  tookMs: number[];
  lost(): number;
  /** Begins to press; what it returns stops that, and waits for what is on its way. */
  during(): () => Promise<void>;
};

/** Lifts that send nothing else are connected and ready to be pressed. */
async function pressing(
  shop: Workshop,
  brain: Brain,
  street: Street,
  values: Values,
): Promise<Presses> {
  const most = Math.ceil(values.number("alerts") * values.number("seconds") * 1.5) + 1;
  const lifts = street.heard
    .slice(values.number("connections"))
    .filter(({ scenario }) => scenario === "elevator-safety")
    .slice(0, most);
  const links = await Promise.all(
    lifts.map(async (sensor) => {
      const password = street.secretOf(sensor.id);
      const link = await rawLogin(brain.port, { id: sensor.id, password, keepalive: 600 });
      shop.finally(() => link.socket.destroy());
      return { sensor, link };
    }),
  );
  const pressedAt = new Map<string, number>();
  const tookMs: number[] = [];
  await listenLive(shop, brain.run, ({ rule, sensorId, phase }, heardAt) => {
    const began = pressedAt.get(sensorId ?? "");
    if (began === undefined || rule !== "alarmButton" || phase === "resolved") return;
    pressedAt.delete(sensorId ?? "");
    tookMs.push(heardAt - began);
  });
  async function press(): Promise<void> {
    const next = links.pop();
    if (!next) return;
    pressedAt.set(next.sensor.id, performance.now());
    next.link.write(said(next.sensor, true));
    await pause(RELEASE_MS);
    next.link.write(said(next.sensor, false));
  }
  const meanMs = 1_000 / values.number("alerts");
  return {
    tookMs,
    lost: () => pressedAt.size,
    during() {
      let on = true;
      const all = (async () => {
        for (; on; await pause(meanMs * (0.4 + 1.2 * Math.random()))) void press();
        for (let left = PATIENCE_MS; left > 0 && pressedAt.size > 0; left -= 50) await pause(50);
      })();
      return () => {
        on = false;
        return all;
      };
    },
  };
}

/** The car stands at a landing; while the button is pressed its doors are shut. */
function said({ id, siteId }: Sensor, isPressed: boolean): Buffer {
  const values = {
    serviceMode: 1,
    carMoving: false,
    doorZone: true,
    doorOpen: !isPressed,
    passengerPresent: true,
    faultCode: "00",
    alarmCode: isPressed ? "90" : "00",
    speedMPerS: 0,
  };
  const body = JSON.stringify({ time: Date.now(), values });
  return publishPacket(`readings/${siteId}/${id}`, body, { qos: 1, id: isPressed ? 1 : 2 });
}
