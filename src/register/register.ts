import type { Json } from "../core/rule.ts";
import type { AnyScenario } from "../core/scenario.ts";
import type { Instant } from "../core/time.ts";
import { problemsOf } from "./check.ts";
import type {
  Cell,
  Community,
  Consent,
  Entities,
  EntityKind,
  Gateway,
  Permit,
  Point,
  RegisterChange,
  Sensor,
  Site,
  Unit,
} from "./entities.ts";
import { FactBook, type Facts } from "./facts.ts";
import { type Box, boxOf, inBox, inRing } from "./geometry.ts";
import { PermitIndex } from "./permits.ts";
import type { Problem } from "./problems.ts";
import { referencesOf } from "./references.ts";
import { entityKinds } from "./shapes.ts";

type Referrer = { kind: EntityKind; id: string };

/**
 * What the judges, the door and the API may know of the world: all entities, and the answers they
 * need, each in the time of a map look-up. What it answers depends only on what it holds, never on
 * the order in which that came. Lists it returns are its own: read them, do not change them.
 */
export class Register {
  readonly #book: FactBook;
  readonly #held = Object.fromEntries(entityKinds.map((kind) => [kind, new Map()])) as {
    [K in EntityKind]: Map<string, Entities[K]>;
  };
  readonly #codes = new Map<string, Referrer>();
  /** "kind/id" → those that name it. */
  readonly #referrers = new Map<string, Map<string, Referrer>>();
  // What follows is worked out when first asked for and dropped when what it was made of changes.
  readonly #facts = new Map<string, Map<string, Facts | null>>();
  readonly #sorted = new Map<EntityKind, readonly unknown[]>();
  readonly #sensorsOf = new Map<string, readonly Sensor[]>();
  readonly #units = new Map<string, Unit | null>();
  #permits: PermitIndex | null = null;
  #cells: { cell: Cell; box: Box }[] | null = null;

  constructor(scenarios: readonly AnyScenario[]) {
    this.#book = new FactBook(scenarios);
  }

  /**
   * What is wrong with a batch that would come next, seen as one; none: `apply` may have it.
   * Changes nothing.
   */
  check(changes: readonly RegisterChange[]): Problem[] {
    return problemsOf(this, this.#book, changes);
  }

  /**
   * Takes a checked batch. Putting what is there already, or removing what is not, does nothing.
   */
  apply(changes: readonly RegisterChange[]): void {
    for (const change of changes) {
      const kind = "put" in change ? change.put : change.remove;
      this.#drop(kind, "put" in change ? change.value.id : change.id);
      if ("put" in change) this.#take(change.put, change.value);
      this.#sorted.delete(kind);
      if (kind === "cell") this.#cells = null;
      if (kind === "unit") this.#units.clear();
      if (kind === "permit" || kind === "site") this.#permits = null;
    }
  }

  get<K extends EntityKind>(kind: K, id: string): Entities[K] | undefined {
    return this.#held[kind].get(id);
  }

  scenario(id: string): AnyScenario | undefined {
    return this.#book.scenario(id);
  }

  sensor(id: string): Sensor | undefined {
    return this.#held.sensor.get(id);
  }

  gateway(id: string): Gateway | undefined {
    return this.#held.gateway.get(id);
  }

  site(id: string): Site | undefined {
    return this.#held.site.get(id);
  }

  /** By id. */
  all<K extends EntityKind>(kind: K): readonly Entities[K][] {
    const known = this.#sorted.get(kind) as readonly Entities[K][] | undefined;
    if (known) return known;
    const sorted = [...this.#held[kind].values()].sort(byId);
    this.#sorted.set(kind, sorted);
    return sorted;
  }

  /**
   * Everything as puts, each after what it refers to: applied to an empty register, they make this
   * one.
   */
  changes(): RegisterChange[] {
    return entityKinds.flatMap((kind) => {
      const values =
        kind === "site"
          ? this.all("site")
              .map((site) => ({ site, depth: this.ancestors(site.id).length }))
              .sort((a, b) => a.depth - b.depth)
              .map(({ site }) => site)
          : this.all(kind);
      return values.map((value) => ({ put: kind, value }) as RegisterChange);
    });
  }

  /** The entity that has a code, of whatever kind. */
  coded(code: string): Referrer | undefined {
    return this.#codes.get(code);
  }

  /** Those that name an entity. */
  referrers(kind: EntityKind, id: string): readonly Referrer[] {
    return [...(this.#referrers.get(`${kind}/${id}`)?.values() ?? [])];
  }

  /**
   * What a scenario's rules may know of a site, its schema's defaults filled in and frozen;
   * undefined: not enough.
   */
  facts(scenario: string, siteId: string): Facts | undefined {
    const known = this.#facts.get(siteId)?.get(scenario);
    if (known !== undefined) return known ?? undefined;
    const facts = this.#factsAnew(scenario, siteId);
    const ofSite = this.#facts.get(siteId);
    if (ofSite) ofSite.set(scenario, facts);
    else this.#facts.set(siteId, new Map([[scenario, facts]]));
    return facts ?? undefined;
  }

  /** The sites around a site, nearest first, without itself. */
  ancestors(siteId: string): readonly Site[] {
    const found: Site[] = [];
    let next = this.site(siteId)?.parentId;
    while (next !== undefined) {
      const site = this.site(next);
      if (!site || found.includes(site)) break;
      found.push(site);
      next = site.parentId;
    }
    return found;
  }

  /** The id of the nearest site of a kind, upwards from the site itself. */
  nearest(siteId: string, kind: string): string | undefined {
    const own = this.site(siteId);
    if (own?.kind === kind) return siteId;
    return this.ancestors(siteId).find((site) => site.kind === kind)?.id;
  }

  cellOf(siteId: string): Cell | undefined {
    const cellId = this.site(siteId)?.cellId;
    return cellId === undefined ? undefined : this.#held.cell.get(cellId);
  }

  communityOf(siteId: string): Community | undefined {
    const communityId = this.cellOf(siteId)?.communityId;
    return communityId === undefined ? undefined : this.#held.community.get(communityId);
  }

  /** The cell that a point lies in; by id the first, where cells overlap. */
  cellAt(point: Point): Cell | undefined {
    this.#cells ??= this.all("cell").map((cell) => ({ cell, box: boxOf(cell.ring) }));
    return this.#cells.find(({ cell, box }) => inBox(box, point) && inRing(cell.ring, point))?.cell;
  }

  /** Where a site stands: its own point, or the nearest one of a site around it. */
  pointOf(siteId: string): Point | undefined {
    return this.site(siteId)?.at ?? this.ancestors(siteId).find((site) => site.at)?.at;
  }

  /** The sensors of the very site, by id; those of sites within it are not among them. */
  sensorsOf(siteId: string): readonly Sensor[] {
    const known = this.#sensorsOf.get(siteId);
    if (known) return known;
    const ids = this.referrers("site", siteId).filter((one) => one.kind === "sensor");
    const sensors = ids.map((one) => this.#held.sensor.get(one.id)!).sort(byId);
    this.#sensorsOf.set(siteId, sensors);
    return sensors;
  }

  outOfService(sensorId: string): boolean {
    return this.sensor(sensorId)?.outOfService !== undefined;
  }

  /**
   * Who does the work of a role in a community: whoever has the fewest communities, those for
   * everywhere last; then by id.
   */
  unitFor(role: string, communityId: string): Unit | undefined {
    const key = `${role}/${communityId}`;
    let unit = this.#units.get(key);
    if (unit === undefined) {
      const reach = (one: Unit) => one.communityIds.length || Number.POSITIVE_INFINITY;
      const able = this.all("unit").filter(
        ({ roles, communityIds }) =>
          roles.includes(role) && (communityIds.length === 0 || communityIds.includes(communityId)),
      );
      unit = able.sort((a, b) => (reach(a) === reach(b) ? byId(a, b) : reach(a) - reach(b)))[0];
      this.#units.set(key, unit ?? null);
    }
    return unit ?? undefined;
  }

  /**
   * The permits that keep a rule quiet at a site at an instant, by id: those of the site and of all
   * around it, and those whose ring holds its point. From `from` on, until just before `to`. None
   * for life safety.
   */
  permitsFor(siteId: string, scenario: string, rule: string, at: Instant): readonly Permit[] {
    const lifeSafety = this.#book.scenario(scenario)?.lifeSafety?.includes(rule) ?? false;
    const sites = [siteId, ...this.ancestors(siteId).map((site) => site.id)];
    const mutable = { scenario, rule, lifeSafety };
    return this.#permitIndex().at(sites, this.pointOf(siteId), mutable, at);
  }

  /** The first instant after `at` at which any permit begins or ends; null: none does. */
  nextPermitChange(at: Instant): Instant | null {
    return this.#permitIndex().nextChange(at);
  }

  /**
   * Whether a consent for a purpose is on record at the very site: given by then and not withdrawn.
   */
  consented(siteId: string, purpose: string, at: Instant): boolean {
    for (const { kind, id } of this.#referrers.get(`site/${siteId}`)?.values() ?? [])
      if (kind === "consent" && live(this.#held.consent.get(id)!, purpose, at)) return true;
    return false;
  }

  #permitIndex(): PermitIndex {
    this.#permits ??= new PermitIndex(this.all("permit"));
    return this.#permits;
  }

  #factsAnew(scenario: string, siteId: string): Facts | null {
    const site = this.site(siteId);
    if (!site || !this.#book.scenario(scenario)) return null;
    const given: Json | undefined = site.facts[scenario];
    if (this.#book.faults(scenario, given).length > 0) return null;
    return this.#book.filled(scenario, given);
  }

  #take<K extends EntityKind>(kind: K, value: Entities[K]): void {
    const self = { kind, id: value.id };
    this.#held[kind].set(value.id, value);
    if ("code" in value) this.#codes.set(value.code, self);
    for (const { kind: named, id } of referencesOf(kind, value)) {
      const key = `${named}/${id}`;
      const known = this.#referrers.get(key);
      if (known) known.set(`${kind}/${value.id}`, self);
      else this.#referrers.set(key, new Map([[`${kind}/${value.id}`, self]]));
    }
    this.#forget(kind, value);
  }

  #drop<K extends EntityKind>(kind: K, id: string): void {
    const value = this.#held[kind].get(id);
    if (!value) return;
    this.#held[kind].delete(id);
    if ("code" in value && this.#codes.get(value.code)?.id === id) this.#codes.delete(value.code);
    for (const reference of referencesOf(kind, value)) {
      const known = this.#referrers.get(`${reference.kind}/${reference.id}`);
      known?.delete(`${kind}/${id}`);
      if (known?.size === 0) this.#referrers.delete(`${reference.kind}/${reference.id}`);
    }
    this.#forget(kind, value);
  }

  /** Drops what was worked out from an entity that comes or goes. */
  #forget<K extends EntityKind>(kind: K, value: Entities[K]): void {
    if (kind === "sensor") this.#sensorsOf.delete((value as Sensor).siteId);
    if (kind === "site") this.#facts.delete(value.id);
  }
}

const byId = (a: { id: string }, b: { id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

const live = (consent: Consent, purpose: string, at: Instant): boolean =>
  consent.purpose === purpose &&
  consent.givenAt <= at &&
  (consent.withdrawnAt === undefined || at < consent.withdrawnAt);
