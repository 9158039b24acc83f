// The plugin kit, imported as "#scenario": all that a scenario may know.
export { default as Type, type Static } from "typebox";
export * from "./alert.ts";
export * from "./level.ts";
export * from "./polygon.ts";
export * from "./presets/index.ts";
export * from "./rule.ts";
export * from "./scenario.ts";
export * from "./street-date.ts";
export * from "./sun.ts";
export * from "./text.ts";
export * from "./time.ts";
