// The live stream, GET /live: server-sent events.

import type { FastifyReply } from "fastify";
import Type from "typebox";
import { about, streams } from "../answers.ts";
import { type Api, asker, type Context, eyesOf } from "../context.ts";
import { Refusal } from "../failure.ts";
import { frame } from "../live/frame.ts";
import type { Line } from "../live/reader.ts";
import { may } from "../permissions.ts";
import { Id, Query } from "../views/common.ts";

const Headers = Type.Object({
  "last-event-id": Type.Optional(
    Type.String({
      maxLength: 20,
      description: "Id of the last frame that was seen; what was missed follows",
    }),
  ),
});

export function liveRoutes(app: Api, { front, plugins, hub }: Context): void {
  app.get("/live", {
    config: { permission: "live.read" },
    schema: {
      ...about("live", "api.live"),
      headers: Headers,
      querystring: Query({ sensor: Type.Optional(Id("Sends the readings of this sensor too")) }),
      response: streams(["sensor-not-found", "too-many-streams"]),
    },
    async handler(request, reply) {
      const who = asker(request);
      const eyes = eyesOf(request);
      const asked = request.query.sensor;
      const sensor = asked === undefined ? null : await front.records.entity("sensor", asked);
      if (asked !== undefined && !sensor) throw new Refusal("sensor-not-found", { id: asked });
      const seen =
        sensor !== null &&
        may(who.role, "readings.read") &&
        (eyes.vitals || !plugins.personal(sensor.scenario));
      const line = lineOf(reply);
      const reader = hub.join({
        who,
        eyes,
        after: positionOf(request.headers["last-event-id"]),
        sensorId: seen ? sensor.id : null,
        line,
      });
      if (!reader) throw new Refusal("too-many-streams");
      reply.raw.on("drain", () => reader.drained());
      reply.raw.on("close", () => hub.leave(reader));
      if (sensor && !seen) {
        const body = { sensorId: sensor.id, points: [], gap: false, masked: true };
        reader.beat(frame("readings", JSON.stringify(body)));
      }
      return reply;
    },
  });
}

/** Anything that is no position of ours begins anew, as does a stream that never was. */
const positionOf = (id: unknown): number | null =>
  typeof id === "string" && /^\d{1,15}$/.test(id) ? Number(id) : null;

/** Takes the socket out of the server's hands with the first frame. */
function lineOf(reply: FastifyReply): Line {
  const { raw } = reply;
  const begin = () => {
    if (reply.sent) return;
    reply.hijack();
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    raw.socket?.setNoDelay(true);
    raw.write("retry: 1000\n\n");
  };
  return {
    write(chunk) {
      begin();
      return raw.write(chunk);
    },
    end() {
      begin();
      raw.end();
    },
    destroy: () => void raw.destroy(),
  };
}
