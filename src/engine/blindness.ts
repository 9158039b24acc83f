// Where nobody sees anything any more: a gateway, or a site, whose sensors have gone quiet. One alert for all of them, and theirs
// are laid under it. Pure: what is blind follows from who is silent now and which gateways are gone, and from nothing before.

import { type Grade, severity } from "../core/level.ts";

/** Sensors that go blind together. */
export type Group = {
  /** A gateway or a site. */
  id: string;
  siteId: string;
  sensorIds: readonly string[];
};

export interface Groups {
  /** Those that a sensor belongs to: its gateway's, where it has one, and its site's. */
  of(sensorId: string): readonly Group[];
  gateway(id: string): Group | undefined;
}

/** Went blind, went worse, or sees again (`level` null). */
export type BlindChange = {
  group: Group;
  level: Grade | null;
  /** How many of its sensors are silent. */
  silent: number;
};

/** Fewer silent sensors than this are told one by one (operator default). */
const AT_LEAST = 3;
/** A group is blind when so much of it is silent (operator default). */
const SHARE = 0.8;

type Sight = { level: Grade | null; silent: number };

/** Follows who is silent. Give it what was silent, and who was gone, before it is asked anything. */
export class Blindness {
  readonly #groups: Groups;
  readonly #silent = new Map<string, Grade>();
  readonly #gone = new Set<string>();

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  /** A sensor has gone quiet, quiet at a worse level, or speaks again (null). */
  sensor(id: string, level: Grade | null): BlindChange[] {
    return this.#change(this.#groups.of(id), () => {
      if (level === null) this.#silent.delete(id);
      else this.#silent.set(id, level);
    });
  }

  /** A link went up or down. Nothing comes of it where it is no gateway's. */
  link(id: string, online: boolean): BlindChange[] {
    const group = this.#groups.gateway(id);
    if (!group || group.sensorIds.length === 0) return [];
    return this.#change([group], () => {
      if (online) this.#gone.delete(id);
      else this.#gone.add(id);
    });
  }

  #change(groups: readonly Group[], move: () => void): BlindChange[] {
    const before = groups.map((group) => this.#sight(group));
    move();
    return groups.flatMap((group, i) => {
      const { level, silent } = this.#sight(group);
      return level === before[i]!.level ? [] : [{ group, level, silent }];
    });
  }

  #sight({ id, sensorIds }: Group): Sight {
    const levels = sensorIds.flatMap((sensorId) => this.#silent.get(sensorId) ?? []);
    const silent = levels.length;
    const mostly = silent >= AT_LEAST && silent >= SHARE * sensorIds.length;
    if (!mostly && !this.#gone.has(id)) return { level: null, silent };
    const worst = levels.reduce<Grade>(
      (found, level) => (severity(level) > severity(found) ? level : found),
      "yellow",
    );
    return { level: worst, silent };
  }
}
