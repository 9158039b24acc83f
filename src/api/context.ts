// What every route is handed, and what a request carries once the guard has seen it.

import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { Language } from "../core/text.ts";
import type { Instant } from "../core/time.ts";
import type { Commands } from "./command.ts";
import type { Identity, Who } from "./identity.ts";
import type { Hub } from "./live/hub.ts";
import type { Names } from "./names.ts";
import { may, type Permission } from "./permissions.ts";
import type { Plugins } from "./plugins.ts";
import type { Front } from "./ports.ts";
import type { Eyes } from "./views/alert.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may ask this; a route without it is refused at startup, and denied should it ever be asked. */
    permission?: Permission | "public";
  }
  interface FastifyRequest {
    who: Who | null;
    language: Language;
  }
}

/** The server that routes are hung on: schemas give the types. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type Context = {
  front: Front;
  identity: Identity;
  plugins: Plugins;
  names: Names;
  hub: Hub;
  commands: Commands;
  /** GeoJSON of the base map, or null where none is configured. */
  map: unknown;
  /** Real time, ms; the log's own clock is `front.health().now`. */
  now: () => Instant;
};

/** Who asks. Only for routes with a permission: the guard has let nobody else through. */
export const asker = (request: FastifyRequest): Who => request.who!;

/** How the asker sees. */
export const eyesOf = (request: FastifyRequest): Eyes => ({
  language: request.language,
  vitals: request.who !== null && may(request.who.role, "vitals.read"),
});
