// The OpenAPI 3.1 document, made from the routes' schemas, and the page to browse it.

import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { both, sharedSchemas, tags } from "./answers.ts";

/** Registers the document at /api/openapi.json and its page at /api/docs. Before the routes it is to tell of. */
export async function openDocument(app: FastifyInstance): Promise<void> {
  for (const schema of sharedSchemas) app.addSchema(schema);
  await app.register(swagger, {
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
    openapi: {
      openapi: "3.1.0",
      info: { title: both("api.title"), description: both("api.about"), version: "1" },
      tags: tags.map((name) => ({ name, description: both(`api.tag.${name}`) })),
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer" },
          session: { type: "apiKey", in: "cookie", name: "brain-<port>" },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const permission = route.config?.permission;
      const open = permission === undefined || permission === "public";
      return {
        url,
        schema: {
          ...schema,
          "x-permission": permission,
          description: open ? undefined : `${both("api.permission")}: ${permission}`,
          security: open ? [] : [{ bearer: [] }, { session: [] }],
        } as typeof schema,
      };
    },
  });
  app.get(
    "/api/openapi.json",
    { config: { permission: "public" }, schema: { hide: true } },
    async () => app.swagger(),
  );
  await app.register(async (docs) => {
    docs.addHook("onRoute", (route) => {
      route.config = { permission: "public", ...route.config };
    });
    await docs.register(swaggerUi, {
      routePrefix: "/api/docs",
      staticCSP:
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      uiConfig: { docExpansion: "list", layout: "BaseLayout" },
      theme: { title: both("api.title") },
    });
  });
}
