/** Simulated signal that trains activities beside the recordings, so that models know the simulated watches, too. */
import { syntheticActivityRecordings } from '@edgebeat/sim-device';
import type { AnonymousRecording, Dt4EcgRecipe } from '@edgebeat/trainer';

/** Its persons are those of no other source, whatever that one's seed. */
const SEED = 'training';
const WEARERS = 60;
const SECONDS_PER_ACTIVITY = 30;

/** What a recipe wants of it; nothing where it wants none. */
export function syntheticRecordings({
  syntheticPerBatch,
}: Pick<Dt4EcgRecipe, 'syntheticPerBatch'>): AnonymousRecording[] {
  if (syntheticPerBatch === 0) return [];
  return [...syntheticActivityRecordings({ seed: SEED, wearers: WEARERS, secondsPerActivity: SECONDS_PER_ACTIVITY })];
}
