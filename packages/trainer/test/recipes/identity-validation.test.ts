/** How an identity network is judged while it trains: figures that are counted by hand. */
import { GraphBuilder, type Model, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { RecipeError } from '../../src/recipe-error.js';
import {
  type KnownWindows,
  knownPersonRates,
  type StrangerRecord,
  strangerRates,
} from '../../src/recipes/identity/identity-validation.js';

const WINDOW = 3 * 300;
const PERSONS = 4;

/** Logits and embedding are the first four samples of the window, whatever their place says about the person. */
function tellingModel({ isDeaf = false } = {}): Model {
  const g = new GraphBuilder('telling');
  const samples = g.flatten(g.input('beats', 'float32', ['N', 3, 300]));
  const chosen = tensor(
    'chosen',
    'float32',
    [WINDOW, PERSONS],
    Array.from({ length: WINDOW * PERSONS }, (_, i) => (Math.floor(i / PERSONS) === i % PERSONS ? 1 : 0)),
  );
  const first = g.matMul(samples, g.constant(chosen));
  g.output('logits', g.identity(first));
  g.output('embedding', isDeaf ? g.add(g.mul(first, g.float32(0)), g.float32(1)) : g.identity(first));
  return g.build();
}

/** A window that begins with these samples. */
function windowOf(...samples: readonly number[]): Float32Array {
  const window = new Float32Array(WINDOW).fill(7);
  window.set(Array.from({ length: PERSONS }, (_, i) => samples[i] ?? 0));
  return window;
}

/** A window that shows this person clearly. */
const clear = (person: number) => windowOf(...[0, 1, 2, 3].map((at) => (at === person ? 5 : 0)));
const windowsOf = (...persons: readonly number[]) => persons.map(clear);

describe('rates of known persons', () => {
  const rates = (...records: readonly KnownWindows[]) => knownPersonRates(tellingModel(), records, 1);

  test('are 1 where every window shows its person, 0 where none does', async () => {
    const own = [0, 1, 2, 3].map((person) => ({ person, windows: windowsOf(person, person, person) }));
    expect(await rates(...own)).toMatchObject({ accuracy: 1, accuracyPerRecord: 1 });
    const other = own.map(({ person, windows }) => ({ person: (person + 1) % 4, windows }));
    expect(await rates(...other)).toMatchObject({ accuracy: 0, accuracyPerRecord: 0 });
  });

  test('count windows and records, those without a window left out', async () => {
    const judged = await rates(
      { person: 0, windows: windowsOf(0, 0, 0, 2) },
      { person: 1, windows: windowsOf(3) },
      { person: 2, windows: [] },
      { person: 3, windows: windowsOf(3, 3) },
    );
    expect(judged).toMatchObject({ accuracy: 5 / 7, accuracyPerRecord: 2 / 3 });
  });

  test('tell how far probabilities are from that, and the temperature at which they are true', async () => {
    // Always as sure, e^5 / (e^5 + 3), and right in three of four: true where e^(5/T) / (e^(5/T) + 3) is 3/4, e^(5/T) = 9.
    const judged = await rates(
      { person: 0, windows: windowsOf(0, 0, 0) },
      { person: 1, windows: windowsOf(2) },
      { person: 2, windows: [] },
    );
    expect(judged).toEqual({
      accuracy: 3 / 4,
      accuracyPerRecord: 1 / 2,
      ece: expect.closeTo(Math.exp(5) / (Math.exp(5) + 3) - 3 / 4, 6),
      temperature: expect.closeTo(5 / Math.log(9), 6),
      'ece calibrated': expect.closeTo(0, 6),
    });
  });

  test('of a record go by the mean of the probabilities: not by votes, nor by the sum of logits', async () => {
    // Twice hardly another one, once clearly: probabilities 0.26 + 0.26 + 0.98 against 0.29 + 0.29 + 0.
    const hardly = windowOf(0, 0.1);
    expect(await rates({ person: 0, windows: [hardly, hardly, clear(0)] })).toMatchObject({
      accuracy: 1 / 3,
      accuracyPerRecord: 1,
    });
    // One logit beyond all bounds is one window's probability, no more: 1 + 0.001 + 0.001 against 0 + 1 + 1.
    const certain = windowOf(1000);
    expect(await rates({ person: 0, windows: [certain, ...windowsOf(1, 1)] })).toMatchObject({
      accuracy: 1 / 3,
      accuracyPerRecord: 0,
    });
  });

  test('are refused where no record holds a window', async () => {
    await expect(rates({ person: 0, windows: [] })).rejects.toThrow(RecipeError);
    await expect(rates()).rejects.toThrow('no record to validate on holds a window');
  });
});

describe('rates of strangers', () => {
  const record = (
    subject: string,
    role: StrangerRecord['role'],
    windows: readonly Float32Array[],
    condition = 'same session',
  ): StrangerRecord => ({ subject, condition, role, windows });
  const rates = (records: readonly StrangerRecord[], model = tellingModel()) => strangerRates(model, records, 1);
  const five = (person: number) => windowsOf(person, person, person, person, person);

  /** Four persons who enrol and probe, each always the same. */
  const sound = [0, 1, 2, 3].flatMap((person) => [
    record(`p${person}`, 'template', windowsOf(person, person)),
    record(`p${person}`, 'probe', five(person)),
  ]);

  test('are 1 for an embedding that knows everybody', async () => {
    expect(await rates(sound)).toEqual({
      'same session eer': expect.closeTo(1, 6),
      'same session fnmr': 1,
      'same session auc': 1,
      mean: 1,
    });
  });

  test('are those of chance for an embedding that ignores the signal', async () => {
    expect(await rates(sound, tellingModel({ isDeaf: true }))).toEqual({
      'same session eer': expect.closeTo(0.5, 6),
      'same session fnmr': 0,
      'same session auc': 0.5,
      mean: 0.5,
    });
  });

  test('are 0 for persons who are always taken for another', async () => {
    const swapped = sound.map((one) =>
      one.role === 'probe' ? { ...one, subject: one.subject === 'p0' ? 'p1' : 'p0' } : one,
    );
    const two = swapped.filter(({ windows }) => [0, 1].some((person) => windows[0]![person] === 5));
    expect(await rates(two)).toMatchObject({ 'same session eer': expect.closeTo(0, 6), mean: 0 });
  });

  test('rest on probes of five windows that are dealt in turn', async () => {
    // Of p0 every other window is like p1: dealt in turn that is one probe of each kind, of neighbours none would be pure.
    const mixed = [
      record('p0', 'template', five(0)),
      record('p0', 'probe', windowsOf(0, 1, 0, 1, 0, 1, 0, 1, 0, 1)),
      record('p1', 'template', five(1)),
      record('p1', 'probe', [...five(1), ...five(1)]),
    ];
    // Genuine scores 1, 0, 1, 1; impostor scores 0, 1, 0, 0.
    expect(await rates(mixed)).toEqual({
      'same session eer': expect.closeTo(0.75, 6),
      'same session fnmr': 0,
      'same session auc': 0.75,
      mean: 0.75,
    });
  });

  test('rest on the mean direction of a probe: one window of five that errs does no harm', async () => {
    const loud = windowOf(0, 40);
    const records = [
      record('p0', 'template', five(0)),
      record('p1', 'template', five(1)),
      record('p0', 'probe', [...windowsOf(0, 0, 0, 0), loud]),
      record('p1', 'probe', five(1)),
    ];
    expect((await rates(records)).mean).toBe(1);
  });

  test('take a template from all records of a person that enrol', async () => {
    const records = [
      record('p0', 'template', five(2)),
      record('p0', 'template', five(0)),
      record('p1', 'template', five(1)),
      record('p0', 'probe', five(0)),
      record('p0', 'probe', five(2)),
      record('p1', 'probe', five(1)),
    ];
    // Either of the records alone would leave a genuine score of 0, as high as the impostors'.
    expect((await rates(records)).mean).toBe(1);
  });

  test('stand for each condition apart, whose persons are compared with each other alone', async () => {
    const mistaken = [
      record('p0', 'template', five(0), 'session 2'),
      record('p0', 'probe', five(1), 'session 2'),
      record('p1', 'template', five(1), 'session 2'),
      record('p1', 'probe', five(1), 'session 2'),
    ];
    const judged = await rates([...sound, ...mistaken]);
    expect(judged['same session auc']).toBe(1);
    // Genuine 0 and 1, impostor 1 and 0.
    expect(judged['session 2 auc']).toBe(0.5);
    expect(judged.mean).toBe(0.75);
  });

  test('leave out conditions under which nobody can be compared', async () => {
    const alone = [
      record('p9', 'template', five(0), 'of one person'),
      record('p9', 'probe', five(0), 'of one person'),
      record('p8', 'template', five(0), 'without probes'),
      record('p7', 'template', five(0), 'without probes'),
    ];
    expect(await rates([...alone, ...sound])).toEqual(await rates(sound));
    await expect(rates(alone)).rejects.toThrow(RecipeError);
    await expect(rates(alone)).rejects.toThrow('no two strangers to validate on can be compared');
  });

  test('leave out records without a window', async () => {
    const empty = [record('p4', 'template', []), record('p1', 'template', []), record('p2', 'probe', [])];
    expect(await rates([...empty, ...sound])).toEqual(await rates(sound));
  });
});
