// Readings as the API tells them.

import Type, { type Static } from "typebox";
import type { Reading } from "../../core/reading.ts";
import type { HistoryPoint, LastValue } from "../../store/history.ts";
import { At, Masked, Nullable } from "./common.ts";

const Quality = Type.Union([Type.Literal("good"), Type.Literal("suspect"), Type.Literal("bad")]);
export const ValuesSchema = Type.Record(
  Type.String(),
  Type.Union([Type.Number(), Type.Boolean(), Type.String()]),
);

export const PointsSchema = Type.Array(
  Type.Object({ at: At, values: ValuesSchema, quality: Quality }),
);

export const BucketsSchema = Type.Array(
  Type.Object({
    at: At,
    min: Type.Number(),
    max: Type.Number(),
    mean: Type.Number(),
    count: Type.Integer(),
    last: Type.Number(),
  }),
);

export const LastSchema = Type.Object({
  at: At,
  receivedAt: At,
  values: ValuesSchema,
  quality: Quality,
  batteryPct: Nullable(Type.Number()),
  rssiDbm: Nullable(Type.Number()),
  masked: Masked,
});

export const pointView = ({ at, values, quality }: HistoryPoint): PointView => ({
  at,
  values: { ...values },
  quality,
});
export type PointView = Static<typeof PointsSchema>[number];

/** A reading as it goes to a plot: by the sensor's own time. */
export const livePoint = ({ time, values, quality }: Reading): PointView => ({
  at: time,
  values: { ...values },
  quality,
});

/** The newest reading; of a scenario on persons only that there is one, unless the asker may see it. */
export const lastView = (last: LastValue, masked: boolean): Static<typeof LastSchema> => ({
  at: last.at,
  receivedAt: last.receivedAt,
  values: masked ? {} : { ...last.values },
  quality: last.quality,
  batteryPct: last.batteryPct ?? null,
  rssiDbm: last.rssiDbm ?? null,
  ...(masked ? { masked: true as const } : {}),
});
