// Every failure becomes a problem of the table (RFC 9457), in the asker's language; never a stack.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "../core/text.ts";
import { apiMessages } from "../messages/api.ts";
import type { Problem as RegisterFault } from "../register/problems.ts";
import { BadCursor } from "../store/records.ts";
import { houseProblems } from "./problems/house.ts";
import { type ProblemCode, type ProblemParams, problem } from "./problems.ts";
import { type Misfit, Misfits } from "./validate.ts";

/** Thrown by a route that answers with a problem of the table. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly params: ProblemParams;
  constructor(code: ProblemCode, params: ProblemParams = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/** One thing wrong with a request, in the asker's language. */
type Fault = { field: string; value: string; says?: string; remedy?: string; wanted?: string };
type Told = { code: string; params: ProblemParams; faults?: readonly Fault[] };

/** What the server itself says of a request it can't read, by Fastify's codes. */
const unreadable: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "media-type-unsupported",
  FST_ERR_CTP_EMPTY_JSON_BODY: "not-json",
  FST_ERR_CTP_INVALID_JSON_BODY: "not-json",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "not-json",
};

/** Makes `app` answer every failure and every unknown address with a problem. */
export function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const told = toldOf(error, request);
    if (told.code === "internal") request.log.error({ err: error }, "a request failed");
    return send(reply, request.language ?? "zh", told);
  });
  app.setNotFoundHandler((request, reply) =>
    send(reply, request.language ?? "zh", { code: "route-not-found", params: {} }),
  );
}

function send(reply: FastifyReply, language: Language, told: Told): FastifyReply {
  const body = problem(told.code, told.params, language);
  const seconds = told.params.seconds;
  if (body.status === 429 && seconds !== undefined) reply.header("retry-after", String(seconds));
  const { faults } = told;
  return reply
    .code(body.status)
    .type("application/problem+json; charset=utf-8")
    .serializer(JSON.stringify as (payload: unknown) => string)
    .send(faults ? { ...body, faults } : body);
}

function toldOf(error: FastifyError | Error, { language }: FastifyRequest): Told {
  if (error instanceof Refusal)
    return error.code === "register-refused"
      ? registerRefused(error, language)
      : { code: error.code, params: error.params };
  if (error instanceof Misfits) return misfitting(error.misfits, language);
  if (error instanceof BadCursor) return { code: "cursor-invalid", params: {} };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (Object.hasOwn(houseProblems, code)) return { code, params: {} };
  if (code === "ENOSPC") return { code: "disk-full", params: {} };
  if (Object.hasOwn(unreadable, code)) return { code: unreadable[code]!, params: {} };
  // A body that is no JSON, or one with a forbidden key, comes as the parser's own error.
  if ("statusCode" in error && error.statusCode === 400) return { code: "not-json", params: {} };
  return { code: "internal", params: {} };
}

function misfitting(misfits: readonly Misfit[], language: Language): Told {
  const faults = misfits.map(({ field, value, kind, wanted }) => ({
    field: field === "" ? "body" : field,
    value,
    wanted: kind === "wrong" ? wanted[language] : apiMessages[`api.wanted.${kind}`][language],
  }));
  const [first = { field: "", value: "", wanted: "" }] = faults;
  return { code: "invalid-request", params: first, faults };
}

/** The register's faults come as JSON in one parameter; they are told one by one. */
function registerRefused({ code, params }: Refusal, language: Language): Told {
  const { faults: text, ...rest } = params;
  const faults = JSON.parse(String(text ?? "[]")) as RegisterFault[];
  return {
    code,
    params: rest,
    faults: faults.map(({ index, entity, id, field, value, says, remedy }) => ({
      index,
      entity,
      id,
      field,
      value,
      says: says[language],
      remedy: remedy[language],
    })),
  };
}
