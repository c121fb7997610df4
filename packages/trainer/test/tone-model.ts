/**
 * A small activity model for tests, and signals for it: every person and every activity is a tone of its own, and the model
 * measures the power of each. It was told the tones, not trained, so it has seen nobody.
 */
import { encodeModel, GraphBuilder, type ModelMetadata, tensor, type Value, writeMetadata } from '@edgebeat/graph';

/** Hz; whole numbers, so that a second of one is orthogonal to a second of another. */
const persons = new Map(Array.from({ length: 10 }, (_, i) => [String(i + 1).padStart(2, '0'), 2 + i]));
const activities = new Map([
  ['rest', 14],
  ['arms', 17],
  ['walking', 20],
  ['running', 23],
  ['squats', 26],
]);
const slovak: Readonly<Record<string, string>> = {
  klud: 'rest',
  ruky: 'arms',
  chodza: 'walking',
  beh: 'running',
  drepy: 'squats',
};

export const windowLength = 500;

export const toneMetadata: ModelMetadata = {
  name: 'tones',
  version: '1.0.0',
  rate: 250,
  window: { kind: 'activity', samples: windowLength },
  normalize: 'z-score',
  classes: { identity: [...persons.keys()], activity: [...activities.keys()] },
  training: { data: [], records: [] },
};

/** Tones of a record `01_03_beh`, mV. */
export function tonesOf(name: string, { rate, seconds }: { rate: number; seconds: number }): Float32Array {
  const [person, , activity] = name.split('_') as [string, string, string];
  const tones = [persons.get(person)!, activities.get(slovak[activity]!)!];
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) =>
    tones.reduce((sum, hertz) => sum + 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate), 0),
  );
}

interface ToneModelShape {
  readonly batch?: number | string;
  /** Samples that the input takes. */
  readonly samples?: number;
  /** Output names of the two banks of tones. */
  readonly identity?: string;
  readonly activity?: string;
  /** Factor on the logits; `NaN` makes them useless. */
  readonly gain?: number;
}

/** @param metadata is written as it is; `classes` of an output that is renamed away are the caller's to leave out. */
export function toneModel(
  metadata: ModelMetadata = toneMetadata,
  {
    batch = 'N',
    samples = windowLength,
    identity = 'identity',
    activity = 'activity',
    gain = 100,
  }: ToneModelShape = {},
): Uint8Array {
  const graph = new GraphBuilder('tones');
  const window = graph.input('window', 'float32', [batch, 1, samples]);
  const power = (name: string, hertz: readonly number[]): Value => {
    // A second of sine and cosine for each tone: their responses' squares add up to its power, whatever the phase.
    const waves = [Math.sin, Math.cos].map((wave) =>
      hertz.flatMap((tone) => Array.from({ length: 250 }, (_, i) => wave((2 * Math.PI * tone * i) / 250) / 250)),
    );
    const [sine, cosine] = waves.map((wave, index) => {
      const weights = graph.constant(tensor(`${name}-${index}`, 'float32', [hertz.length, 1, 250], wave));
      const response = graph.conv(window, weights, { strides: [25] });
      return graph.reduceMean(graph.mul(response, response), graph.int64([2]), { keepdims: false });
    });
    return graph.mul(graph.add(sine!, cosine!), graph.float32(gain));
  };
  const identityLogits = power('person', [...persons.values()]);
  const activityLogits = power('activity', [...activities.values()]);
  graph.output('embedding', graph.concat(identityLogits, activityLogits, { axis: 1 }));
  graph.output(identity, identityLogits);
  graph.output(activity, activityLogits);
  return encodeModel(graph.build({ metadata: writeMetadata(metadata) }));
}
