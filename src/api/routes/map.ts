// The base map that whoever runs the brain has configured.

import Type from "typebox";
import { about, answers } from "../answers.ts";
import type { Api, Context } from "../context.ts";
import { Nullable, Query } from "../views/common.ts";

const MapSchema = Type.Object({
  map: Nullable(Type.Unknown({ description: "A GeoJSON FeatureCollection, WGS-84" })),
});

export function mapRoutes(app: Api, { map }: Context): void {
  app.get("/map", {
    config: { permission: "register.read" },
    schema: {
      ...about("register", "api.map.get"),
      querystring: Query({}),
      response: answers(MapSchema, []),
    },
    handler: async () => ({ map }),
  });
}
