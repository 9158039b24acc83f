// The storylines that come with the house. One line each; `simulate --storyline` knows them by id.

export { stormNight } from "./storm-night.ts";
