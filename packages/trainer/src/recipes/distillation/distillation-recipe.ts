/** What a student learns from a teacher beside the labels; each part with its weight, and left out where it has none. */

export interface DistillationRecipe {
  /** The teacher's logits, softened, on the distillation token. */
  readonly logits?: { readonly weight: number; readonly temperature: number };
  /** The teacher's stages 1 to 4, against the student's tokens at four depths. */
  readonly features?: { readonly weight: number };
  /** The teacher's distances between all windows of a batch. */
  readonly relations?: { readonly weight: number };
  /** The teacher's hardest triplets. */
  readonly triplets?: { readonly weight: number; readonly margin: number };
}

/** Parts in the order in which the ablation adds them. */
export const distillationParts = ['logits', 'features', 'relations', 'triplets'] as const;
