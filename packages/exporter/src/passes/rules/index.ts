/** The rewrite rules, in the order in which they are tried. */
import type { Rule } from '../rule.js';
import { addJoinedConstants } from './add-joined-constants.js';
import { convolveBatchNormalization } from './convolve-batch-normalization.js';
import { foldBatchNormalization } from './fold-batch-normalization.js';
import { foldNormalization } from './fold-normalization.js';
import { foldPad } from './fold-pad.js';
import { foldScale } from './fold-scale.js';
import { mergeConstants } from './merge-constants.js';
import { mergeMoves } from './merge-moves.js';
import { normaliseGemm } from './normalise-gemm.js';
import { recogniseGelu } from './recognise-gelu.js';
import { recogniseLayerNormalization } from './recognise-layer-normalization.js';
import { removeIdentity } from './remove-identity.js';
import { reshapeForTranspose } from './reshape-for-transpose.js';
import { writeOutPadding } from './write-out-padding.js';

/**
 * What is recognised goes before what is folded, so that the Mul of a LayerNormalization is not taken for a scale; a
 * BatchNormalization becomes a Conv only where no layer took it.
 */
export const rules: readonly Rule[] = [
  removeIdentity,
  reshapeForTranspose,
  mergeMoves,
  recogniseLayerNormalization,
  recogniseGelu,
  normaliseGemm,
  addJoinedConstants,
  mergeConstants,
  writeOutPadding,
  foldPad,
  foldBatchNormalization,
  foldScale,
  convolveBatchNormalization,
  foldNormalization,
];
