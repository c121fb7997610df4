/** What baseline-lda is fitted on: the crops of all windows, made by the model's own graph so that there is one way to make them. */
import { beatLength, beatsPerWindow, normalize } from '@edgebeat/ecg';
import { encodeModel, type Model } from '@edgebeat/graph';
import { baselineLda, ldaCrop } from '@edgebeat/models';
import { EmbeddingModel } from '../../inference/embedding-model.js';
import type { IdentityData, RecordedWindow } from '../identity/identity-data.js';

/** The crops of each record, `[145]` each. */
export async function cropsOf({ records }: Pick<IdentityData, 'records'>): Promise<Float32Array[][]> {
  const model = await EmbeddingModel.load(encodeModel(cropModel()));
  try {
    const crops: Float32Array[][] = [];
    for (const { windows } of records) crops.push(await model.embed(windows.map(cut)));
    return crops;
  } finally {
    await model.release();
  }
}

/** The model whose embedding is the crop itself. */
function cropModel(): Model {
  const size = ldaCrop.before + ldaCrop.after;
  const weight = new Float32Array(size * size);
  for (let i = 0; i < size; i++) weight[i * size + i] = 1;
  return baselineLda({
    projection: { weight, bias: new Float32Array(size) },
    training: { data: [], records: [] },
  });
}

/** The three beats, each z-scored. */
function cut({ signal, starts }: RecordedWindow): Float32Array {
  const window = new Float32Array(beatsPerWindow * beatLength);
  starts.forEach((start, beat) => {
    const samples = window.subarray(beat * beatLength, (beat + 1) * beatLength);
    samples.set(signal.subarray(start, start + beatLength));
    normalize(samples, 'z-score');
  });
  return window;
}
