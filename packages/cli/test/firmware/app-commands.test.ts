/** What the firmware's app is told, under sanitizers: commands, battery, saved state, and bytes that are no records. */

import { crc32 } from 'node:zlib';
import { importModel } from '@edgebeat/graph';
import { decodeDeviceState, encodeDeviceState, meanDirection } from '@edgebeat/identity';
import { loadWeights } from '@edgebeat/models';
import { openSource, firmwareRecords as records } from '@edgebeat/sim-device';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { nativeFirmware, ToldWatch } from './native-watch.js';
import { millivoltSteps, settings } from './signal.js';

const GOAL = { seconds: 0, windows: 3 };
const RATE = 250;

describeWithProgram('cc', 'the firmware app is told', (compiler) => {
  let program: string;
  let ada: Uint8Array[];
  let ben: Uint8Array[];
  beforeAll(async () => {
    program = nativeFirmware(compiler, {
      name: 'deit-micro',
      int8: importModel(await loadWeights('deit-micro', 'int8')),
    });
    const signalOf = async (seed: string) =>
      records.sampleRecords(millivoltSteps(await openSource(`synth:${seed}`, { seconds: 12, rate: RATE })));
    [ada, ben] = [await signalOf('ada'), await signalOf('ben')];
  }, 120_000);
  afterEach(() => ToldWatch.killAll());

  async function startedWatch(changes = {}): Promise<ToldWatch> {
    const watch = new ToldWatch(program);
    expect(await watch.tell(records.startRecord(settings(changes)))).toBe('ok');
    return watch;
  }

  /** A watch that knows ada, with a gap behind her signal. */
  async function watchOfAda(changes = {}): Promise<ToldWatch> {
    const watch = await startedWatch(changes);
    await watch.tell(records.enrolRecord('ada', GOAL), ...ada, records.gapRecord(10 * RATE));
    expect(watch.of('identity').some(({ enrolment }) => enrolment?.state === 'done')).toBe(true);
    return watch;
  }

  const decisions = (watch: ToldWatch, from: number) =>
    watch
      .of('identity')
      .slice(from)
      .map(({ decision }) => decision);

  test('enrol, cancel, forget and claim answer, and refuse what cannot be', async () => {
    const watch = await startedWatch();
    expect(await watch.tell(records.cancelRecord())).toBe('not-running');
    expect(await watch.tell(records.forgetRecord('nobody'))).toBe('bad-subject');
    expect(await watch.tell(records.claimRecord('nobody'))).toBe('bad-subject');
    expect(await watch.tell(records.enrolRecord('unknown', GOAL))).toBe('bad-subject');
    expect(await watch.tell(records.enrolRecord('ada', { seconds: 1, windows: 0 }))).toBe('bad-value');
    expect(await watch.tell(records.enrolRecord('ada', GOAL))).toBe('ok');
    expect(await watch.tell(records.cancelRecord())).toBe('ok');
    expect(watch.of('identity').map(({ enrolment }) => enrolment?.state)).toEqual(['running', 'cancelled']);
    await watch.tell(records.enrolRecord('ada', GOAL), ...ada);
    expect(await watch.tell(records.claimRecord('ada'))).toBe('ok');
    expect(await watch.tell(records.forgetRecord('ada'))).toBe('ok');
    expect(await watch.tell(records.claimRecord('ada'))).toBe('bad-subject');
    await watch.end();
  });

  test('a claim is accepted or rejected; without one the answer is unknown', async () => {
    const watch = await watchOfAda();
    await watch.tell(records.claimRecord('ada'));
    let from = watch.of('identity').length;
    await watch.tell(...ada, records.gapRecord(10 * RATE));
    expect(decisions(watch, from).at(-1)).toBe('accepted');
    from = watch.of('identity').length;
    await watch.tell(...ben, records.gapRecord(10 * RATE));
    expect(new Set(decisions(watch, from))).toEqual(new Set(['rejected']));
    await watch.tell(records.claimRecord());
    from = watch.of('identity').length;
    await watch.tell(...ben);
    expect(new Set(decisions(watch, from))).toEqual(new Set(['unknown']));
    await watch.end();
  });

  test('a gallery that is full refuses another person, and takes one again', async () => {
    const watch = await startedWatch();
    for (const name of ['a', 'b', 'c', 'd']) await watch.tell(records.enrolRecord(name, GOAL), ...ada);
    expect(await watch.tell(records.enrolRecord('e', GOAL))).toBe('gallery-full');
    expect(await watch.tell(records.enrolRecord('d', GOAL), records.cancelRecord(), records.forgetRecord('b'))).toBe(
      'ok',
    );
    expect(await watch.tell(records.enrolRecord('e', GOAL))).toBe('ok');
    await watch.tell(...ada);
    const { candidates } = watch.of('identity').at(-1)!;
    expect(candidates).toHaveLength(3);
    await watch.end();
  });

  test('with a low battery nothing is looked at or sent, until it is well again', async () => {
    const watch = await startedWatch({ lowBattery: 10 });
    await watch.tell(records.enrolRecord('ada', { seconds: 60, windows: 5 }), ...ada, records.batteryRecord(11));
    const [beats, frames] = [watch.of('beat').length, watch.of('frame').length];
    expect(await watch.tell(records.batteryRecord(101))).toBe('bad-value');
    await watch.tell(records.batteryRecord(10));
    expect(watch.of('identity').at(-1)).toMatchObject({ decision: 'undecided', enrolment: { failure: 'low-battery' } });
    await watch.tell(...ada, records.batteryRecord(14), ...ada);
    expect(watch.of('beat').length - beats).toBeLessThanOrEqual(1);
    expect(watch.of('frame').length).toBe(frames);
    await watch.tell(records.batteryRecord(15), ...ada);
    expect(watch.of('state').map(({ state }) => state)).toEqual(['boot', 'enrol', 'low-battery', 'verify']);
    expect(watch.of('beat').length).toBeGreaterThan(beats + 8);
    // What was missed is missing in time, too.
    const last = watch.of('beat').at(-1)!;
    expect(last.timeUs).toBeGreaterThan(1_000_000 + 40e6);
    expect(last.sampleIndex).toBeGreaterThan(40 * RATE);
    await watch.end();
  });

  test('templates and claim outlive a reboot; damaged bytes change nothing', async () => {
    const watch = await watchOfAda();
    await watch.tell(records.claimRecord('ada'), records.saveRecord());
    const { state } = watch.of('saved')[0]!;
    await watch.end();

    const other = await startedWatch();
    for (let at = 0; at < state.length; at++) {
      const damaged = state.slice();
      damaged[at]! ^= 1 << (at % 8);
      expect(['bad-magic', 'bad-crc']).toContain(await other.tell(records.loadRecord(damaged)));
    }
    expect(await other.tell(records.loadRecord(state.slice(0, -1)))).toBe('bad-crc');
    expect(await other.tell(records.loadRecord(state.slice(0, 20)))).toBe('no-room');
    expect(await other.tell(records.loadRecord(sealed(state, (bytes) => bytes.fill(2, 4, 5))))).toBe('bad-version');
    expect(await other.tell(records.loadRecord(sealed(state, (bytes) => bytes.fill(200, 5, 6))))).toBe('gallery-full');
    expect(await other.tell(records.loadRecord(sealed(state, (bytes) => bytes.fill(0, 8, 9))))).toBe('other-model');
    expect(await other.tell(records.loadRecord(sealed(state, (bytes) => bytes.fill(3, 5, 6))))).toBe('bad-value');
    expect(await other.tell(records.loadRecord(sealed(state, (bytes) => bytes.fill(255, 44))))).toBe('bad-value');
    expect(await other.tell(records.claimRecord('ada'))).toBe('bad-subject');
    await other.tell(...ben);
    expect(other.of('identity').at(-1)).toMatchObject({ decision: 'unknown', candidates: [] });

    expect(await other.tell(records.gapRecord(10 * RATE), records.loadRecord(state))).toBe('ok');
    await other.tell(...ada);
    expect(other.of('identity').at(-1)).toMatchObject({ decision: 'accepted', subject: 'ada' });
    await other.tell(records.saveRecord());
    expect(other.of('saved').at(-1)!.state).toEqual(state);
    await other.end();
  });

  test('its templates go to packages/identity and back', async () => {
    const watch = await watchOfAda();
    await watch.tell(records.claimRecord('ada'), records.saveRecord());
    const { sha256, model: name, embeddingLength } = watch.of('started')[0]!;
    const model = { name, sha256 };
    const saved = watch.of('saved')[0]!.state;
    const state = decodeDeviceState(saved, model);
    expect(state).toMatchObject({ claim: 'ada', templates: [{ subject: 'ada', count: 3, model }] });
    const [template] = state.templates;
    expect(template!.embedding).toEqual(meanDirection([template!.embedding]));
    expect(encodeDeviceState(state, model, embeddingLength)).toEqual(saved);

    const eva = { ...template!, subject: 'eva' };
    const given = encodeDeviceState({ templates: [eva, template!], claim: null }, model, embeddingLength);
    expect(await watch.tell(records.gapRecord(10 * RATE), records.loadRecord(given))).toBe('ok');
    await watch.tell(...ada);
    expect(watch.of('identity').at(-1)).toMatchObject({ decision: 'accepted', subject: 'eva' });
    expect(
      watch
        .of('identity')
        .at(-1)!
        .candidates.map(({ subject }) => subject),
    ).toEqual(['eva', 'ada']);
    await watch.end();
  });

  test('settings that cannot be are refused, and nothing runs before the start', async () => {
    const watch = new ToldWatch(program);
    expect(await watch.tell(...ada.slice(0, 1))).toBe('not-running');
    for (const changes of [
      { rateMilliHertz: 10_000 },
      { frameSamples: 0 },
      { frameSamples: 5000 },
      { scaleNanovolts: 0 },
      { windows: 200 },
      { threshold: { metric: 'cosine', value: Number.NaN } as const },
    ])
      expect(await watch.tell(records.startRecord(settings(changes)))).toBe('bad-config');
    expect(await watch.tell(records.startRecord(settings()))).toBe('ok');
    await watch.end();
  });

  test('records of any kind and length are answered, and leave the watch alive', async () => {
    const watch = await startedWatch();
    let state = 1;
    const any = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % below;
    };
    for (let i = 0; i < 1500; i++) {
      // No stop, whose sending ends the test.
      const type = [...Array(12).keys(), 13, 130, 255][any(15)]!;
      const length = any(20) === 0 ? any(9000) : any(40);
      const bytes = Uint8Array.from({ length: 3 + length }, () => any(256));
      bytes.set([type, length & 255, length >> 8]);
      await watch.tell(bytes);
    }
    expect(await watch.tell(records.startRecord(settings()))).toBe('ok');
    await watch.tell(...ada);
    expect(watch.of('beat').length).toBeGreaterThan(8);
    await watch.end();
  });
});

/** Changed bytes with a checksum that fits them. */
function sealed(state: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array {
  const bytes = state.slice();
  change(bytes.subarray(0, -4));
  new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}
