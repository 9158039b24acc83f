// The scenarios that this brain runs: rules, numbers and their sources, what the operator does.

import Type from "typebox";
import { about, answers } from "../answers.ts";
import type { Api, Context } from "../context.ts";
import { Refusal } from "../failure.ts";
import { Id, Query } from "../views/common.ts";
import {
  ScenarioDetailSchema,
  ScenarioSchema,
  scenarioDetail,
  scenarioView,
} from "../views/scenario.ts";

export function scenarioRoutes(app: Api, { front, plugins }: Context): void {
  app.get("/scenarios", {
    config: { permission: "scenarios.read" },
    schema: {
      ...about("scenarios", "api.scenarios.list"),
      querystring: Query({}),
      response: answers(Type.Object({ items: Type.Array(ScenarioSchema) }), []),
    },
    async handler({ language }) {
      const { scenariosOut } = front.health();
      const items = plugins.all.map((plugin) =>
        scenarioView(plugin, language, scenariosOut[plugin.scenario.id] ?? null),
      );
      return { items };
    },
  });

  app.get("/scenarios/:id", {
    config: { permission: "scenarios.read" },
    schema: {
      ...about("scenarios", "api.scenarios.get"),
      params: Type.Object({ id: Id("Scenario") }),
      querystring: Query({}),
      response: answers(ScenarioDetailSchema, ["scenario-not-found"]),
    },
    async handler({ params: { id }, language }) {
      const plugin = plugins.get(id);
      if (!plugin) throw new Refusal("scenario-not-found", { id });
      return scenarioDetail(plugin, language, front.health().scenariosOut[id] ?? null);
    },
  });
}
