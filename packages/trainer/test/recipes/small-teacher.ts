/** A teacher and a student of four channels and few steps, on the persons of `small-identity-recipe.ts`. */
import type { IdentityData } from '../../src/recipes/identity/identity-data.js';
import { deitRecipe, type IdentityRecipe } from '../../src/recipes/identity/identity-recipe.js';
import { trainIdentity } from '../../src/recipes/identity/train-identity.js';
import { smallIdentityRecipe } from './small-identity-recipe.js';

/** The file of a small `resnet34` that was trained on these recordings. */
export async function smallTeacher(data: IdentityData, changes: Partial<IdentityRecipe> = {}): Promise<Uint8Array> {
  const recipe = { ...smallIdentityRecipe, steps: 2, ...changes };
  const { bytes } = await trainIdentity({ recipe, data }, { threads: 1 });
  return bytes;
}

const { network, distillation } = deitRecipe('deit-micro', 'ecg-id/closed');

/** `deit-micro` that learns all that a teacher has to say. */
export const smallStudentRecipe: IdentityRecipe = { ...smallIdentityRecipe, network, distillation: distillation! };
