import { defineStoryline } from "../storyline.ts";

const river = "river-level";
const crowd = "crowd-density";
const lift = "elevator-safety";

/**
 * A typhoon night: the river rises, a square is flooded, people crowd into a shelter, the power
 * fails in a compound.
 */
export const stormNight = defineStoryline({
  id: "storm-night",
  name: { zh: "暴雨夜", en: "Storm night" },
  tells: {
    zh: "河水上涨并逼近防汛墙顶，广场进水，避险点人群聚集，小区停电、电梯停运困人。",
    en: "The river nears its wall, a square floods, a shelter fills, a power cut stops lifts.",
  },
  steps: [
    // It rains, and the water comes up: at one gauge fast, at another until it nears the wall's
    // crest.
    { at: 0, scenario: river, incident: "surge", sites: { count: 1 }, lasts: 180 },
    { at: 2, scenario: river, incident: "overtopping", sites: { count: 1 }, lasts: 300 },
    // A square is under water: its camera's cabinet fails, and bicycles drift onto the pavement.
    { at: 4, scenario: crowd, incident: "outage", sites: { count: 1 }, lasts: 120 },
    { at: 6, scenario: "non-motor-parking", incident: "blocked", sites: { count: 2 }, lasts: 90 },
    // People come to the shelter, more than it holds.
    { at: 5, scenario: crowd, incident: "packed", sites: { count: 1 }, lasts: 60 },
    { at: 12, scenario: crowd, incident: "inrush", sites: { count: 1 }, lasts: 30 },
    // The power fails in one compound: lifts stop, one with people inside; the monitors of others
    // die.
    {
      at: 8,
      scenario: lift,
      incident: "trapped",
      sites: { withinOne: "compound", place: "dark", count: 1 },
      lasts: 40,
    },
    {
      at: 8,
      scenario: lift,
      incident: "outage",
      sites: { withinOne: "compound", place: "dark", count: 2 },
      lasts: 90,
    },
    // Nobody sleeps well on such a night, and one who lives alone falls ill.
    {
      at: 15,
      scenario: "elder-vital-signs",
      incident: "worsening",
      sites: { count: 1 },
      lasts: 60,
    },
    // The second wave, for whoever watches longer than an hour.
    { at: 70, scenario: river, incident: "flood", sites: { count: 1 }, lasts: 600 },
    { at: 90, scenario: crowd, incident: "standstill", sites: { count: 1 }, lasts: 40 },
    { at: 100, scenario: lift, incident: "positionLost", sites: { count: 2 }, lasts: 60 },
  ],
});
