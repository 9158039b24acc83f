// Readings of one sensor: as they came, or down-sampled for a plot.

import Type, { type Static } from "typebox";
import { hours, type Instant } from "../../core/time.ts";
import type { Sensor } from "../../register/entities.ts";
import { steps } from "../../store/history.ts";
import { about, answers } from "../answers.ts";
import { type Api, type Context, eyesOf } from "../context.ts";
import { Refusal } from "../failure.ts";
import { fieldsOf } from "../plugins.ts";
import { instantOf } from "../query.ts";
import { At, Id, Masked, Nullable, Query, Time } from "../views/common.ts";
import { BucketsSchema, PointsSchema, pointView } from "../views/reading.ts";

const ReadingsQuery = Query({
  sensor: Id("Sensor"),
  field: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: "A numeric field; the first, if left out",
    }),
  ),
  from: Time("Readings at or after; three hours before `to`, if left out"),
  to: Time("Readings before; now, if left out"),
  points: Type.Optional(
    Type.Integer({ minimum: 2, maximum: 500, default: 300, description: "About so many buckets" }),
  ),
  raw: Type.Optional(Type.Boolean({ description: "true: readings as they came, not buckets" })),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 500,
      default: 500,
      description: "With raw: most readings",
    }),
  ),
});

const ReadingsSchema = Type.Object({
  sensorId: Type.String(),
  from: At,
  to: At,
  masked: Masked,
  field: Nullable(Type.String({ description: "What the buckets are of; null with raw" })),
  step: Nullable(Type.Integer({ description: "Width of a bucket, ms; null with raw" })),
  buckets: BucketsSchema,
  points: PointsSchema,
  next: Nullable(Type.Integer({ description: "With raw: ask on from here; null at the end" })),
});
type Readings = Static<typeof ReadingsSchema>;

export function readingRoutes(app: Api, context: Context): void {
  app.get("/readings", {
    config: { permission: "readings.read" },
    schema: {
      ...about("readings", "api.readings.list"),
      querystring: ReadingsQuery,
      response: answers(ReadingsSchema, [
        "sensor-not-found",
        "field-unknown",
        "time-unreadable",
        "time-order",
      ]),
    },
    async handler(request): Promise<Readings> {
      const { query } = request;
      const { front, plugins } = context;
      const to = instantOf("to", query.to) ?? front.health().now + 1; // now itself counts
      const from = instantOf("from", query.from) ?? to - hours(3);
      if (from >= to) throw new Refusal("time-order", { from, to });
      const sensor = await front.records.entity("sensor", query.sensor);
      if (!sensor) throw new Refusal("sensor-not-found", { id: query.sensor });
      const none = { sensorId: sensor.id, from, to, field: null, step: null, next: null };
      const empty = { ...none, buckets: [], points: [] };
      if (!eyesOf(request).vitals && plugins.personal(sensor.scenario))
        return { ...empty, masked: true };
      if (query.raw === true) {
        const points = await raw(context, sensor.id, from, to, query.limit ?? 500);
        return { ...empty, ...points };
      }
      const field = fieldOf(context, sensor, query.field);
      const { step, buckets } = await front.history.buckets(
        sensor.id,
        field,
        from,
        to,
        query.points ?? 300,
      );
      return { ...empty, field, step: steps[step], buckets: buckets.map((one) => ({ ...one })) };
    },
  });
}

async function raw(
  { front }: Context,
  sensorId: string,
  from: Instant,
  to: Instant,
  limit: number,
): Promise<Pick<Readings, "points" | "next">> {
  const { points, more } = await front.history.raw(sensorId, from, to, limit);
  const last = points.at(-1);
  return { points: points.map(pointView), next: more && last ? last.at + 1 : null };
}

/** The numeric field that was asked for, or the first one. */
function fieldOf({ plugins }: Context, sensor: Sensor, asked: string | undefined): string {
  const plugin = plugins.get(sensor.scenario);
  const numeric = plugin
    ? fieldsOf(plugin.scenario).flatMap(({ name, type }) => (type === "number" ? [name] : []))
    : [];
  const field = asked ?? numeric[0];
  if (field === undefined || !numeric.includes(field))
    throw new Refusal("field-unknown", { field: field ?? "-", known: numeric.join(", ") });
  return field;
}
