import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { SignalPath, type SignalPathOptions, StateError } from '../src/index.js';

const everything: SignalPathOptions = {
  milliHertz: 360_000,
  identity: { normalize: 'z-score' },
  activity: { length: 1000, hop: 500 },
};

/** Events as text: comparing long arrays one by one takes jest seconds. */
const text = (events: unknown[]) => JSON.stringify(events);

/** A path that writes everything it reports into a list. */
function recordingPath(options: SignalPathOptions): { path: SignalPath; events: unknown[] } {
  const events: unknown[] = [];
  const path = new SignalPath(options, {
    beat: (beat) => events.push(['beat', beat]),
    identityWindow: (window) => events.push(['identity', window]),
    activityWindow: (window) => events.push(['activity', window]),
    quality: (quality) => events.push(['quality', quality]),
  });
  return { path, events };
}

function beatsOf(samples: ArrayLike<number>, milliHertz = 250_000): { rPeak: number; quality: number }[] {
  const beats: { rPeak: number; quality: number }[] = [];
  new SignalPath({ milliHertz }, { beat: (beat) => beats.push(beat) }).updateAll(samples);
  return beats;
}

function noisyEcg(rate: number, seconds: number, seed: number): Float32Array {
  const { samples } = syntheticEcg({ rate, seconds });
  const disturbance = noise(samples.length, seed);
  return samples.map((sample, i) => sample + 0.1 * disturbance[i]!);
}

