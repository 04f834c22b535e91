import { type DaprClient, StateConcurrencyEnum, StateConsistencyEnum } from '@dapr/dapr';
import { reasonOf, within } from './deadline';
import { store } from './names';
import type { ReservationRecord } from './record';

const patience = 5_000;
const rounds = 8;
const largestGroup = 100;
const firstWrite = { concurrency: StateConcurrencyEnum.CONCURRENCY_FIRST_WRITE, consistency: StateConsistencyEnum.CONSISTENCY_STRONG };

interface Change {
  id: string;
  apply: (record: ReservationRecord) => void;
  done: () => void;
  failed: (error: unknown) => void;
  refused?: true;
}

interface Loaded {
  record: ReservationRecord;
  etag: string | undefined;
  before: string;
}

/**
 * The records of reservations: load, change, save with etag; changed again on what a competitor wrote meanwhile. Changes that come while others
 * are being saved gather and go together, two calls for all, so that events of one reservation do not compete with each other.
 */
export class ReservationStore {
  private readonly waiting: Change[] = [];
  private busy = false;

  constructor(private readonly dapr: DaprClient) {}

  async get(id: string): Promise<ReservationRecord> {
    return (await this.load([id])).get(id)!.record;
  }

  /** A change may be applied several times, to different versions of the record; the last result is the one that was saved. */
  async change<T>(id: string, decide: (record: ReservationRecord) => T): Promise<T> {
    let result: T;
    await new Promise<void>((done, failed) => {
      this.waiting.push({ id, apply: record => { result = decide(record); }, done, failed });
      if (!this.busy) void this.serve();
    });
    return result!;
  }

  private async serve(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) await this.saveTogether(this.waiting.splice(0, largestGroup));
    this.busy = false;
  }

  private async saveTogether(group: Change[]): Promise<void> {
    if (await this.attempt(group) === undefined) return;
    // which of the records was refused is not said: each by itself
    for (const id of new Set(group.map(change => change.id))) await this.saveAlone(group.filter(change => change.id === id));
  }

  private async saveAlone(changes: Change[]): Promise<void> {
    let failure: unknown;
    for (let round = 0; round < rounds; round++) {
      failure = await this.attempt(changes);
      if (failure === undefined) return;
    }
    for (const change of changes) change.failed(failure);
  }

  /** Gives what went wrong, if the changes may not have been saved. */
  private async attempt(changes: Change[]): Promise<unknown> {
    try {
      const loaded = await this.load([...new Set(changes.map(change => change.id))]);
      const decided = changes.filter(change => !change.refused && decides(change, loaded.get(change.id)!.record));
      await this.save(loaded);
      for (const change of decided) change.done();
      return undefined;
    } catch (error) {
      return error;
    }
  }

  private async load(ids: string[]): Promise<Map<string, Loaded>> {
    const items = await within(patience, store, this.dapr.state.getBulk(store, ids)) as { key: string; data?: ReservationRecord; etag?: string }[];
    return new Map(items.map(({ key, data, etag }) => {
      const record = data || { notifications: [] };
      return [key, { record, etag: etag || undefined, before: JSON.stringify(record) }];
    }));
  }

  private async save(loaded: Map<string, Loaded>): Promise<void> {
    const items = [...loaded].filter(([, { record, before }]) => JSON.stringify(record) !== before)
      .map(([key, { record, etag }]) => ({ key, value: record, ...(etag && { etag }), options: firstWrite }));
    if (items.length === 0) return;
    const { error } = await within(patience, store, this.dapr.state.save(store, items));
    if (error) throw new Error(reasonOf(error));
  }
}

/** Whether the change could decide on this record; if not, whoever asked for it is told. */
function decides(change: Change, record: ReservationRecord): boolean {
  try {
    change.apply(record);
    return true;
  } catch (error) {
    change.refused = true;
    change.failed(error);
    return false;
  }
}
