/** Who may import whom (docs/architecture.md). Each rule's comment is written for the person who broke it. */
const test = "[.]test[.]ts$|/contract/|^src/testing/";
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment:
        "Two files that need each other are one file, or a third one is missing between them.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core-imports-nothing",
      comment:
        "The core is the bottom: pure, no Node, no I/O, only the schema library and two of pure arithmetic (docs/adr/0020). Hand in what you need.",
      severity: "error",
      from: { path: "^src/core/", pathNot: test },
      to: {
        pathNot: ["^src/core/", "node_modules/(typebox|suncalc|point-in-polygon-hao)"],
      },
    },
    {
      name: "pure-rooms-on-core-only",
      comment:
        "engine, cases and register are pure and know only the core. What joins them belongs in src/app.",
      severity: "error",
      from: { path: "^src/(engine|cases|register)/", pathNot: test },
      to: { pathNot: ["^src/core/", "^src/$1/", "node_modules/typebox"] },
    },
    {
      name: "messages-import-nothing",
      comment: "The message catalogue is texts only, so that every room may use it.",
      severity: "error",
      from: { path: "^src/messages/", pathNot: test },
      to: { pathNot: ["^src/messages/", "^src/core/"] },
    },
    {
      name: "scenarios-see-only-the-kit",
      comment:
        "A scenario is a statement about the world. It may not know how it is run: import #scenario only.",
      severity: "error",
      from: { path: "^scenarios/([^/]+)/", pathNot: test },
      to: { pathNot: ["^scenarios/$1/", "^src/core/index[.]ts$"] },
    },
    {
      name: "rooms-meet-at-ports",
      comment:
        "app, ingest, store, notify, api and cli know the pure rooms, and of one another only the port files. main.ts joins them.",
      severity: "error",
      from: { path: "^src/(app|ingest|store|notify|api)/", pathNot: test },
      to: {
        path: "^src/(?!core/|engine/|cases/|register/|messages/)",
        pathNot: [
          "^src/$1/",
          "^src/store/(log|history|records)[.]ts$",
          "^src/ingest/quarantine[.]ts$",
          "^src/api/ports[.]ts$",
          "^src/app/commands[.]ts$",
          "^src/config[.]ts$",
        ],
      },
    },
    {
      name: "the-workshop-reads-and-judges",
      comment:
        "The workshop judges the past with the judge's own mind and reads it by the ports. It writes no store, and nothing that runs live may need it: only cli and api open it.",
      severity: "error",
      from: { path: "^src/workshop/", pathNot: test },
      to: {
        path: "^src/(?!workshop/|core/|engine/|cases/|register/|messages/)",
        pathNot: [
          "^src/app/(mind|commands)[.]ts$",
          "^src/store/(log|history|records)[.]ts$",
          "^src/testing/(conformance|defaults|field|play|stage)[.]ts$",
        ],
      },
    },
    {
      name: "nothing-live-needs-the-workshop",
      comment: "What runs live may not lean on what developers use: cli and api open the workshop.",
      severity: "error",
      from: {
        path: "^src/(core|engine|cases|register|app|ingest|store|notify|threads)/",
        pathNot: test,
      },
      to: { path: "^src/workshop/" },
    },
    {
      name: "simulators-are-outsiders",
      comment:
        "A simulator is a device among devices: scenarios, the kit, the register's files and MQTT; never the engine or a store.",
      severity: "error",
      from: { path: "^simulators/", pathNot: test },
      to: { path: "^src/(?!core/|register/|messages/)" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules/(?!typebox|suncalc|point-in-polygon-hao)" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
