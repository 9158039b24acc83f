// What came in and was not taken, and why.

import Type, { type Static } from "typebox";
import { type Quarantined, type Reason, reasons } from "../../ingest/quarantine.ts";
import { about, answers } from "../answers.ts";
import { type Api, type Context, eyesOf } from "../context.ts";
import { present } from "../query.ts";
import type { Eyes } from "../views/alert.ts";
import { At, Masked, Nullable, OneOf, Query } from "../views/common.ts";

const allReasons = Object.keys(reasons) as Reason[];

const ItemSchema = Type.Object({
  id: Type.Integer(),
  at: At,
  reason: Type.String(),
  says: Type.String({ description: "What the reason means, and the remedy" }),
  clientId: Type.String(),
  topic: Type.String(),
  detail: Type.String(),
  excerpt: Type.String(),
  masked: Masked,
});

const QuarantineSchema = Type.Object({
  items: Type.Array(ItemSchema),
  next: Nullable(Type.Integer({ description: "Ask for it as `before`; null on the last page" })),
  counts: Type.Array(
    Type.Object({ reason: Type.String(), says: Type.String(), count: Type.Integer() }),
    { description: "Of each reason since the data folder began, kept or not; the most first" },
  ),
});

export function quarantineRoutes(app: Api, context: Context): void {
  const { front } = context;
  app.get("/quarantine", {
    config: { permission: "quarantine.read" },
    schema: {
      ...about("quarantine", "api.quarantine.list"),
      querystring: Query({
        reason: Type.Optional(OneOf(allReasons)),
        client: Type.Optional(Type.String({ maxLength: 128, description: "Client id" })),
        before: Type.Optional(
          Type.Integer({ minimum: 1, description: "The `next` of the page before" }),
        ),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
      }),
      response: answers(QuarantineSchema, []),
    },
    async handler(request) {
      const { reason, client, before, limit = 100 } = request.query;
      const items = front.quarantine.list(present({ reason, clientId: client, before, limit }));
      const eyes = eyesOf(request);
      const counts = Object.entries(front.quarantine.counts()) as [Reason, number][];
      return {
        items: await Promise.all(items.map((item) => itemView(item, eyes, context))),
        next: items.length < limit ? null : (items.at(-1)?.id ?? null),
        counts: counts
          .sort(([, a], [, b]) => b - a)
          .map(([name, count]) => ({ reason: name, says: reasons[name][eyes.language], count })),
      };
    },
  });
}

async function itemView(
  item: Quarantined,
  { language, vitals }: Eyes,
  { front, plugins }: Context,
): Promise<Static<typeof ItemSchema>> {
  const told = { ...item, says: reasons[item.reason][language] };
  if (vitals) return told;
  const sensorId = item.topic.split("/").at(-1) ?? "";
  const sensor = /^[A-Za-z0-9_-]{1,64}$/.test(sensorId)
    ? await front.records.entity("sensor", sensorId)
    : null;
  const personal = item.reason === "no-consent" || (sensor && plugins.personal(sensor.scenario));
  return personal ? { ...told, detail: "", excerpt: "", masked: true } : told;
}