describe('R peaks', () => {
  test.each([128, 250, 360, 500, 1000])('every beat at %d Hz, within 8 ms, the first ones too', (rate) => {
    const { samples, rPeaks } = syntheticEcg({ rate, seconds: 30 });
    const found = beatsOf(samples, rate * 1000).map(({ rPeak }) => rPeak / 250);
    const expected = rPeaks.filter((time) => time < 29.7);
    expect(found.length).toBeGreaterThanOrEqual(expected.length);
    expect(Math.max(...expected.map((time, i) => Math.abs(found[i]! - time)))).toBeLessThanOrEqual(0.0081);
  });

  test('an inverted ECG has its peaks at the same places', () => {
    const { samples } = syntheticEcg({ rate: 250, seconds: 20 });
    const upright = beatsOf(samples).map(({ rPeak }) => rPeak);
    expect(beatsOf(samples.map((sample) => -sample)).map(({ rPeak }) => rPeak)).toEqual(upright);
  });

  test('scale and offset change nothing', () => {
    const samples = noisyEcg(250, 30, 3);
    const plain = beatsOf(samples).map(({ rPeak }) => rPeak);
    // A power of two is exact in float32: the very same decisions.
    expect(beatsOf(samples.map((sample) => 4 * sample)).map(({ rPeak }) => rPeak)).toEqual(plain);
    const shifted = beatsOf(samples.map((sample) => sample + 5)).map(({ rPeak }) => rPeak);
    expect(shifted.length).toBe(plain.length);
    expect(Math.max(...shifted.map((rPeak, i) => Math.abs(rPeak - plain[i]!)))).toBeLessThanOrEqual(1);
  });

  test.each([
    ['a flat line', () => new Float32Array(10_000)],
    ['a constant', () => new Float32Array(10_000).fill(-3.2)],
    ['a saturated input', () => new Float32Array(10_000).fill(32.767)],
    ['nothing valid', () => new Float32Array(10_000).fill(Number.NaN)],
    ['a converter that toggles its last bit', () => noise(10_000, 5).map((value) => (value > 0 ? 0.001 : 0))],
  ])('%s has none', (_, make) => {
    expect(beatsOf(make())).toEqual([]);
  });

  test('beats go on after twenty seconds without signal, and none are invented in between', () => {
    const { samples } = syntheticEcg({ rate: 250, seconds: 60 });
    samples.fill(0, 20 * 250, 40 * 250);
    const times = beatsOf(samples).map(({ rPeak }) => rPeak / 250);
    expect(times.filter((time) => time > 20.5 && time < 39.5)).toEqual([]);
    expect(times.filter((time) => time > 45).length).toBeGreaterThanOrEqual(17);
  });

  test('hum of ten times the signal does not crash, nor give impossible rates', () => {
    const { samples } = syntheticEcg({ rate: 500, seconds: 30 });
    const hum = samples.map((sample, i) => sample + 10 * Math.sin((2 * Math.PI * 50 * i) / 500));
    const beats = beatsOf(hum, 500_000);
    for (let i = 1; i < beats.length; i++) expect(beats[i]!.rPeak - beats[i - 1]!.rPeak).toBeGreaterThanOrEqual(25);
  });

  test('any samples give ascending peaks and qualities from 0 to 1', () => {
    const sample = fc.oneof(fc.float(), fc.float({ min: -5, max: 5, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(sample, { minLength: 600, maxLength: 3000 }), (samples) => {
        const beats = beatsOf(samples);
        beats.forEach(({ rPeak, quality }, i) => {
          expect(quality >= 0 && quality <= 1).toBe(true);
          if (i > 0) expect(rPeak).toBeGreaterThan(beats[i - 1]!.rPeak);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the stream', () => {
  const samples = noisyEcg(360, 40, 11);
  const whole = recordingPath(everything);
  whole.path.updateAll(samples);

  test('reports beats, windows and quality', () => {
    const kinds = new Set(whole.events.map((event) => (event as [string])[0]));
    expect([...kinds].sort()).toEqual(['activity', 'beat', 'identity', 'quality']);
  });

  test('is the same to the bit however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 3, maxLength: 30 }), (chunks) => {
        const cut = recordingPath(everything);
        let at = 0;
        for (const chunk of chunks) {
          cut.path.updateAll(samples.subarray(at, at + chunk));
          at += chunk;
        }
        cut.path.updateAll(samples.subarray(at));
        expect(text(cut.events) === text(whole.events)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('goes on from a saved state to the bit, wherever it stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: samples.length }), (stop) => {
        const before = recordingPath(everything);
        before.path.updateAll(samples.subarray(0, stop));
        const after = recordingPath(everything);
        after.path.restore(before.path.save());
        after.path.updateAll(samples.subarray(stop));
        expect(text([...before.events, ...after.events]) === text(whole.events)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('gives the beats that were still waiting when it ends', () => {
    const { samples: clean, rPeaks } = syntheticEcg({ rate: 250, seconds: 30, rr: 0.8 });
    // The stream breaks off 60 ms after an R peak: too soon for its beat to be certain.
    const cut = clean.subarray(0, Math.round((rPeaks[20]! + 0.06) * 250));
    const { path, events } = recordingPath({ milliHertz: 250_000, identity: { normalize: 'z-score' } });
    path.updateAll(cut);
    const found = events.filter((event) => (event as [string])[0] === 'beat').length;
    events.length = 0;
    path.flush();
    expect(found).toBe(20);
    expect(events).toEqual([['beat', expect.objectContaining({ rr: 200 })]]);
  });

  test('starts anew after clear', () => {
    const again = recordingPath(everything);
    again.path.updateAll(noise(5000, 2));
    again.path.clear();
    again.events.length = 0;
    again.path.updateAll(samples);
    expect(text(again.events) === text(whole.events)).toBe(true);
  });

  test('refuses states of other streams', () => {
    const state = whole.path.save();
    const otherRate = new SignalPath({ ...everything, milliHertz: 250_000 }, {});
    expect(() => otherRate.restore(state)).toThrow(StateError);
    expect(() => new SignalPath(everything, {}).restore(state.subarray(0, 100))).toThrow(StateError);
    expect(() => new SignalPath({ milliHertz: 360_000 }, {}).restore(state)).toThrow(StateError);
  });
});

describe('windows', () => {
  const { samples, rPeaks } = syntheticEcg({ rate: 250, seconds: 30, rr: 0.75 });

  test('an identity window holds three neighbouring beats, R at sample 150, each normalised', () => {
    const { path, events } = recordingPath({ milliHertz: 250_000, identity: { normalize: 'min-max', stride: 3 } });
    path.updateAll(samples);
    const windows = events.filter((event) => (event as [string])[0] === 'identity') as [
      string,
      { samples: Float32Array; rPeaks: number[] },
    ][];
    expect(windows.length).toBeGreaterThanOrEqual(Math.floor((rPeaks.length - 2) / 3) - 1);
    for (const [, window] of windows) {
      expect(window.samples.length).toBe(900);
      for (let beat = 0; beat < 3; beat++) {
        const row = window.samples.subarray(300 * beat, 300 * beat + 300);
        expect(Math.min(...row)).toBe(0);
        expect(row.indexOf(1)).toBe(150);
      }
    }
    // With stride 3 no beat is in two windows.
    const beats = windows.flatMap(([, window]) => window.rPeaks);
    expect(new Set(beats).size).toBe(beats.length);
  });

  test('no window spans a missed beat', () => {
    const gap = samples.slice();
    gap.fill(0, 10 * 250, 14 * 250);
    const { path, events } = recordingPath({ milliHertz: 250_000, identity: { normalize: 'z-score' } });
    path.updateAll(gap);
    for (const event of events) {
      const [kind, window] = event as [string, { rPeaks: number[] }];
      if (kind === 'identity') expect(window.rPeaks[2]! - window.rPeaks[0]!).toBeLessThanOrEqual(1000);
    }
  });
});

describe('quality', () => {
  test('is high for a clean signal, low in noise, zero on a flat line', () => {
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const clean = syntheticEcg({ rate: 250, seconds: 30 }).samples;
    const disturbance = noise(clean.length, 9);
    const drowned = clean.map((sample, i) => sample + 2 * disturbance[i]!);
    expect(mean(beatsOf(clean).map(({ quality }) => quality))).toBeGreaterThan(0.9);
    expect(mean(beatsOf(drowned).map(({ quality }) => quality))).toBeLessThan(0.5);
    const { path, events } = recordingPath({ milliHertz: 250_000 });
    path.updateAll(new Float32Array(2500));
    const seconds = events.map((event) => (event as [string, { sqi: number; reasons: string[] }])[1]);
    expect(seconds.length).toBe(10);
    for (const { sqi, reasons } of seconds) {
      expect(sqi).toBe(0);
      expect(reasons).toContain('flat');
    }
  });

  test('a clipped signal is called so', () => {
    const { samples } = syntheticEcg({ rate: 250, seconds: 10 });
    const wandering = samples.map((sample, i) => Math.max(-0.5, Math.min(0.5, sample + Math.sin(i / 100))));
    const { path, events } = recordingPath({ milliHertz: 250_000 });
    path.updateAll(wandering);
    const reasons = events.flatMap((event) => {
      const [kind, { reasons }] = event as [string, { reasons: string[] }];
      return kind === 'quality' ? reasons : [];
    });
    expect(reasons).toContain('clipped');
  });
});
