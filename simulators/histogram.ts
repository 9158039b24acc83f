// How long something took, counted in buckets that grow by 2 %, so that a night of it needs no more
// memory than a minute.

const GROWTH = Math.log(1.02);
/** Shorter than this is counted as this: no clock here is finer. */
const FINEST_MS = 0.01;

export type Quantiles = { p50: number; p99: number };

/** Durations in milliseconds, to within 1 %. */
export class Histogram {
  readonly #counts: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    const bucket = Math.max(0, Math.round(Math.log(Math.max(ms, FINEST_MS) / FINEST_MS) / GROWTH));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
  }

  /** The duration that a share (0 to 1) of all did not exceed; 0 when there were none. */
  quantile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count ?? 0;
      if (seen >= wanted && this.#count > 0) return FINEST_MS * Math.exp(bucket * GROWTH);
    }
    return 0;
  }

  /** Rounded to hundredths of a millisecond, for people and JSON. */
  quantiles(): Quantiles {
    return { p50: rounded(this.quantile(0.5)), p99: rounded(this.quantile(0.99)) };
  }
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
